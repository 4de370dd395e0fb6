"""What customers really say: half of these sentences only look as if they meant it."""

import sys
from collections.abc import Mapping
from types import MappingProxyType

import pytest

from alerts.rulebook import STARTER_RULES, load_rulebook
from bench.traps import FOR_TUNING, HELD_OUT_SHARE, Trap, TrapSet, held_out_templates, load_traps, misses, tally
from keywords.matcher import Matcher
from streams.records import Language

KINDS = {
    "but",
    "conditional",
    "double_negation",
    "hypothetical",
    "idiom",
    "negation",
    "no_problem",
    "past_other",
    "plain",
    "politeness",
    "question",
    "quoting_agent",
    "reported",
}
AT_LEAST_TUNING = 0.98
AT_LEAST_TUNED: Mapping[TrapSet, float] = MappingProxyType(
    {
        TrapSet.WIDER: 0.98,
        TrapSet.GRAMMAR: 0.98,
        TrapSet.TURNS: 0.97,
        TrapSet.COMPANIES: 0.9,
        TrapSet.CLAUSES: 0.95,
        TrapSet.CONCESSIONS: 0.98,
    }
)
"""Turns and companies are left where their own oddities would have to be spelt out."""
AT_LEAST_HELD_OUT: Mapping[Language, float] = MappingProxyType({Language.FR: 0.96, Language.EN: 0.97})
"""What is reached on sentences nothing was tuned on; 0.98 is wanted."""
AT_LEAST_FRESH: Mapping[Language, float] = MappingProxyType({Language.FR: 0.87, Language.EN: 0.87})
"""The same on those written by subject, two of a kind that differ by a word or two."""
AT_LEAST_UNSEEN: Mapping[Language, float] = MappingProxyType({Language.FR: 0.82, Language.EN: 0.79})
"""The same on those in a turn of phrase of their own each."""
AT_LEAST_LATER: Mapping[Language, float] = MappingProxyType({Language.FR: 0.73, Language.EN: 0.71})
"""The same on those written last, much of it as recognised."""

AT_LEAST_AFTERWARDS: Mapping[Language, float] = MappingProxyType({Language.FR: 0.7, Language.EN: 0.65})
"""The same on long ones with a concession or a courtesy before the wish, written after tuning on their kinds."""


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_rulebook([STARTER_RULES]).word_rules)


@pytest.fixture(scope="module", params=list(Language), ids=str)
def language(request: pytest.FixtureRequest) -> Language:
    return Language(request.param)


@pytest.fixture(scope="module")
def traps(language: Language) -> tuple[Trap, ...]:
    return load_traps(language)


def test_there_are_enough_sentences_half_of_them_traps(traps: tuple[Trap, ...]) -> None:
    quiet = sum(not trap.fires for trap in traps)

    assert len({trap.text for trap in traps}) == len(traps) >= 300
    assert quiet >= len(traps) / 2
    assert len(traps) - quiet >= len(traps) / 3


def test_no_sentence_stands_twice(language: Language) -> None:
    every = [trap.text for one in TrapSet for trap in load_traps(language, one)]

    assert len(set(every)) == len(every)


@pytest.mark.parametrize("trap_set", [one for one in TrapSet if one is not TrapSet.FIRST], ids=str)
def test_the_other_sets_are_for_tuning_or_held_out_as_a_whole(
    language: Language, traps: tuple[Trap, ...], trap_set: TrapSet
) -> None:
    """Apart, so that adding to them never moves a sentence into or out of what is held out."""
    others = load_traps(language, trap_set)
    known = {rule.rule_id for rule in load_rulebook([STARTER_RULES]).rules}

    assert len(others) >= 40
    assert all(trap.held_out is (trap_set not in FOR_TUNING) for trap in others)
    assert {trap.template for trap in traps}.isdisjoint(trap.template for trap in others)
    assert {trap.rule for trap in others} <= known
    assert {trap.kind for trap in others} <= KINDS


def test_every_kind_of_trap_is_there(traps: tuple[Trap, ...]) -> None:
    assert {trap.kind for trap in traps} == KINDS


def test_every_sentence_is_about_a_starter_rule(traps: tuple[Trap, ...]) -> None:
    known = {rule.rule_id for rule in load_rulebook([STARTER_RULES]).rules}

    assert {trap.rule for trap in traps} <= known
    assert len({trap.rule for trap in traps}) >= 7


def test_the_seed_alone_holds_out_a_third(traps: tuple[Trap, ...]) -> None:
    """Whole templates, so that no sentence built like a held out one is tuned on."""
    chosen = held_out_templates(trap.template for trap in traps)
    held_out = [trap for trap in traps if trap.held_out]

    assert {trap.template for trap in held_out} == chosen
    assert all(trap.held_out is (trap.template in chosen) for trap in traps)
    assert len(held_out) == pytest.approx(len(traps) / HELD_OUT_SHARE, rel=0.1)


def test_the_tuned_sentences_are_judged_rightly(matcher: Matcher, traps: tuple[Trap, ...], language: Language) -> None:
    tuning = [trap for trap in traps if not trap.held_out]
    missed = misses(matcher, tuning, language)

    assert tally(tuning, missed).share >= AT_LEAST_TUNING, [trap.text for trap in missed]


@pytest.mark.parametrize("trap_set", FOR_TUNING, ids=str)
def test_the_other_tuned_sentences_are_judged_rightly(matcher: Matcher, language: Language, trap_set: TrapSet) -> None:
    others = load_traps(language, trap_set)
    missed = misses(matcher, others, language)

    assert tally(others, missed).share >= AT_LEAST_TUNED[trap_set], [trap.text for trap in missed]


def test_the_held_out_sentences_are_judged_as_stated(
    matcher: Matcher, traps: tuple[Trap, ...], language: Language
) -> None:
    """Says how many, never which: a sentence once seen is one to tune on."""
    held_out = [trap for trap in traps if trap.held_out]
    reached = tally(held_out, misses(matcher, held_out, language))
    sys.stdout.write(f"\nheld out, {language}: {reached.right} of {reached.total}, {reached.share:.1%}\n")

    enough = reached.share >= AT_LEAST_HELD_OUT[language]
    assert enough, f"{reached.share:.3f} of the held out sentences"


@pytest.mark.parametrize(
    ("trap_set", "at_least"),
    [
        (TrapSet.FRESH, AT_LEAST_FRESH),
        (TrapSet.UNSEEN, AT_LEAST_UNSEEN),
        (TrapSet.LATER, AT_LEAST_LATER),
        (TrapSet.AFTERWARDS, AT_LEAST_AFTERWARDS),
    ],
    ids=str,
)
def test_the_fresh_sentences_are_judged_as_stated(
    matcher: Matcher, language: Language, trap_set: TrapSet, at_least: Mapping[Language, float]
) -> None:
    """Says how many, never which."""
    fresh = load_traps(language, trap_set)
    reached = tally(fresh, misses(matcher, fresh, language))
    sys.stdout.write(f"\n{trap_set}, {language}: {reached.right} of {reached.total}, {reached.share:.1%}\n")

    assert reached.share >= at_least[language], f"{reached.share:.3f} of the sentences of {trap_set}"
