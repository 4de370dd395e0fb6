"""What seeded calls are made of: rules find the lines that were put there for them, and nothing in the others."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from keywords.records import KeywordHit
from qa_monitor.seed.dialogue import BY_AGENT, COMPLAINTS, GRAVE, HARDSHIPS
from qa_monitor.seed.grammar import Grammar, Line, grammars
from qa_monitor.seed.records import AGENT, CUSTOMER, utterance
from qa_monitor.seed.speaking import _line
from qa_monitor.seed.teams import teams
from streams.records import Language
from tests.qa_monitor.builders import a_call
from tests.qa_monitor.service import starter_rules

WAYS = 3
"""So many ways of saying each line are tried."""
OPENING_ONLY = {"greeting_missing"}
"""Rules about a phrase that is not said have it for a hit."""


def every_line(grammar: Grammar) -> Iterator[Line]:
    """All but the telling ones."""
    for lines in grammar.opening.values():
        yield from lines
    for exchanges in (grammar.identification, grammar.general, grammar.hold, grammar.back, grammar.closing):
        for exchange in exchanges:
            yield from exchange
    for reason in grammar.reasons.values():
        yield from (*reason.opens, *reason.solved)
        for exchange in reason.talk:
            yield from exchange
    yield from grammar.calm


def hits_of(line: Line, language: Language, dice: Random) -> list[KeywordHit]:
    """What the starter rules find in one way of saying a line, heard without a mistake."""
    call = replace(a_call(), language=language)
    said = _line(AGENT if line.agent else CUSTOMER, 100, line.said(dice.random), 1.0, language, lambda: 0.999)
    found = starter_rules().matcher.hits(utterance(call, said))
    return [hit for hit in found if hit.rule_id not in OPENING_ONLY]


@pytest.mark.parametrize("language", list(Language))
def test_rules_find_nothing_in_plain_lines(language: Language) -> None:
    """Judging looks at telling lines only: the others must hold nothing."""
    dice = Random(1)
    plain = [line for line in every_line(grammars()[language]) for _ in range(WAYS)]
    found = [
        (hit.rule_id, hit.phrase, [word.text for word in hit.words])
        for line in plain
        for hit in hits_of(line, language, dice)
        if hit.cue is None
    ]

    assert found == []


@pytest.mark.parametrize("language", list(Language))
def test_rules_find_what_was_put_there_for_them(language: Language) -> None:
    """Every way of saying it that is tried."""
    dice = Random(2)
    told = grammars()[language].telling
    missed = [
        (rule_id, line.said(Random(3).random))
        for rule_id, lines in told.items()
        for line in lines
        for _ in range(WAYS)
        if rule_id not in {hit.rule_id for hit in hits_of(line, language, dice)}
    ]

    assert missed == []


def test_both_languages_have_every_reason_and_every_rule() -> None:
    """A team may have calls in either."""
    french, english = grammars()[Language.FR], grammars()[Language.EN]
    called_about = {reason for team in teams() for reason in team.reasons}

    assert called_about <= set(french.reasons) == set(english.reasons)
    assert {*COMPLAINTS, *GRAVE, *HARDSHIPS, *BY_AGENT} <= set(french.telling) == set(english.telling)
