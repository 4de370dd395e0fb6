"""What was found in a clip, held against what was said in it. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bench.spoken.kept import an_utterance
from keywords.matcher import Matcher, WordRule
from keywords.records import HitReason, KeywordHit
from keywords.sought.seeker import LEAST_START, MOST_GUESSED, MOST_PROPOSALS, MOST_SUPPOSED, Seeker
from keywords.sought.sounding import LEAST_ALIKE, SHARED, SURE
from keywords.sought.supposing import hits_with_sought
from keywords.sought.weighing import USUAL, Weights
from streams.model.hearings import SLOWER, UNSURE
from streams.model.holes import LONGEST_S
from streams.records import Language, Speaker, Utterance, Word
from streams.vocabulary.seeking import NEAR

NEAR_S = 1.0
"""A hit is at the right place when it touches the phrase, so much longer at both ends: times are only about right."""
REASONS = tuple(HitReason)
"""From the plainest to the boldest."""
PROPOSING = (LEAST_ALIKE, SHARED, SURE, MOST_PROPOSALS, MOST_GUESSED, MOST_SUPPOSED, LEAST_START, NEAR)
HEARING = (UNSURE, SLOWER, LONGEST_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A rule has something to find here."""

    rule_id: str
    start_s: float
    end_s: float

    def is_near(self, start_s: float, end_s: float) -> bool:
        """Whether a stretch touches it."""
        return start_s <= self.end_s + NEAR_S and end_s >= self.start_s - NEAR_S

    def fits(self, found: "Found") -> bool:
        """Whether a hit is this."""
        return found.rule_id == self.rule_id and self.is_near(found.start_s, found.end_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit."""

    rule_id: str
    phrase: str
    words: str
    start_s: float
    end_s: float
    certainty: float
    reason: HitReason
    own: bool
    """By the rules of the benchmark, not by the starter rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One clip, with what was said and what was found."""

    key: str
    language: Language
    held: bool
    group: str
    """What it counts with besides: its level of noise, or "prompt"."""
    voice: str
    duration_s: float
    said: str
    heard: str
    wanted: Place | None
    """The phrase that was said; none in a prompt."""
    on_text: tuple[Found, ...]
    """All that the rules find in the text that was said, and so no false hit."""
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What a hit has to be to count."""

    boldest: HitReason = REASONS[-1]
    certainty: float = 0.0

    def passes(self, found: Found) -> bool:
        """Whether a hit counts."""
        return REASONS.index(found.reason) <= REASONS.index(self.boldest) and found.certainty >= self.certainty


ANY = Bar()


class Books:
    """The rules of the benchmark and those the product comes with, as far as they are about customers' words."""

    def __init__(
        self, own: Sequence[WordRule], starter: Sequence[WordRule], silent: frozenset[str] = frozenset()
    ) -> None:
        """`silent`: ids of rules that raise no flag by words alone, but with a voice or with what else happens."""
        self.own, self.starter, self._silent = _of_customers(own), _of_customers(starter), silent
        self._matchers = ((Matcher(self.own), True), (Matcher(self.starter), False))
        self._rules = (*self.own, *self.starter)

    def seeker(self) -> Seeker:
        """Listens for the phrases of all of them."""
        return Seeker(Matcher(self._rules), self._rules, Speaker.CUSTOMER)

    @property
    def sum(self) -> str:
        """Changes with what is listened for, and so with what is proposed."""
        written = [
            phrase.written for rule in self._rules for language in Language for phrase in rule.phrases.of(language)
        ]
        return hashlib.sha256(repr((PROPOSING, HEARING, written)).encode()).hexdigest()[:8]

    def found(self, utterances: Sequence[Utterance], weights: Weights = USUAL) -> tuple[Found, ...]:
        """All hits in what is trusted."""
        trusted = [utterance for utterance in utterances if utterance.trusted]
        return tuple(
            _found(hit, own=own)
            for utterance in trusted
            for matcher, own in self._matchers
            for hit in hits_with_sought(matcher, utterance, weights)
            if hit.rule_id not in self._silent
        )


def as_said(text: str, language: Language, span_s: tuple[float, float]) -> Utterance:
    """The text as if recognised without a mistake, its letters spread evenly over the time."""
    pieces = text.split()
    second_a_letter = (span_s[1] - span_s[0]) / max(1, sum(map(len, pieces)))
    words, at = [], span_s[0]
    for piece in pieces:
        until = at + len(piece) * second_a_letter
        words.append(Word(text=piece, start_s=at, end_s=until, probability=1.0))
        at = until
    return an_utterance(words, language, span_s)


def is_right(case: Case, bar: Bar = ANY) -> bool:
    """Whether the rule of the benchmark that had to find the phrase did."""
    return _finds(case, [found for found in case.found if bar.passes(found)])


def is_right_on_text(case: Case) -> bool:
    """Whether it does when every word is recognised."""
    return _finds(case, case.on_text)


def starter_rules_on_text(case: Case) -> frozenset[str]:
    """The starter rules that find the phrase when every word is recognised."""
    return _starter_rules(case, case.on_text)


def starter_rules_right(case: Case) -> frozenset[str]:
    """Those of them that find it in what was heard."""
    return _starter_rules(case, case.found) & starter_rules_on_text(case)


def false_hits(case: Case, bar: Bar = ANY) -> list[Found]:
    """Hits of rules that had nothing to find there, the surest of each rule: one clip is one flag of a rule at most."""
    allowed = [Place(rule_id=said.rule_id, start_s=said.start_s, end_s=said.end_s) for said in case.on_text]
    if case.wanted is not None:
        allowed.append(case.wanted)
    wrong: dict[str, Found] = {}
    for found in case.found:
        if not bar.passes(found) or any(place.fits(found) for place in allowed):
            continue
        if found.rule_id not in wrong or wrong[found.rule_id].certainty < found.certainty:
            wrong[found.rule_id] = found
    return list(wrong.values())


def _finds(case: Case, hits: Sequence[Found]) -> bool:
    return case.wanted is not None and any(found.own and case.wanted.fits(found) for found in hits)


def _starter_rules(case: Case, hits: Sequence[Found]) -> frozenset[str]:
    wanted = case.wanted
    return frozenset(
        found.rule_id
        for found in hits
        if wanted is not None and not found.own and wanted.is_near(found.start_s, found.end_s)
    )


def _of_customers(rules: Sequence[WordRule]) -> tuple[WordRule, ...]:
    return tuple(rule for rule in rules if rule.speaker in (None, Speaker.CUSTOMER))


def _found(hit: KeywordHit, *, own: bool) -> Found:
    return Found(
        rule_id=hit.rule_id,
        phrase=hit.phrase,
        words=" ".join(word.text.strip() for word in hit.words),
        start_s=hit.start_s,
        end_s=hit.end_s,
        certainty=hit.certainty,
        reason=hit.reason,
        own=own,
    )
