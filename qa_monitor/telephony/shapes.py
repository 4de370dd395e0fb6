"""Checked texts that settings and the HTTP interface share, through pydantic."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from streams.protocols.fields import LONGEST_METADATA, LONGEST_TEXT, MOST_METADATA
from streams.records import Language, Speaker

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@+-]{0,127}")
RESERVED = frozenset({"session_id", "conversation_id"})
"""Names of metadata that only the provider's own start message fills in."""
PAIRS = frozenset(
    {
        (Speaker.CUSTOMER, Speaker.AGENT),
        (Speaker.AGENT, Speaker.CUSTOMER),
        (Speaker.UNKNOWN, Speaker.UNKNOWN),
    }
)


def _identifier(value: str) -> str:
    if _IDENTIFIER.fullmatch(value) is None:
        raise ValueError(f"1 to {LONGEST_TEXT} letters, digits and . _ : @ + -, letter or digit first")
    return value


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("printable characters only")
    return value


def _language(value: object) -> object:
    """`fr`, `fr-CA` and `fr_CA` all mean French."""
    return value.replace("_", "-").split("-")[0].lower() if isinstance(value, str) else value


def _channels(value: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
    if len(value) != 1 and value not in PAIRS:
        raise ValueError("customer and agent in either order, two unknown, or one role")
    return value


def _metadata(value: dict[str, str]) -> dict[str, str]:
    if len(value) > MOST_METADATA:
        raise ValueError(f"at most {MOST_METADATA} entries")
    for name, text in value.items():
        if not name or len(name) > LONGEST_TEXT or not name.isprintable() or name in RESERVED:
            raise ValueError(
                f"names have 1 to {LONGEST_TEXT} printable characters and are not {', '.join(sorted(RESERVED))}"
            )
        if len(text) > LONGEST_METADATA or "\0" in text:
            raise ValueError(f"{name}: a text of at most {LONGEST_METADATA} characters, without NUL")
    return value


Identifier = Annotated[str, AfterValidator(_identifier)]
"""Text that is safe as a key and in an address."""
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(_printable)]
"""Printable text, possibly empty."""
LanguageTag = Annotated[Language, BeforeValidator(_language)]
"""A language, also with a country behind it."""
Channels = Annotated[tuple[Speaker, ...], AfterValidator(_channels)]
"""Who is heard on channel 0, 1."""
Metadata = Annotated[dict[str, str], AfterValidator(_metadata)]
"""Further facts, bounded like those of a start message."""
