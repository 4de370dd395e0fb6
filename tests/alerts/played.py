"""Plays what people say in a call to the rules of a file, as the service does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from alerts.engine import CallWatch
from alerts.files.document import parse_document
from alerts.policy import AlertPolicy
from alerts.records import Decision, HeldFlag, RedFlag, ScoredUtterance
from alerts.rulebook import RuleBook, rulebook_of
from keywords.matcher import Matcher
from sentiment.records import EmotionScore
from streams.records import CallStarted, Language, Speaker, Utterance
from tests.alerts.builders import a_call, a_score, an_utterance

HEAD = """\
    name: {{en: A rule, fr: Une règle}}
    priority: {priority}
    action: {{en: Help, fr: Aider}}
    deadline_s: 60
"""


def a_rule_text(when: str, *, rule_id: str = "rule", priority: str = "high", more: str = "") -> str:
    """One rule as written in a file, with its condition in one line."""
    return f"  - id: {rule_id}\n{HEAD.format(priority=priority)}{more}    when: {when}\n"


def a_book(*rules: str, top: str = "") -> RuleBook:
    """The book of one file with these rules."""
    text = top + "rules:\n" + "".join(rules)
    return rulebook_of([parse_document(text, Path("rules.yaml"))])


def words(*phrases: str, speaker: str = "customer", more: str = "") -> str:
    """A condition about words, in one line."""
    return f"{{words: {{speaker: {speaker}, phrases: {{en: [{', '.join(phrases)}]}}{more}}}}}"


@dataclass
class Played:
    """One call in which people speak; keeps all that was decided."""

    book: RuleBook
    call: CallStarted = field(default_factory=a_call)
    decisions: list[Decision] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch = CallWatch(self.call, self.book, AlertPolicy())
        self.matcher = Matcher(self.book.word_rules)

    def customer(
        self, text: str, start_s: float, language: Language = Language.EN, *, anger: float | None = None
    ) -> Decision:
        """The customer has said this, in a voice this angry; none: it is not judged."""
        utterance = an_utterance(text, start_s=start_s, speaker=Speaker.CUSTOMER, language=language)
        return self._said(utterance, None if anger is None else a_score(utterance, anger=anger))

    def agent(self, text: str, start_s: float, language: Language = Language.EN) -> Decision:
        """The agent has said this."""
        return self._said(an_utterance(text, start_s=start_s, speaker=Speaker.AGENT, language=language))

    def saying(self, text: str, start_s: float) -> Decision:
        """The customer is saying this."""
        partial = an_utterance(text, start_s=start_s, final=False)
        return self._noted(self.watch.on_partial(partial, self.matcher.hits(partial), start_s + 1.0))

    def end(self, now_s: float) -> Decision:
        """The call is over."""
        return self._noted(self.watch.on_end(now_s))

    def note(self, decisions: Iterable[Decision]) -> None:
        """Keep what was decided elsewhere."""
        self.decisions.extend(decisions)

    @property
    def told(self) -> Sequence[RedFlag]:
        """All flags told so far, each time they were."""
        return [flag for decision in self.decisions for flag in decision.told]

    @property
    def held(self) -> Sequence[HeldFlag]:
        """All flags held so far."""
        return [held for decision in self.decisions for held in decision.held]

    def _said(self, utterance: Utterance, emotion: EmotionScore | None = None) -> Decision:
        hits = self.matcher.hits(replace(utterance, final=True))
        scored = ScoredUtterance(utterance=utterance, hits=hits, emotion=emotion)
        return self._noted(self.watch.on_final(scored, utterance.end_s))

    def _noted(self, decision: Decision) -> Decision:
        self.decisions.append(decision)
        return decision
