"""Whether a phrase that should have been said was said in time; for one rule in one call."""

from collections import deque

from alerts.absence import Absence
from alerts.conditions import PhraseAbsent
from streams.records import Speaker, Utterance, UtteranceId


class AbsenceWatch:
    """Not safe to share: holds the window of one call. Reports at most one absence."""

    def __init__(self, condition: PhraseAbsent, *, grace_s: float, longest_utterance_s: float) -> None:
        self._condition = condition
        self._grace_s = grace_s
        self._longest_utterance_s = longest_utterance_s
        self._first: Utterance | None = None
        self._open: UtteranceId | None = None
        self._heard: deque[Utterance] = deque(maxlen=32)
        self._passed_window = False
        self._settled = False

    def partial(self, utterance: Utterance) -> None:
        """Someone is speaking: the window may open, and the final of this utterance is awaited."""
        if self._concerns(utterance):
            self._first = self._first or utterance
            self._open = utterance.utterance_id if self._in_window(utterance) else None

    def final(self, utterance: Utterance, *, said: bool) -> None:
        """Someone has spoken; `said`: with the phrase in it."""
        if not self._concerns(utterance):
            return
        if self._open == utterance.utterance_id:
            self._open = None
        self._move_window(utterance)
        if self._first is None or self._in_window(utterance):
            self._heard.append(utterance)
            self._settled = said
        else:
            self._passed_window = True

    @property
    def speaker(self) -> Speaker:
        """Whose words are awaited."""
        return self._condition.speaker

    def due(self, now_s: float, *, known_until_s: float = 0.0, ended: bool = False) -> Absence | None:
        """The absence, once no final that could hold the phrase is still to come. After `ended` none is.

        `known_until_s`: every utterance of this speaker that began before is known; 0 where nobody can tell.
        """
        if self._settled or self._first is None:
            return None
        start_s = self._first.start_s
        end_s = start_s + self._condition.within_s
        wait_s = self._grace_s + (self._longest_utterance_s if self._open else 0.0)
        if now_s <= end_s or not (ended or self._passed_window or known_until_s > end_s or now_s > end_s + wait_s):
            return None
        self._settled = True
        since_s = start_s - self._condition.within_s
        heard = tuple(utterance for utterance in self._heard if utterance.start_s >= since_s)
        return Absence(start_s=start_s, end_s=end_s, heard=heard)

    def _concerns(self, utterance: Utterance) -> bool:
        return not self._settled and utterance.speaker is self._condition.speaker and bool(utterance.text.strip())

    def _move_window(self, final: Utterance) -> None:
        """The first words open it. Where their final is distrusted there were perhaps none, and the next words do."""
        distrusted_first = self._first and self._first.utterance_id == final.utterance_id and not final.trusted
        if distrusted_first:
            self._first = None
        elif self._first is None and final.trusted:
            self._first = final

    def _in_window(self, utterance: Utterance) -> bool:
        return self._first is not None and utterance.start_s <= self._first.start_s + self._condition.within_s
