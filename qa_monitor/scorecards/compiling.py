"""A scorecard file, once its shape was checked, to a scorecard that can be put to calls. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from alerts.files.compiling import call_is
from alerts.files.document import Document, FieldPath
from alerts.files.problems import RuleError, RuleProblem
from alerts.files.shape import RuleFile, RuleShape
from alerts.files.shape_base import Both
from alerts.files.shape_when import When
from alerts.files.written import WrittenRule, short_hash, word_lists, written_rule
from keywords.phrases.words import WordLists
from qa_monitor.scorecards.ready import About, Earlier, For, Found, Inquiry, Matter, Named, Own, Ready
from qa_monitor.scorecards.records import AnswerValue, Question, Scorecard, Section
from qa_monitor.scorecards.shape import Asked, Audience, QuestionShape, ScorecardFile, checked
from qa_monitor.scorecards.voiceless import wrong_voices
from streams.records import Direction, Language

_NOBODY = Both(en="-", fr="-")
"""What a coach should do: such a rule tells none."""


def compiled(document: Document) -> Ready:
    """One scorecard. Raises `RuleError` with every problem that can be told without knowing the rules."""
    shape = checked(document)
    problems = list(_named_twice(document, shape))
    try:
        lists = _lists(document, shape)
    except RuleError as error:
        raise RuleError([*problems, *error.problems]) from error
    compiler = _Compiler(document=document, shape=shape, lists=lists, problems=problems)
    inquiries = compiler.inquiries()
    if problems:
        raise RuleError(sorted(problems, key=lambda problem: problem.line))
    sections = tuple(dict.fromkeys(inquiry.section for inquiry in inquiries))
    return Ready(
        scorecard=Scorecard(
            scorecard_id=shape.id,
            version=_version(shape, inquiries),
            name_en=shape.name.en,
            name_fr=shape.name.fr,
            sections=sections,
        ),
        audience=_audience(shape.audience),
        inquiries=inquiries,
        document=document,
    )


def _lists(document: Document, shape: ScorecardFile) -> WordLists:
    """The lists of the file. Raises `RuleError`."""
    return word_lists(document, RuleFile(lists=dict(shape.lists))) if shape.lists else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compiler:
    """Of one file; what is wrong is added to `problems`."""

    document: Document
    shape: ScorecardFile
    lists: WordLists
    problems: list[RuleProblem]
    earlier: list[str] = field(default_factory=list)
    """Questions so far."""

    def inquiries(self) -> tuple[Inquiry, ...]:
        found: list[Inquiry] = []
        for place, written in enumerate(self.shape.sections):
            questions = tuple(_question(one) for one in written.questions)
            section = Section(
                section_id=written.id,
                name_en=written.name.en,
                name_fr=written.name.fr,
                weight=written.weight,
                questions=questions,
            )
            for index, (asked, question) in enumerate(zip(written.questions, questions, strict=True)):
                path: FieldPath = ("sections", place, "questions", index)
                found.append(self._inquiry(asked, question, section, path))
                self.earlier.append(asked.id)
        return tuple(found)

    def _inquiry(self, asked: QuestionShape, question: Question, section: Section, path: FieldPath) -> Inquiry:
        return Inquiry(
            question=question,
            section=section,
            by=self._found(asked.when, asked.rule, asked.id, path),
            if_found=AnswerValue(asked.answer_if_found or "yes"),
            only_if=self._matter(asked.only_if, f"{asked.id}.only_if", (*path, "only_if")),
            unless=self._matter(asked.not_applicable_if, f"{asked.id}.not_if", (*path, "not_applicable_if")),
        )

    def _matter(self, asked: Asked | None, name: str, path: FieldPath) -> Matter | None:
        if asked is None:
            return None
        if asked.call is not None:
            return About(call=call_is(asked.call))
        if asked.question is not None:
            if asked.question not in self.earlier:
                allowed = f"an earlier question: {', '.join(self.earlier) or 'there is none'}"
                self.problems.append(self.document.problem((*path, "question"), repr(asked.question), allowed))
            return Earlier(question_id=asked.question, value=AnswerValue(asked.value or "yes"))
        return self._found(asked.when, asked.rule, name, path)

    def _found(self, when: When | None, rule: str | None, name: str, path: FieldPath) -> Found | None:
        if rule is not None:
            return Named(rule_id=rule, path=(*path, "rule"))
        if when is None:
            return None
        voices = list(wrong_voices(self.document, when, (*path, "when")))
        self.problems.extend(voices)
        written = None if voices else self._own(when, name, path)
        return None if written is None else Own(written=written)

    def _own(self, when: When, name: str, path: FieldPath) -> WrittenRule | None:
        shape = RuleShape(id="question", name=_NOBODY, priority="low", action=_NOBODY, deadline_s=1.0, when=when)
        try:
            written = written_rule(self.document, path, shape, self.lists)
        except RuleError as error:
            self.problems.extend(error.problems)
            return None
        # no rule of a file can have this name: theirs are letters, digits and _
        return replace(written, rule=replace(written.rule, rule_id=f"{self.shape.id}/{name}"))


def _question(asked: QuestionShape) -> Question:
    note = asked.coach_note
    return Question(
        question_id=asked.id,
        text_en=asked.text.en,
        text_fr=asked.text.fr,
        points=asked.points,
        auto_fail=asked.auto_fail,
        manual=bool(asked.manual),
        coach_note_en=note.en if note else "",
        coach_note_fr=note.fr if note else "",
        floor=asked.floor,
    )


def _audience(shape: Audience) -> For:
    return For(
        tenant=shape.tenant,
        teams=frozenset(shape.teams) if shape.teams else None,
        languages=frozenset(map(Language, shape.languages)) if shape.languages else None,
        direction=Direction(shape.direction) if shape.direction else None,
    )


def _version(shape: ScorecardFile, inquiries: tuple[Inquiry, ...]) -> str:
    """Of all it says, and of what the product brings to its conditions.

    Whose calls it is for does not count, nor how far the machine is trusted: both change no answer.
    """
    own = [one.written.rule for inquiry in inquiries for one in inquiry.matters if isinstance(one, Own)]
    floors: dict[str, dict[str, dict[str, set[str]]]] = {"__all__": {"questions": {"__all__": {"floor"}}}}
    content = shape.model_dump_json(
        by_alias=True, exclude={"audience": True, "sections": floors}, exclude_defaults=True
    )
    return short_hash(content + "".join(rule.rule_version for rule in own), 8)


def _named_twice(document: Document, shape: ScorecardFile) -> Iterator[RuleProblem]:
    paths: list[tuple[FieldPath, str, str]] = []
    for place, section in enumerate(shape.sections):
        paths.append((("sections", place, "id"), section.id, "section"))
        for index, question in enumerate(section.questions):
            paths.append((("sections", place, "questions", index, "id"), question.id, "question"))
    first: dict[tuple[str, str], int] = {}
    for path, name, kind in paths:
        if (kind, name) in first:
            found = f"{name!r} a second time, first on line {first[kind, name]}"
            yield document.problem(path, found, f"an id no other {kind} of this scorecard has")
        first.setdefault((kind, name), document.line(path))
