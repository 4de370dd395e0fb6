"""The shape of a rule, once checked, to the conditions that calls are watched for. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType

from alerts.combined import AllOf, AnyOf, Condition, InSequence, NoneOf, Repeated
from alerts.conditions import (
    AbsentAfter,
    AbsentAtEnd,
    CallIs,
    DeadAir,
    EmotionPersists,
    Flowing,
    Measure,
    PhraseAbsent,
    PolarityPersists,
    TalkOver,
    WordsSaid,
)
from alerts.courses import CourseIs, CourseSign
from alerts.files.phrasing import compiled
from alerts.files.shape_base import Phrases
from alerts.files.shape_when import Call, Flow, Persisting, When
from alerts.files.shape_words import Absent, Cue, Leaning, Window, Words
from alerts.windows import AfterRule, DuringHold, FirstSeconds, LastSeconds
from alerts.windows import Window as WindowOfCall
from keywords.phrases.phrase import PhraseSet
from keywords.phrases.words import WordLists
from keywords.polarity.cues import kinds_named
from keywords.polarity.reader import shared_reader
from keywords.records import Polarity
from sentiment.records import Emotion
from streams.records import Direction, Language, Speaker


def by_language(phrases: Phrases) -> dict[Language, Sequence[str]]:
    """Phrases by language, for the languages that have any."""
    both = {Language.EN: phrases.en, Language.FR: phrases.fr}
    return {language: listed for language, listed in both.items() if listed}


def condition(when: When, lists: WordLists) -> Condition:
    """What to look for. Raises `PhraseError` where a phrase cannot be used."""
    return _Compiler(lists=lists).condition(when)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compiler:
    """Compiles one rule, numbering its parts in the order of writing."""

    lists: WordLists
    numbers: "count[int]" = field(default_factory=count)

    def condition(self, when: When) -> Condition:
        match when:
            case When(all=list(items)):
                return self._all(when, items)
            case When(any=list(items)):
                return AnyOf(parts=tuple(self.condition(item) for item in items))
            case When(sequence=steps) if steps:
                return InSequence(steps=tuple(self.condition(step) for step in steps.steps), within_s=steps.within_s)
            case When(repeated=repeats) if repeats:
                return Repeated(of=self._words(repeats.of), times=repeats.times, within_s=repeats.within_s)
            case When(words=said) if said:
                return self._words(said)
            case When(absent=unsaid) if unsaid:
                return self._absent(unsaid)
            case When(call=call) if call:
                return call_is(call)
            case _:
                return self._known(when)

    def _known(self, when: When) -> Condition:
        """What the product measures or recognises by itself."""
        match when:
            case When(silence=silence) if silence:
                return DeadAir(longer_than_s=silence.longer_than_s, part=next(self.numbers))
            case When(talk_over=talk_over) if talk_over:
                return TalkOver(longer_than_s=talk_over.longer_than_s, part=next(self.numbers))
            case When(emotion=felt) if felt:
                return self._emotion(felt)
            case When(course=course) if course:
                return CourseIs(sign=CourseSign(course.sign), for_s=course.for_s, part=next(self.numbers))
            case When(cue=cue) if cue:
                return self._cue(cue)
            case When(polarity=leaning) if leaning:
                return self._polarity(leaning)
            case When(dynamics=flow) if flow:
                return self._flowing(flow)
            case _:
                raise AssertionError("the shape lets exactly one condition through, and its place was checked")

    def _all(self, when: When, items: Sequence[When]) -> AllOf:
        happening = [item for item in items if item.none is None and item.call is None]
        parts = [(self.condition(item), _is_words(item)) for item in happening]
        if when.within_words is not None:
            near = tuple(part for part, is_words in parts if is_words)
            others = [(part, False) for part, is_words in parts if not is_words]
            parts = [(AllOf(parts=near, within_words=when.within_words), True), *others]
        return AllOf(
            parts=tuple(part for part, _ in parts),
            unless=tuple(self._none(item, when.within_s) for item in items if item.none is not None),
            where=tuple(call_is(item.call) for item in items if item.call is not None),
            within_s=when.within_s,
        )

    def _none(self, item: When, within_s: float | None) -> NoneOf:
        parts = tuple(self.condition(blocker) for blocker in item.none or ())
        return NoneOf(parts=parts, within_s=item.within_s if item.within_s is not None else within_s)

    def _words(self, said: Words) -> WordsSaid:
        return WordsSaid(
            speaker=Speaker(said.speaker) if said.speaker else None,
            phrases=self._phrases(said),
            window=_window(said.window),
            min_certainty=said.certainty,
            part=next(self.numbers),
        )

    def _cue(self, cue: Cue) -> WordsSaid:
        return WordsSaid(
            speaker=Speaker.CUSTOMER,
            phrases=PhraseSet.compile({}),
            cues=kinds_named(cue.cues),
            window=_window(cue.window),
            min_certainty=cue.certainty,
            part=next(self.numbers),
        )

    def _polarity(self, leaning: Leaning) -> PolarityPersists:
        return PolarityPersists(
            polarity=Polarity(leaning.polarity),
            at_least=leaning.at_least,
            utterances=leaning.utterances,
            of_last=leaning.of_last,
            reader=shared_reader(),  # made now, so that no call waits for it
            part=next(self.numbers),
        )

    def _absent(self, unsaid: Absent) -> PhraseAbsent | AbsentAfter | AbsentAtEnd:
        speaker, phrases, part = Speaker(unsaid.speaker), self._phrases(unsaid), next(self.numbers)
        if unsaid.within_s is None:
            return AbsentAtEnd(speaker=speaker, phrases=phrases, last_s=unsaid.last_s or 0.0, part=part)
        if unsaid.after is None:
            return PhraseAbsent(speaker=speaker, phrases=phrases, within_s=unsaid.within_s, part=part)
        return AbsentAfter(speaker=speaker, phrases=phrases, after=unsaid.after, within_s=unsaid.within_s, part=part)

    def _phrases(self, said: Words | Absent) -> PhraseSet:
        return compiled(
            by_language(said.phrases),
            self.lists,
            count_negated=said.negated == "count",
            count_reported=said.reported == "count",
        )

    def _emotion(self, felt: Persisting) -> EmotionPersists:
        return EmotionPersists(
            emotion=Emotion(felt.emotion),
            at_least=felt.at_least,
            utterances=felt.utterances,
            of_last=felt.of_last,
            part=next(self.numbers),
        )

    def _flowing(self, flow: Flow) -> Flowing:
        limit = flow.above if flow.above is not None else flow.below
        return Flowing(
            measure=Measure(flow.measure),
            limit=limit or 0.0,
            above=flow.above is not None,
            for_s=flow.for_s,
            not_before_s=flow.not_before_s,
            part=next(self.numbers),
        )


def _is_words(item: When) -> bool:
    """Words, a cue, or a choice of them."""
    if item.words is not None or item.cue is not None:
        return True
    return item.any is not None and all(_is_words(choice) for choice in item.any)


def call_is(call: Call) -> CallIs:
    """What was announced of the call."""
    return CallIs(
        teams=None if call.team is None else frozenset(call.team),
        direction=None if call.direction is None else Direction(call.direction),
        languages=None if call.language is None else frozenset(map(Language, call.language)),
        metadata=MappingProxyType(dict(call.metadata or {})),
    )


def _window(window: Window | None) -> WindowOfCall | None:
    match window:
        case None:
            return None
        case Window(first_s=float(first_s)):
            return FirstSeconds(first_s=first_s)
        case Window(last_s=float(last_s)):
            return LastSeconds(last_s=last_s)
        case Window(after=str(rule_id)):
            return AfterRule(rule_id=rule_id, within_s=window.within_s)
        case _:
            return DuringHold()
