"""Whether a phrase counts as said by its score."""

from dataclasses import replace

import pytest

from bench.spoken.scoring import Proposals, Scored, accepted, chance, gain, readings
from keywords.matcher import WordRule
from keywords.phrases.phrase import PhraseSet
from streams.records import Language, Word

SCORED = Scored(
    rule_id="refund",
    phrase="remboursement",
    words="renbouissement",
    start_s=1.0,
    end_s=2.0,
    likeness=0.7,
    brevity=0.0,
    heard=-8.0,
    meant=-4.0,
    habit_heard=-30.0,
    habit_meant=-30.0,
)


@pytest.mark.parametrize(
    ("written", "ways"),
    [
        ("porter plainte", ["porter plainte"]),
        ("(faire|déposer) une réclamation", ["faire une réclamation", "déposer une réclamation"]),
        ("suis [très] déçu", ["suis déçu", "suis très déçu"]),
        ("rembours*", []),
        ("(a|b|c|d|e) (a|b|c|d|e)", []),
    ],
    ids=["plain", "choice", "optional", "a star has no text", "too many"],
)
def test_a_phrase_is_read_in_all_its_ways(written: str, ways: list[str]) -> None:
    assert readings(written) == ways


def test_a_phrase_that_fits_the_audio_better_gains_and_habit_is_taken_off() -> None:
    assert gain(SCORED) == pytest.approx(4.0)
    assert gain(replace(SCORED, habit_meant=-20.0)) == pytest.approx(-1.0)
    assert gain(replace(SCORED, likeness=0.9)) > gain(SCORED)
    assert gain(replace(SCORED, brevity=1.0)) < gain(SCORED)


def test_the_chance_is_one_half_at_the_bar_and_never_leaves_zero_to_one() -> None:
    at_bar = replace(SCORED, meant=SCORED.heard - 7.0)

    assert chance(at_bar) == pytest.approx(0.5)
    assert 0.0 <= chance(replace(SCORED, meant=-10_000.0)) < 0.01
    assert 0.99 < chance(replace(SCORED, meant=10_000.0)) <= 1.0


def test_of_phrases_over_the_same_words_only_the_surest_counts() -> None:
    worse = replace(SCORED, rule_id="press", meant=-6.0)
    elsewhere = replace(SCORED, rule_id="billing", start_s=2.0, end_s=3.0)
    hopeless = replace(SCORED, rule_id="fraud", start_s=5.0, end_s=6.0, meant=-80.0)

    assert [one.rule_id for one in accepted([worse, SCORED, elsewhere, hopeless])] == ["refund", "billing"]


def test_what_sounds_like_badly_heard_words_is_proposed_and_what_was_heard_well_is_not() -> None:
    phrases = PhraseSet.compile({Language.FR: ["remboursement", "porter plainte"]})
    rule = WordRule(rule_id="rule", rule_version="1", speaker=None, phrases=phrases)
    proposals = Proposals([rule], Language.FR)

    def proposed(text: str, probability: float) -> list[str]:
        words = [
            Word(text=piece, start_s=at, end_s=at + 1.0, probability=probability)
            for at, piece in enumerate(text.split())
        ]
        return [one.candidate.term for one in proposals.of(words)]

    assert proposed("mon renbouissement arrive", 0.4) == ["remboursement"]
    assert proposed("je vais porter plein", 0.4) == ["porter plainte"]
    assert proposed("je vais porter plein", 0.99) == []
    assert proposed("il fait beau dehors", 0.4) == []
