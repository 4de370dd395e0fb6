"""Rule files become a rule book: the public door of this folder for loading, checking and versioning rules.

Several files make one book. A rule in a later file replaces the rule of the same id in an earlier one, whole;
with `enabled: false` it takes it out of service.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from alerts.conditions import Condition, DeadAir, EmotionPersists, PhraseAbsent, TalkOver, WordsSaid
from alerts.document import Document, FieldPath, read_document
from alerts.problems import RuleError, RuleProblem
from alerts.records import Priority
from alerts.rule import Rule
from alerts.shape import Phrases, RuleShape, When, check
from keywords.matcher import WordRule
from keywords.phrases import PhraseError, PhraseSet
from sentiment.records import Emotion
from streams.records import Language, Speaker

STARTER_RULES = Path(__file__).parent / "rules" / "starter.yaml"
"""The rules the product comes with: the first of the paths to load, before a centre's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """The rules in force. Safe to share between calls."""

    rules: tuple[Rule, ...]
    version: str
    """Changes whenever the content of any rule does; comments and layout do not count."""

    @property
    def word_rules(self) -> tuple[WordRule, ...]:
        """What the matcher should listen for, for all rules that are about words."""
        return tuple(word_rule for rule in self.rules if (word_rule := rule.word_rule))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A rule that is checked in itself, with the place it was read from."""

    document: Document
    path: FieldPath
    shape: RuleShape


def load_rulebook(paths: Sequence[Path]) -> RuleBook:
    """Read and merge rule files. Raises `RuleError` with every problem of every file; then nothing is loaded."""
    problems: list[RuleProblem] = []
    written: dict[str, _Written] = {}
    for path in paths:
        try:
            written.update(_read(path))
        except RuleError as error:
            problems.extend(error.problems)
    if not problems:
        problems.extend(_wrong_inhibitions(written))
    if problems:
        raise RuleError(problems)
    rules = tuple(_rule(found.shape) for found in written.values() if found.shape.enabled)
    return RuleBook(rules=rules, version=_short_hash("".join(rule.rule_id + rule.rule_version for rule in rules), 12))


def _read(path: Path) -> Mapping[str, _Written]:
    document = read_document(path)
    shapes = check(document).rules
    problems = [problem for index, shape in enumerate(shapes) for problem in _wrong_phrases(document, index, shape)]
    if problems:
        raise RuleError(problems)
    return {
        shape.id: _Written(document=document, path=("rules", index), shape=shape) for index, shape in enumerate(shapes)
    }


def _wrong_phrases(document: Document, index: int, shape: RuleShape) -> Iterator[RuleProblem]:
    for kind in ("words", "absent"):
        said = getattr(shape.when, kind)
        if said is None:
            continue
        for language, phrases in _by_language(said.phrases).items():
            for position, phrase in enumerate(phrases):
                try:
                    PhraseSet.compile({language: [phrase]})
                except PhraseError as error:
                    path = ("rules", index, "when", kind, "phrases", language.value, position)
                    yield document.problem(path, repr(phrase), f"a phrase that can be matched; {error.problem}")


def _wrong_inhibitions(written: Mapping[str, _Written]) -> Iterator[RuleProblem]:
    for found in written.values():
        own = Priority[found.shape.priority.upper()]
        lower = {name for name, other in written.items() if Priority[other.shape.priority.upper()] < own}
        for position, name in enumerate(found.shape.inhibits):
            if name not in lower:
                allowed = f"a rule of lower priority: {', '.join(sorted(lower)) or 'there is none'}"
                yield found.document.problem((*found.path, "inhibits", position), repr(name), allowed)


def _rule(shape: RuleShape) -> Rule:
    return Rule(
        rule_id=shape.id,
        rule_version=_short_hash(shape.model_dump_json(by_alias=True), 8),
        name_en=shape.name.en,
        name_fr=shape.name.fr,
        priority=Priority[shape.priority.upper()],
        action_en=shape.action.en,
        action_fr=shape.action.fr,
        deadline_s=shape.deadline_s,
        when=_condition(shape.when),
        inhibits=tuple(shape.inhibits),
        repeat_after_s=shape.repeat_after_s,
    )


def _condition(when: When) -> Condition:
    match when:
        case When(words=said) if said:
            speaker = Speaker(said.speaker) if said.speaker else None
            return WordsSaid(speaker=speaker, phrases=_compiled(said.phrases))
        case When(absent=unsaid) if unsaid:
            phrases = _compiled(unsaid.phrases)
            return PhraseAbsent(speaker=Speaker(unsaid.speaker), phrases=phrases, within_s=unsaid.within_s)
        case When(silence=silence) if silence:
            return DeadAir(longer_than_s=silence.longer_than_s)
        case When(talk_over=talk_over) if talk_over:
            return TalkOver(longer_than_s=talk_over.longer_than_s)
        case When(emotion=felt) if felt:
            return EmotionPersists(
                emotion=Emotion(felt.emotion),
                at_least=felt.at_least,
                utterances=felt.utterances,
                of_last=felt.of_last,
            )
        case _:
            raise AssertionError("the shape lets exactly one condition through")


def _compiled(phrases: Phrases) -> PhraseSet:
    return PhraseSet.compile(_by_language(phrases))


def _by_language(phrases: Phrases) -> dict[Language, list[str]]:
    both = {Language.EN: phrases.en, Language.FR: phrases.fr}
    return {language: listed for language, listed in both.items() if listed}


def _short_hash(content: str, length: int) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:length]
