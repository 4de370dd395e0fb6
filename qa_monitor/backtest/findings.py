"""What rules find in one call, collected. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from alerts.conditions import WordsSaid
from alerts.records import Decision, FlagId, FlagState, RedFlag
from alerts.rule import Rule
from keywords.records import KeywordHit
from qa_monitor.backtest.records import CallOutcome, Occurrence, RuleCount
from streams.records import CallId


class Findings:
    """Fed in the order of the call. A flag that is withdrawn later was not told."""

    def __init__(self, call_id: CallId, tested: Collection[str], rules: Sequence[Rule]) -> None:
        """`tested`: ids of the rules that count."""
        self._call_id, self._tested = call_id, tested
        self._about_words = {rule.rule_id for rule in rules if isinstance(rule.when, WordsSaid)} & set(tested)
        self._hits: Counter[str] = Counter()
        self._told: dict[FlagId, RedFlag] = {}
        self._held: dict[str, Counter[str]] = defaultdict(Counter)
        self._met: dict[FlagId, str] = {}

    def hit(self, hits: Iterable[KeywordHit]) -> None:
        """Phrases found in a final."""
        self._hits.update(hit.rule_id for hit in hits if hit.rule_id in self._about_words)

    def decided(self, decision: Decision) -> None:
        """What follows from it."""
        for flag in (flag for flag in decision.told if flag.rule_id in self._tested):
            self._told[flag.flag_id] = flag
            self._met[flag.flag_id] = flag.rule_id
        for held in (held for held in decision.held if held.flag.rule_id in self._tested):
            self._held[held.flag.rule_id][held.reason.value] += 1
            self._met[held.flag.flag_id] = held.flag.rule_id

    def outcome(self) -> CallOutcome:
        """The whole call."""
        told = [flag for flag in self._told.values() if flag.state is not FlagState.WITHDRAWN]
        met = Counter(self._met.values())
        counts = {rule_id: self._count(rule_id, met[rule_id], told) for rule_id in met.keys() | self._hits.keys()}
        ordered = sorted(told, key=lambda flag: (flag.start_s, flag.rule_id))
        return CallOutcome(call_id=self._call_id, counts=counts, told=tuple(_occurrence(flag) for flag in ordered))

    def _count(self, rule_id: str, met: int, told: Sequence[RedFlag]) -> RuleCount:
        own = [flag.evidence for flag in told if flag.rule_id == rule_id]
        return RuleCount(
            hits=self._hits[rule_id] if rule_id in self._about_words else met,
            calls_hit=1,
            flags=len(own),
            held=dict(self._held[rule_id]),
            listening_s=sum(evidence.clip_end_s - evidence.clip_start_s for evidence in own),
        )


def _occurrence(flag: RedFlag) -> Occurrence:
    evidence = flag.evidence
    return Occurrence(
        rule_id=flag.rule_id,
        call_id=flag.call_id,
        flag_id=flag.flag_id,
        start_s=flag.start_s,
        end_s=flag.end_s,
        speaker=evidence.speaker,
        text=evidence.text,
        words=tuple(word.text for word in evidence.words),
        phrase=evidence.phrase,
        explanation_en=evidence.explanation_en,
        explanation_fr=evidence.explanation_fr,
        clip_start_s=evidence.clip_start_s,
        clip_end_s=evidence.clip_end_s,
    )
