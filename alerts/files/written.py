"""Rules as they were written, kept beside the compiled ones so that another file can start from them. Pure."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from alerts.combined import Condition, leaves
from alerts.conditions import PolarityPersists, WordsSaid
from alerts.files.compiling import by_language, condition
from alerts.files.document import Document, FieldPath, Plain
from alerts.files.phrasing import names_in, wrong_entry, wrong_phrases
from alerts.files.placing import wrong_places
from alerts.files.problems import RuleError, RuleProblem
from alerts.files.shape import RuleFile, RuleShape
from alerts.files.shape_words import Cue
from alerts.files.walking import spoken_in
from alerts.records import Priority
from alerts.rule import Rule
from keywords.phrases.phrase import PhraseError
from keywords.phrases.words import WordLists
from keywords.polarity.cues import cues_version
from keywords.polarity.reader import opinions_version
from streams.records import Language

_UNSEEN = {"description", "examples"}
"""What changes nothing in what a rule finds and says: its version does not count it."""
_LIST_NAME = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRule:
    """One rule with all it inherits, and where its own words stand."""

    document: Document
    path: FieldPath
    data: Mapping[str, Plain]
    shape: RuleShape
    rule: Rule
    lists: frozenset[str]
    """The lists its phrases ask for."""

    def problem(self, path: FieldPath, found: str, allowed: str) -> RuleProblem:
        """Something wrong at this field of the rule."""
        return self.document.problem((*self.path, *path), found, allowed)


def written_rule(document: Document, path: FieldPath, shape: RuleShape, lists: WordLists) -> WrittenRule:
    """Compile one rule of a checked file. Raises `RuleError` with all that is wrong in it."""
    problems = list(wrong_places(document, shape.when, (*path, "when")))
    if problems:
        raise RuleError(problems)
    own_lists = _lists_in(shape)
    try:
        rule = _rule(shape, {name: lists[name] for name in sorted(own_lists) if name in lists}, lists)
    except PhraseError as error:
        raise RuleError(list(_wrong_in(document, path, shape, lists))) from error
    return WrittenRule(document=document, path=path, data=_raw(document, path), shape=shape, rule=rule, lists=own_lists)


def word_lists(document: Document, rule_file: RuleFile) -> WordLists:
    """The lists of a checked file. Raises `RuleError` with every entry that cannot be used."""
    problems: list[RuleProblem] = []
    found: dict[str, Mapping[Language, Sequence[str]]] = {}
    for name, phrases in rule_file.lists.items():
        if not _LIST_NAME.fullmatch(name):
            problems.append(document.problem(("lists", name), repr(name), "small letters, digits and _"))
        found[name] = by_language(phrases)
        for language, items in found[name].items():
            for position, item in enumerate(items):
                if allowed := wrong_entry(item, language):
                    place = ("lists", name, language.value, position)
                    problems.append(document.problem(place, repr(item), allowed))
    if problems:
        raise RuleError(problems)
    return found


def short_hash(content: str, length: int) -> str:
    """A short name for exactly this content."""
    return hashlib.sha256(content.encode()).hexdigest()[:length]


def _rule(shape: RuleShape, own_lists: WordLists, lists: WordLists) -> Rule:
    content = shape.model_dump_json(by_alias=True, exclude=_UNSEEN, exclude_defaults=True)
    expansions = json.dumps(own_lists, sort_keys=True) if own_lists else ""
    when = condition(shape.when, lists)
    return Rule(
        rule_id=shape.id,
        rule_version=short_hash(content + expansions + _products_own(when), 8),
        name_en=shape.name.en,
        name_fr=shape.name.fr,
        priority=Priority[shape.priority.upper()],
        action_en=shape.action.en,
        action_fr=shape.action.fr,
        deadline_s=shape.deadline_s,
        when=when,
        inhibits=tuple(shape.inhibits),
        repeat_after_s=shape.repeat_after_s,
        description_en=shape.description.en if shape.description else "",
        description_fr=shape.description.fr if shape.description else "",
        floor=shape.floor,
        shadow=shape.shadow,
        good_news=shape.kind == "good_news",
    )


def _products_own(when: Condition) -> str:
    """The state of the phrases that the product brings to the rule: another release may know others."""
    parts = list(leaves(when))
    kinds = {kind for leaf in parts if isinstance(leaf, WordsSaid) for kind in leaf.cues}
    polarity = opinions_version() if any(isinstance(leaf, PolarityPersists) for leaf in parts) else ""
    return (cues_version(kinds) if kinds else "") + polarity


def _lists_in(shape: RuleShape) -> frozenset[str]:
    spoken = (said for _, said in spoken_in(shape.when, ()) if not isinstance(said, Cue))
    listed = (texts for said in spoken for texts in by_language(said.phrases).values())
    return frozenset(name for texts in listed for text in texts for name in names_in(text))


def _wrong_in(document: Document, path: FieldPath, shape: RuleShape, lists: WordLists) -> Iterator[RuleProblem]:
    for place, said in spoken_in(shape.when, (*path, "when")):
        if isinstance(said, Cue):
            continue
        for language, position, phrase, allowed in wrong_phrases(by_language(said.phrases), lists):
            yield document.problem((*place, "phrases", language.value, position), repr(phrase), allowed)


def _raw(document: Document, path: FieldPath) -> Mapping[str, Plain]:
    """The rule as plain data, with what it inherits filled in."""
    data: Plain = document.data
    for part in path:
        if isinstance(data, dict):
            data = data[str(part)]
        elif isinstance(data, list):
            data = data[int(part)]
    if not isinstance(data, dict):
        raise TypeError(f"{path} is no rule of {document.file}")
    return data
