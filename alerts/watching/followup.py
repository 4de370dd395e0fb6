"""Whether a phrase that should have been said after something else, or before the end, was said; per rule and call."""

from collections import deque
from collections.abc import Sequence

from alerts.absence import Absence
from alerts.conditions import AbsentAfter, AbsentAtEnd
from alerts.windows import Stretch
from streams.records import Speaker, Utterance

REMEMBERED = 32
"""Utterances of the speaker that are kept: enough for any window a person would set."""


class FollowUpWatch:
    """Not safe to share. One window at a time: the other rule coming true again inside it opens no second one."""

    def __init__(self, condition: AbsentAfter, *, grace_s: float, longest_utterance_s: float) -> None:
        self._condition = condition
        self._wait_s = grace_s + longest_utterance_s
        self._opened_s: float | None = None
        self._passed_window = False
        self._spoken: deque[tuple[Utterance, bool]] = deque(maxlen=REMEMBERED)

    @property
    def speaker(self) -> Speaker:
        """Whose words are awaited."""
        return self._condition.speaker

    @property
    def after(self) -> str:
        """The rule that opens the window."""
        return self._condition.after

    def came_true(self, stretch: Stretch) -> None:
        """The other rule has come true: the window opens when it ended."""
        if self._opened_s is not None:
            return
        self._opened_s = stretch[1]
        self._passed_window = any(utterance.start_s > self._end_s for utterance, _ in self._spoken)
        self._settle()

    def final(self, utterance: Utterance, *, said: bool) -> None:
        """Someone has spoken; `said`: with the phrase in it."""
        if utterance.speaker is not self._condition.speaker or not utterance.text.strip():
            return
        self._spoken.append((utterance, said))
        self._passed_window = self._opened_s is not None and (self._passed_window or utterance.start_s > self._end_s)
        self._settle()

    def due(self, now_s: float, *, known_until_s: float = 0.0, ended: bool = False) -> Absence | None:
        """The absence, once no final that could hold the phrase is still to come; after `ended` for what had time.

        `known_until_s`: every utterance of this speaker that began before is known; 0 where nobody can tell.
        """
        if self._opened_s is None or now_s <= self._end_s:
            return None
        if not (ended or self._passed_window or known_until_s > self._end_s or now_s > self._end_s + self._wait_s):
            return None
        start_s, end_s = self._opened_s, self._end_s
        heard = tuple(utterance for utterance, _ in self._spoken if _overlaps(utterance, (start_s, end_s)))
        self._opened_s = None
        return Absence(start_s=start_s, end_s=end_s, heard=heard)

    @property
    def _end_s(self) -> float:
        return (self._opened_s or 0.0) + self._condition.within_s

    def _settle(self) -> None:
        if self._opened_s is not None and any(
            said and _overlaps(utterance, (self._opened_s, self._end_s)) for utterance, said in self._spoken
        ):
            self._opened_s = None


class ClosingWatch:
    """Not safe to share: speaks once, at the end of the call."""

    def __init__(self, condition: AbsentAtEnd) -> None:
        self._condition = condition
        self._spoken: deque[tuple[Utterance, bool]] = deque(maxlen=REMEMBERED)

    def final(self, utterance: Utterance, *, said: bool) -> None:
        """Someone has spoken; `said`: with the phrase in it."""
        if utterance.speaker is self._condition.speaker and utterance.text.strip():
            self._spoken.append((utterance, said))

    def ended(self, now_s: float) -> Absence | None:
        """The absence where the phrase was not said in the last seconds. None where the speaker never spoke."""
        window = (max(0.0, now_s - self._condition.last_s), now_s)
        late = [(utterance, said) for utterance, said in self._spoken if _overlaps(utterance, window)]
        if not self._spoken or any(said for _, said in late):
            return None
        return Absence(start_s=window[0], end_s=window[1], heard=_heard(late))


def _heard(spoken: Sequence[tuple[Utterance, bool]]) -> tuple[Utterance, ...]:
    return tuple(utterance for utterance, _ in spoken)


def _overlaps(utterance: Utterance, window: Stretch) -> bool:
    """Whether any of it was said in the window; where in it the phrase stands does not matter."""
    return utterance.start_s <= window[1] and utterance.end_s >= window[0]
