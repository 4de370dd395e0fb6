"""How far one combined rule has come in one call."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from alerts.combined import leaves
from alerts.conditions import CallIs, WordsSaid
from alerts.rule import Rule
from alerts.watching.evaluation import MAX_OCCURRENCES, Evaluation
from alerts.watching.found import Found
from alerts.watching.occurrence import Occurrence, stale
from alerts.windows import LastSeconds

Tentative = Mapping[int, Sequence[Occurrence]]
"""What was heard of an utterance that is still being said, by part."""


class Progress:
    """Not safe to share. Each word counts for one flag of the rule at most; its memory stays bounded."""

    def __init__(self, rule: Rule, call_is: Callable[[CallIs], bool]) -> None:
        self.rule = rule
        self._call_is = call_is
        self._heard: dict[int, deque[Occurrence]] = {}
        self._at_end: dict[int, tuple[WordsSaid, deque[Occurrence]]] = {}
        for leaf in leaves(rule.when):
            if isinstance(leaf, WordsSaid) and isinstance(leaf.window, LastSeconds):
                self._at_end[leaf.part] = (leaf, deque(maxlen=MAX_OCCURRENCES))
            elif not isinstance(leaf, CallIs):
                self._heard[leaf.part] = deque(maxlen=MAX_OCCURRENCES)

    def said(self, part: int, occurrences: Iterable[Occurrence]) -> None:
        """Words of a final."""
        kept = self._at_end[part][1] if part in self._at_end else self._heard[part]
        kept.extend(occurrences)

    def measured(self, found: Found) -> None:
        """Another condition of the rule holds; news of one that went on before replaces what was known of it."""
        used = frozenset({(found.part, found.key)})
        known = self._heard[found.part]
        before = next((one for one in known if one.used == used), None)
        occurrence = Occurrence(
            cause=replace(found.cause, episode=f"{found.part}-{found.key}"),
            reached_s=found.cause.end_s if before is None else before.reached_s,
            sure=found.sure,
            fresh=found.news,
            used=used,
        )
        others = [one for one in known if one.used != used]
        known.clear()
        known.extend((*others, occurrence))

    def tentative(self, parts: Tentative) -> Occurrence | None:
        """What words that are still being said would make of the rule. Nothing of it is kept."""
        if not parts:
            return None
        heard = {part: (*known, *parts.get(part, ())) for part, known in self._heard.items()}
        return Evaluation(heard=heard, call_is=self._call_is).news(self.rule.when)

    def settle(self) -> Occurrence | None:
        """What has become known since the last time. Words behind a sure flag are used up."""
        if not any(one.fresh for known in self._heard.values() for one in known):
            return None
        heard = {part: tuple(known) for part, known in self._heard.items()}
        news = Evaluation(heard=heard, call_is=self._call_is).news(self.rule.when)
        used = news.used if news is not None and news.sure else frozenset()
        for known in self._heard.values():
            left = [stale(one) for one in known if not (one.cause.words and one.used <= used)]
            known.clear()
            known.extend(left)
        return news

    def end(self, end_s: float) -> None:
        """The call has ended: what was said in its last seconds counts."""
        for part, (leaf, waiting) in self._at_end.items():
            last_s = leaf.window.last_s if isinstance(leaf.window, LastSeconds) else 0.0
            late = (one for one in waiting if one.start_s >= end_s - last_s)
            self._heard[part] = deque(late, maxlen=MAX_OCCURRENCES)
