"""The two header fields of an HTTP message signature: the part of RFC 8941 that they may use, and nothing else."""

import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 4096
"""Characters of one field."""
_KEY = r"[a-z*][a-z0-9_\-.*]{0,63}"
_STRING = r'"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"'
_WHOLE = r"[0-9]{1,15}"
_PARAMETER = rf"; *({_KEY})=({_STRING}|{_WHOLE})"
_INPUT = re.compile(rf" *({_KEY})=\( *((?:{_STRING}(?: +{_STRING})*)?) *\)((?:{_PARAMETER})*) *")
_PROOF = re.compile(rf" *({_KEY})=:([A-Za-z0-9+/]*={{0,2}}): *")
_STRINGS = re.compile(_STRING)
_PARAMETERS = re.compile(_PARAMETER)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureInput:
    """What was signed, and how, in the order of the signer."""

    label: str
    components: tuple[str, ...]
    parameters: Mapping[str, str | int]

    def serialised(self) -> str:
        """Written anew: only what was understood is signed for."""
        components = " ".join(map(quoted, self.components))
        parameters = "".join(f";{name}={_written(value)}" for name, value in self.parameters.items())
        return f"({components}){parameters}"


def read_input(field: str) -> SignatureInput | None:
    """`Signature-Input` with one signature; None where it is anything else.

    No component has parameters, nothing comes twice, and every parameter is a text or a whole number.
    """
    found = _INPUT.fullmatch(field) if len(field) <= LONGEST else None
    if found is None:
        return None
    components = tuple(_unquoted(each) for each in _STRINGS.findall(found[2]))
    pairs = [(name, _read(value)) for name, value in _PARAMETERS.findall(found[3])]
    parameters = dict(pairs)
    if len(parameters) != len(pairs) or len(set(components)) != len(components):
        return None
    return SignatureInput(label=found[1], components=components, parameters=parameters)


def read_proof(field: str, label: str) -> bytes | None:
    """The bytes that `Signature` has under this label, its only one; None where it is anything else."""
    found = _PROOF.fullmatch(field) if len(field) <= LONGEST else None
    if found is None or found[1] != label:
        return None
    try:
        return binascii.a2b_base64(found[2], strict_mode=True)
    except ValueError:
        return None


def quoted(text: str) -> str:
    """A text as structured fields write it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unquoted(text: str) -> str:
    return re.sub(r'\\(["\\])', r"\1", text[1:-1])


def _read(value: str) -> str | int:
    return _unquoted(value) if value.startswith('"') else int(value)


def _written(value: str | int) -> str:
    return quoted(value) if isinstance(value, str) else str(value)
