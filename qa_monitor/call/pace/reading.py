"""Reads the pace of a call again."""

import json
import zlib
from collections import defaultdict

from qa_monitor.call.pace.cells import FORM, Cell, Cells, cells_event
from qa_monitor.call.pace.pace import Answer, Asked, Beginning, Pace, PaceError, Sound, Standing, Step
from streams.consent import Consent, Notice
from streams.engine.batching import Kind
from streams.records import CallEvent, CallId, GapReason


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
        case [int(level), bool(company), int() | None as beam, bool(follows), str() | None as closed, *rest] if (
            rest in ([], [False], [True])
        ):
            reason = None if closed is None else GapReason(closed)
            twice = rest == [True]  # left out by releases that heard everything once
            return Standing(level=level, company=company, beam=beam, twice=twice, follows=follows, closed=reason)
        case _:
            raise PaceError("the pace of a call holds a standing that this release does not know")
