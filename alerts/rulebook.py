"""Rule files become a rule book: the public door of this folder for loading, checking and versioning rules.

Several files make one book. A rule in a later file changes the rule of the same id in an earlier one, field by field;
with `enabled: false` it takes it out of service. A file may name what it starts from, and for whom it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from alerts.files.document import Document
from alerts.files.problems import RuleError, RuleProblem
from alerts.files.references import wrong_references
from alerts.files.shape import check
from alerts.files.sources import Scope, read_sources, scope_of
from alerts.files.written import WrittenRule, short_hash, word_lists, written_rule
from alerts.rule import Rule
from keywords.collecting import collecting_later
from keywords.matcher import WordRule
from keywords.phrases.words import WordLists

STARTER_RULES = Path(__file__).parent / "rules" / "starter.yaml"
"""The rules the product comes with: the first of the paths to load, before a centre's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """The rules in force. Safe to share between calls."""

    rules: tuple[Rule, ...]
    version: str
    """Changes whenever the content of any rule does; comments and layout do not count."""
    written: Mapping[str, WrittenRule] = field(default_factory=lambda: MappingProxyType({}))
    """By id, those out of service as well: what another file may start from."""
    lists: WordLists = field(default_factory=lambda: MappingProxyType({}))
    demoted: frozenset[str] = frozenset()
    """Rules whose flags nobody is told about any more, by the application's judgement of their precision."""

    @property
    def word_rules(self) -> tuple[WordRule, ...]:
        """What the matcher should listen for, for all rules that are about words."""
        return tuple(word_rule for rule in self.rules for word_rule in rule.word_rules)


def load_rulebook(paths: Sequence[Path], *, scope: Scope | None = None) -> RuleBook:
    """Read and merge rule files, and folders of them. Raises `RuleError` with every problem; then nothing is loaded.

    `scope`: leave out files that are for another tenant or team; None: take them all.
    """
    with collecting_later():
        sources, problems = read_sources(paths, STARTER_RULES)
        wanted = [source for source in sources if scope is None or scope_of(source).covers(scope)]
        return _merged(wanted, problems)


def rulebook_of(documents: Sequence[Document]) -> RuleBook:
    """The book of documents that were read already, in this order, whoever they are for. Raises `RuleError`."""
    return _merged(documents, [])


def merge(parent: RuleBook, child: Document) -> RuleBook:
    """The parent's rules as the child's file changes them. Raises `RuleError`, each problem at the child's field."""
    book = _changed(parent, child)
    problems = list(wrong_references(book.written))
    if problems:
        raise RuleError(problems)
    return book


@collecting_later()
def _merged(documents: Sequence[Document], problems: list[RuleProblem]) -> RuleBook:
    book = _book({}, {})
    for document in documents:
        try:
            book = _changed(book, document)
        except RuleError as error:
            problems.extend(error.problems)
    if not problems:
        problems.extend(wrong_references(book.written))
    if problems:
        raise RuleError(problems)
    return book


def _changed(parent: RuleBook, child: Document) -> RuleBook:
    completed, rule_file = check(child, {rule_id: written.data for rule_id, written in parent.written.items()})
    own_lists = word_lists(child, rule_file)
    lists = {**parent.lists, **own_lists}
    problems: list[RuleProblem] = []
    written = dict(parent.written)
    for index, shape in enumerate(rule_file.rules):
        try:
            written[shape.id] = written_rule(completed, ("rules", index), shape, lists)
        except RuleError as error:
            problems.extend(error.problems)
    if problems:
        raise RuleError(problems)
    return _book({name: _relisted(found, own_lists, lists) for name, found in written.items()}, lists)


def _relisted(found: WrittenRule, changed: WordLists, lists: WordLists) -> WrittenRule:
    """The rule with the lists as they are now."""
    if found.lists.isdisjoint(changed):
        return found
    return written_rule(found.document, found.path, found.shape, lists)


def _book(written: Mapping[str, WrittenRule], lists: WordLists) -> RuleBook:
    rules = tuple(found.rule for found in written.values() if found.shape.enabled)
    version = short_hash("".join(rule.rule_id + rule.rule_version for rule in rules), 12)
    return RuleBook(rules=rules, version=version, written=MappingProxyType(dict(written)), lists=lists)


def demoting(book: RuleBook, rule_ids: frozenset[str]) -> RuleBook:
    """The book with these rules kept to the timeline."""
    return replace(book, demoted=rule_ids)
