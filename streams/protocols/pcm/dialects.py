"""Every preamble-then-samples protocol by its name in the address, and the sub-protocol to answer an offer with."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from streams.protocols.pcm.asterisk import ASTERISK
from streams.protocols.pcm.dialect import PcmDialect
from streams.protocols.pcm.freeswitch import AUDIO_FORK, AUDIO_STREAM
from streams.protocols.pcm.generic import GENERIC
from streams.protocols.pcm.jambonz import JAMBONZ
from streams.protocols.pcm.lca import LCA
from streams.protocols.pcm.vonage import VONAGE

PCM_DIALECTS: Mapping[str, PcmDialect] = MappingProxyType(
    {dialect.name: dialect for dialect in (GENERIC, JAMBONZ, AUDIO_FORK, AUDIO_STREAM, VONAGE, LCA, ASTERISK)}
)


def subprotocols(dialect: str, further: Collection[str] = ()) -> tuple[str, ...]:
    """The sub-protocols that a source of this dialect may offer; `further` are names the operator gave its modules.

    Raises KeyError for a dialect that is not in `PCM_DIALECTS`.
    """
    return (*PCM_DIALECTS[dialect].subprotocols, *further)


def negotiate(dialect: str, offered: Sequence[str], further: Collection[str] = ()) -> str | None:
    """The first offered sub-protocol that we know. None: answer without one. Raises KeyError."""
    known = subprotocols(dialect, further)
    return next((name for name in offered if name in known), None)
