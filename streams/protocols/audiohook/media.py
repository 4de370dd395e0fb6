"""Which of the media that a client offers is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from streams.protocols.fields import Fields
from streams.records import Speaker
from streams.refusals import BadField
from streams.samples.codec import Encoding

RATE_HZ = 8000
_ENCODINGS: Mapping[object, Encoding] = {"PCMU": Encoding.MULAW, "L16": Encoding.PCM16}
_ROLES: Mapping[str, Speaker] = {"external": Speaker.CUSTOMER, "internal": Speaker.AGENT}
_LONGEST = 64
"""Characters of each text, and number of fields, in an entry that is sent back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """One offered entry that we can decode."""

    offer: Mapping[str, object]
    """The entry as it was offered, to be sent back unchanged."""
    encoding: Encoding
    channels: tuple[Speaker, ...]
    """Who is heard, in the offered order."""


def read_offers(parameters: Fields) -> tuple[Medium, ...]:
    """The usable entries of `media`, in order; others are passed over. Raises BadField where it is no such list."""
    offers = parameters.get("media")
    if not isinstance(offers, list) or not all(isinstance(each, dict) for each in offers):
        raise BadField("parameters.media", "something else", "a list of objects")
    return tuple(medium for offer in offers if (medium := _medium(offer)) is not None)


def choose(media: Sequence[Medium]) -> Medium | None:
    """The first with two channels, else the first with one; None: the session goes without audio."""
    return max(media, key=lambda medium: len(medium.channels), default=None)


def _medium(offer: Mapping[str, object]) -> Medium | None:
    channels = offer.get("channels")
    rate, encoding = offer.get("rate"), _encoding(offer.get("format"))
    if (offer.get("type"), rate) != ("audio", RATE_HZ) or isinstance(rate, bool) or encoding is None:
        return None
    if not isinstance(channels, list) or len(offer) > _LONGEST or not all(map(_plain, offer.items())):
        return None
    roles = tuple(_ROLES[each] for each in channels if isinstance(each, str) and each in _ROLES)
    if not roles or len(roles) != len(channels) or len(set(roles)) != len(roles):
        return None
    return Medium(offer=offer, encoding=encoding, channels=roles)


def _plain(item: tuple[str, object]) -> bool:
    """Whether a field can be sent back: we repeat nothing that is large or nested, except the channels."""
    name, value = item
    return _short(name) and (name == "channels" or isinstance(value, bool | int | float | None) or _short(value))


def _short(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST


def _encoding(name: object) -> Encoding | None:
    return _ENCODINGS.get(name) if isinstance(name, str) else None
