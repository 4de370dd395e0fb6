"""Calls that come by two websockets: the events of both go one way, in the order in which they were made."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from qa_monitor.call.switchboard.switchboard import CallLine
from streams.protocols.legs import OneVoice
from streams.protocols.pairing import Pair
from streams.records import CallEvent, CallStarted
from streams.sockets.pair_line import PairLine, Side

_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """The way of one call: that of the connection which came first."""

    row: PairLine
    line: CallLine


class PairLines:
    """The ways of all calls that come by two connections. One per application; for one event loop."""

    def __init__(self) -> None:
        self._shared: dict[Pair, _Shared] = {}

    def line(self, voice: OneVoice, own: CallLine) -> "VoiceLine":
        """One connection's way in; `own` serves where its call is its own, or begins with it."""
        return VoiceLine(self, voice, own)

    def row_of(self, pair: Pair, line: CallLine) -> PairLine:
        """Where the events of this call wait; `line`: its way, where it has none yet."""
        if pair not in self._shared:
            self._shared[pair] = _Shared(row=PairLine(line), line=line)
        return self._shared[pair].row

    def call_of(self, pair: Pair) -> CallStarted | None:
        """The call as it is followed; none before it started, or after it was forgotten."""
        shared = self._shared.get(pair)
        return None if shared is None else shared.line.call

    def forget(self, pair: Pair) -> Mapping[str, int]:
        """A call that is over needs no way; gives what was corrected in it, once."""
        ended = pair.over_at is not None and self._shared.pop(pair, None) is not None
        return pair.rejected if ended else _NOTHING


class VoiceLine:
    """Takes the events of one connection that may be one side of a call. Serve `side` with it."""

    def __init__(self, lines: PairLines, voice: OneVoice, own: CallLine) -> None:
        self._lines, self._own = lines, own
        self.side = Side(voice, lambda pair: lines.row_of(pair, own))

    @property
    def call(self) -> CallStarted | None:
        """The call as it is followed; none before it started."""
        return self._own.call if self.side.seat is None else self._lines.call_of(self.side.seat.pair)

    async def __call__(self, event: CallEvent) -> None:
        """The next event of this connection."""
        if self.side.seat is None:
            await self._own(event)
        else:
            await self.side.deliver(event)

    def over(self) -> Mapping[str, int]:
        """The connection has ended; gives what was corrected in its call, where that is over."""
        return _NOTHING if self.side.seat is None else self._lines.forget(self.side.seat.pair)
