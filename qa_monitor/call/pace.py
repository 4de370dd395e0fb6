"""The pace of a call: when what of it came, was asked of the speech engine and became known. No word of it is in here.

All that decides what a call leads to besides its sound, the rules and the models: with it, the call can be gone through
once more from its sound and comes to the same end. Kept as lines of JSON, packed; a few kilobytes for ten minutes.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from streams.batching import Kind
from streams.records import (
    AgentChanged,
    AudioFrame,
    CallEnded,
    CallEvent,
    CallId,
    CallStarted,
    Consent,
    ConsentChanged,
    ConsentSource,
    EndReason,
    Gap,
    GapReason,
    Language,
    LanguageChanged,
    Notice,
    Paused,
    Resumed,
)

FORM = 1
"""Number of the form of what is kept: another one is not read."""
_LEVEL, _WINDOW_BITS, _MEMORY = 6, 12, 5
"""Of packing: 32 KiB for each live call, where zlib by itself takes 260; lines repeat within less than 4 KiB."""
Cell = str | int | float | bool | None
Cells = list[Cell]


class PaceError(Exception):
    """A pace that is kept cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the load and others decide about a call at one moment."""

    level: int = 0
    """Of what is left out, see `load/shedding.py`."""
    company: bool = False
    """Fragments are heard behind what was said before."""
    beam: int | None = None
    """Guesses followed at once."""
    follows: bool = True
    """It is transcribed as it goes on."""
    closed: GapReason | None = None
    """Why nothing is let through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Samples of one channel that came in a row."""

    channel: int
    start_s: float
    samples: int


@dataclass(slots=True, kw_only=True)
class Answer:
    """What became of one pass that was asked for. None: it was not asked about."""

    kind: Kind | None = None
    samples: int = 0
    """Of the window, at 16 kHz."""
    refused: bool = False
    cancelled: bool | None = None
    promoted: bool | None = None
    failed: bool = False
    batch: int = 1
    """Windows that shared the pass."""


Asked = tuple[int, int]
"""A pass: the channel, and the how manieth asked for on it."""


@dataclass(slots=True, kw_only=True)
class Step:
    """One look at the call: what came since the one before, and the passes that were found to be over."""

    standing: Standing
    came: list[Sound | CallEvent] = field(default_factory=list)
    known: set[Asked] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a call was announced with, where that may have changed since."""

    agent_id: str
    team: str
    notice: Notice
    consent: Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The whole call."""

    beginning: Beginning
    steps: tuple[Step, ...]
    answers: Mapping[Asked, Answer]

    @property
    def shared_passes(self) -> int:
        """Finals and partials that shared their pass with other windows, which may change the last digit of a score."""
        return sum(answer.batch > 1 for answer in self.answers.values())


def event_cells(event: CallEvent) -> Cells | None:
    """An event that is no sound; none for what is not kept: a key that was pressed may be card data."""
    match event:
        case Gap():
            return ["gap", event.channel, float(event.start_s), float(event.duration_s), event.reason.value]
        case Paused():
            return ["paused", float(event.at_s)]
        case Resumed():
            return ["resumed", float(event.at_s)]
        case LanguageChanged():
            return ["language", float(event.at_s), event.language.value]
        case AgentChanged():
            return ["agent", float(event.at_s), event.agent_id, event.team]
        case ConsentChanged():
            return [
                "consent",
                None if event.at_s is None else float(event.at_s),
                event.notice.value,
                event.consent.value,
                event.source.value,
            ]
        case CallEnded():
            return ["ended", float(event.end_s), event.reason.value]
        case _:
            return None


def cells_event(call_id: CallId, cells: Cells) -> CallEvent:
    """The event that these cells were made from; who exactly told of a consent is not kept here."""
    match cells:
        case ["gap", int(channel), float(start_s), float(duration_s), str(reason)]:
            return Gap(
                call_id=call_id, channel=channel, start_s=start_s, duration_s=duration_s, reason=GapReason(reason)
            )
        case ["paused", float(at_s)]:
            return Paused(call_id=call_id, at_s=at_s)
        case ["resumed", float(at_s)]:
            return Resumed(call_id=call_id, at_s=at_s)
        case ["language", float(at_s), str(language)]:
            return LanguageChanged(call_id=call_id, at_s=at_s, language=Language(language))
        case ["agent", float(at_s), str(agent_id), str(team)]:
            return AgentChanged(call_id=call_id, at_s=at_s, agent_id=agent_id, team=team)
        case _:
            return _said_or_over(call_id, cells)


def _said_or_over(call_id: CallId, cells: Cells) -> CallEvent:
    match cells:
        case ["consent", float() | None as at_s, str(notice), str(consent), str(source)]:
            return ConsentChanged(
                call_id=call_id,
                at_s=at_s,
                notice=Notice(notice),
                consent=Consent(consent),
                source=ConsentSource(source),
            )
        case ["ended", float(end_s), str(reason)]:
            return CallEnded(call_id=call_id, end_s=end_s, reason=EndReason(reason))
        case _:
            raise PaceError("the pace of a call holds an event that this release does not know")


class PaceKeeper:
    """Notes the pace of one live call. To be used from one event loop; `packed` once, in the end."""

    def __init__(self, call: CallStarted) -> None:
        self._rate_hz = call.rate_hz
        self._packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW_BITS, _MEMORY)
        self._parts: list[bytes] = []
        self._next = [0] * len(call.channels)
        self._standing: Standing | None = None
        self._stepped = self._collected = False
        self._write(["form", FORM, call.agent_id, call.team, call.notice.value, call.consent.value])

    def took(self, events: Iterable[CallEvent], standing: Standing) -> None:
        """What came since the last time."""
        self._stepped = self._collected = False
        if standing != self._standing:
            self._standing = standing
            closed = None if standing.closed is None else standing.closed.value
            self._write(["stands", standing.level, standing.company, standing.beam, standing.follows, closed])
        came = [cells for run in _runs(events) if (cells := self._cells(run)) is not None]
        if came:
            self._stepped = True
            self._write(["took", *came])

    def collecting(self) -> None:
        """What has become known is about to be asked for."""
        if self._collected:
            self._stepped = False
        self._collected = True

    def asked(self, asked: Asked, kind: Kind, samples: int, *, refused: bool) -> None:
        """A pass was asked for."""
        self._write(["asked", *asked, kind.value, samples, refused])

    def cancelled(self, asked: Asked, yes: bool) -> None:
        """Whether a pass could still be called off."""
        self._write(["cancelled", *asked, yes])

    def promoted(self, asked: Asked, yes: bool) -> None:
        """Whether an early pass could be used as the final."""
        self._write(["promoted", *asked, yes])

    def known(self, asked: Asked, *, failed: bool, batch: int) -> None:
        """A pass was found to be over."""
        if not self._stepped:
            self._stepped = True
            self._write(["took"])
        self._write(["known", *asked, failed, batch])

    def packed(self) -> bytes:
        """All of it."""
        self._parts.append(self._packing.flush())
        return b"".join(self._parts)

    def _cells(self, run: Sound | CallEvent) -> Cells | None:
        if not isinstance(run, Sound):
            return event_cells(run)
        expected, self._next[run.channel] = self._next[run.channel], round(run.start_s * self._rate_hz) + run.samples
        plain = run.start_s == expected / self._rate_hz
        return [run.channel, run.samples] if plain else [run.channel, run.samples, float(run.start_s)]

    def _write(self, line: Sequence[Cell | Cells]) -> None:
        if part := self._packing.compress(json.dumps(line, separators=(",", ":")).encode() + b"\n"):
            self._parts.append(part)


def _runs(events: Iterable[CallEvent]) -> Iterator[Sound | CallEvent]:
    """As the ears join them: of each channel in a row, on the same side of every event that is no sound."""
    runs: dict[int, Sound] = {}
    for event in events:
        if not isinstance(event, AudioFrame):
            yield from runs.values()
            runs.clear()
            yield event
            continue
        run = runs.get(event.channel)
        if run is not None and abs(event.start_s - run.start_s - run.samples / event.rate_hz) * event.rate_hz > 0.5:
            yield run
            run = None
        start_s, before = (event.start_s, 0) if run is None else (run.start_s, run.samples)
        runs[event.channel] = Sound(channel=event.channel, start_s=start_s, samples=before + len(event.samples))
    yield from runs.values()


def unpacked(packed: bytes, call_id: CallId, rate_hz: int) -> Pace:
    """The pace as it was kept. Raises `PaceError`."""
    try:
        lines = [json.loads(line) for line in zlib.decompress(packed).splitlines()]
        return _Reading(call_id, rate_hz).read(lines)
    except (zlib.error, ValueError, IndexError, TypeError) as error:
        raise PaceError(f"the pace of a call cannot be read: {error}") from error


class _Reading:
    """Puts lines together again."""

    def __init__(self, call_id: CallId, rate_hz: int) -> None:
        self._call_id, self._rate_hz = call_id, rate_hz
        self._steps: list[Step] = []
        self._answers: defaultdict[Asked, Answer] = defaultdict(Answer)
        self._standing = Standing()
        self._next: defaultdict[int, int] = defaultdict(int)

    def read(self, lines: list[list[Cell | Cells]]) -> Pace:
        beginning = _beginning(lines[0])
        for name, *cells in lines[1:]:
            match name:
                case "stands":
                    self._standing = _standing(cells)
                case "took":
                    came = [self._came(one) for one in cells if isinstance(one, list)]
                    self._steps.append(Step(standing=self._standing, came=came))
                case _:
                    self._answered(name, cells)
        return Pace(beginning=beginning, steps=tuple(self._steps), answers=dict(self._answers))

    def _came(self, cells: Cells) -> Sound | CallEvent:
        match cells:
            case [int(channel), int(samples), *start]:
                first = start[0] if start else self._next[channel] / self._rate_hz
                if not isinstance(first, float):
                    raise PaceError("the pace of a call holds sound at no second")
                self._next[channel] = round(first * self._rate_hz) + samples
                return Sound(channel=channel, start_s=first, samples=samples)
            case _:
                return cells_event(self._call_id, cells)

    def _answered(self, name: object, cells: list[Cell | Cells]) -> None:
        match [name, *cells]:
            case ["asked", int(channel), int(number), int(kind), int(samples), bool(refused)]:
                answer = self._answers[channel, number]
                answer.kind, answer.samples, answer.refused = Kind(kind), samples, refused
            case ["cancelled", int(channel), int(number), bool(yes)]:
                self._answers[channel, number].cancelled = yes
            case ["promoted", int(channel), int(number), bool(yes)]:
                self._answers[channel, number].promoted = yes
            case ["known", int(channel), int(number), bool(failed), int(batch)]:
                self._steps[-1].known.add((channel, number))
                self._answers[channel, number].failed = failed
                self._answers[channel, number].batch = batch
            case _:
                raise PaceError("the pace of a call holds a line that this release does not know")


def _beginning(cells: list[Cell | Cells]) -> Beginning:
    match cells:
        case ["form", 1, str(agent_id), str(team), str(notice), str(consent)]:
            return Beginning(agent_id=agent_id, team=team, notice=Notice(notice), consent=Consent(consent))
        case _:
            raise PaceError(f"the pace of a call is not of form {FORM}")


def _standing(cells: list[Cell | Cells]) -> Standing:
    match cells:
        case [int(level), bool(company), int() | None as beam, bool(follows), str() | None as closed]:
            reason = None if closed is None else GapReason(closed)
            return Standing(level=level, company=company, beam=beam, follows=follows, closed=reason)
        case _:
            raise PaceError("the pace of a call holds a standing that this release does not know")
