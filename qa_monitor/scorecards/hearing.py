"""What a call that is over holds of what scorecards look for, and how well it was heard. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from alerts.combined import leaves
from alerts.conditions import AbsentAfter, AbsentAtEnd, PhraseAbsent
from alerts.records import Decision, FlagId, FlagState, HoldReason, RedFlag
from alerts.rule import Rule
from keywords.records import KeywordHit
from qa_monitor.records.past import PastRecord
from qa_monitor.scorecards.records import Span
from streams.records import Language, Speaker, Utterance

MOST_SPANS = 20
"""Spans kept for one answer: the first of them."""


class Heard:
    """Told by a replay what comes true in one call. Not safe to share."""

    def __init__(self) -> None:
        self._flags: dict[str, dict[FlagId, RedFlag]] = defaultdict(dict)
        self._hits: dict[str, list[KeywordHit]] = defaultdict(list)

    def hit(self, hits: Sequence[KeywordHit]) -> None:
        """Phrases found in a final."""
        for hit in hits:
            self._hits[hit.rule_id].append(hit)

    def decided(self, decision: Decision) -> None:
        """What follows from it; nobody is told, so all counts that is not in doubt."""
        for flag in decision.told:
            self._flags[flag.rule_id][flag.flag_id] = flag
        for held in decision.held:
            if held.reason is not HoldReason.UNCONFIRMED:
                self._flags[held.flag.rule_id].setdefault(held.flag.flag_id, held.flag)

    def found(self, rule_id: str) -> tuple[RedFlag, ...]:
        """How often it came true, by start."""
        flags = self._flags.get(rule_id, {}).values()
        true = [flag for flag in flags if flag.state is not FlagState.WITHDRAWN]
        return tuple(sorted(true, key=lambda flag: (flag.start_s, flag.end_s)))

    def said(self, rule: Rule) -> tuple[KeywordHit, ...]:
        """For a rule about something not said: where it was said after all; at the end, the last."""
        hits = sorted(self._hits.get(rule.rule_id, ()), key=lambda hit: hit.start_s)
        match rule.when:
            case PhraseAbsent():
                return tuple(hits[:1])
            case AbsentAtEnd():
                return tuple(hits[-1:])
            case AbsentAfter():
                return tuple(hits)
            case _:
                return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """How well one call was heard."""

    record: PastRecord
    language: Language | None
    """Announced, or else most spoken."""

    @property
    def nothing(self) -> bool:
        """Nobody said a word that was understood."""
        return not any(said.utterance.trusted and said.utterance.text.strip() for said in self.record.utterances)

    @property
    def complete(self) -> bool:
        """It can be told who said what, and all of it: what was not found was not said."""
        return self.record.call.blind is None and not self.nothing

    def certainty(self, speaker: Speaker | None) -> float:
        """0 to 1: how far words that were not found were not said. None: by anyone.

        The recogniser's confidence over all seconds they spoke, distrusted ones counting nothing, times the share of
        the call that was received.
        """
        own = [said.utterance for said in self.record.utterances if speaker in (None, said.utterance.speaker)]
        spoken_s = sum(one.end_s - one.start_s for one in own)
        heard = sum((one.end_s - one.start_s) * one.confidence for one in own if one.trusted)
        return _share((heard / spoken_s if spoken_s > 0 else 1.0) * self.received)

    @property
    def received(self) -> float:
        """The share of the call's audio that arrived."""
        duration_s = self.record.call.duration_s or 0.0
        whole_s = duration_s * max(1, len(self.record.call.call.channels))
        missing_s = sum(gap.duration_s for gap in self.record.gaps)
        return _share(1.0 - missing_s / whole_s if whole_s > 0 else 1.0)

    def of_flag(self, flag: RedFlag) -> float:
        """0 to 1: how sure what came true is. Of words, that of the recogniser and of the match; else what arrived."""
        words = flag.evidence.words
        if not words:
            return self.received
        certainty = next((one.value for one in flag.evidence.measured if one.name == "certainty"), 1.0)
        return _share(certainty * sum(word.probability for word in words) / len(words))

    def of_hit(self, hit: KeywordHit) -> float:
        """0 to 1, likewise."""
        heard = sum(word.probability for word in hit.words) / len(hit.words) if hit.words else 1.0
        return _share(hit.certainty * heard)

    def span_of(self, hit: KeywordHit) -> Span:
        """Where it was said."""
        own = (one for one in self._utterances() if one.start_s - 0.01 <= hit.start_s <= one.end_s + 0.01)
        first = next((one for one in own if not hit.words or set(hit.words) <= set(one.words)), None)
        ids = () if first is None else (first.utterance_id,)
        return Span(start_s=hit.start_s, end_s=hit.end_s, utterance_ids=ids)

    def _utterances(self) -> Iterator[Utterance]:
        return (said.utterance for said in self.record.utterances)


def listened(record: PastRecord) -> Listened:
    """How well this call was heard, and in which language it was."""
    spoken: Mapping[Language, float] = _seconds(record)
    announced = record.call.call.language
    most = max(spoken, key=lambda one: spoken[one]) if spoken else None
    return Listened(record=record, language=announced or most)


def spans_of(flags: Sequence[RedFlag]) -> tuple[Span, ...]:
    """What proves that it came true: the first of them, by start."""
    return tuple(
        Span(start_s=flag.start_s, end_s=flag.end_s, utterance_ids=flag.evidence.utterance_ids)
        for flag in flags[:MOST_SPANS]
    )


def speaker_of(rule: Rule) -> Speaker | None:
    """Whose words it listens to; none: both sides', or it is about no words."""
    speakers = {speaker for leaf in leaves(rule.when) if (speaker := getattr(leaf, "speaker", None)) is not None}
    return speakers.pop() if len(speakers) == 1 else None


def _seconds(record: PastRecord) -> dict[Language, float]:
    found: dict[Language, float] = defaultdict(float)
    for said in record.utterances:
        found[said.utterance.language] += said.utterance.end_s - said.utterance.start_s
    return found


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 3)
