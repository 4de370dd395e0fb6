"""Phrases in the guesses that the recogniser believed less: what is proposed of them, and what is never taken. Pure."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.matcher import Matcher
from keywords.records import CueKind
from keywords.sought.guesses import ALIKE
from keywords.sought.seeker import MOST_GUESSED, Seeker
from keywords.sought.weighing import accepted, chance
from streams.records import Language, Sought, Speaker
from streams.vocabulary.terms import Candidate
from tests.keywords.builders import a_rule, an_utterance

FR = Language.FR
PHRASES = [
    "j'ai un cancer",
    "porter plainte",
    "mise en demeure",
    "résilier",
    "suis pas content",
    "payer {number} euros",
]
SAID = ("je", "vais", "porter", "plein", "plainte", "mise", "en", "demeure", "J'ai", "un", "cancer,", "concert", "pas")
TEXTS = st.lists(st.sampled_from(SAID), max_size=12).map(" ".join)


def proposals(said: str, *guesses: str, cue: CueKind | None = None) -> tuple[Candidate, ...]:
    """Of words that were surely recognised, so that none is proposed by its sounds."""
    rules = [replace(a_rule(PHRASES, FR), cue=cue)]
    words = [replace(word, probability=1.0) for word in an_utterance(said, FR).words]
    return Seeker(Matcher(rules), rules, Speaker.CUSTOMER).proposals(words, FR, guesses)


def proposed(said: str, *guesses: str) -> list[tuple[str, str]]:
    return [(one.term, one.core.text) for one in proposals(said, *guesses)]


@pytest.mark.parametrize(
    ("said", "guess", "expected"),
    [
        ("voilà, j'ai un concert et donc", "voilà, j'ai un cancer et donc", ("j'ai un cancer", "j'ai un concert")),
        ("je vais porter l'eau demain", "je vais porter plainte demain", ("porter plainte", "porter l'eau")),
        ("je vais porter demain", "je vais porter plainte demain", ("porter plainte", "porter")),
        ("une mise demain ici", "une mise en demeure ici", ("mise en demeure", "mise demain")),
        ("je veux des silex, alors", "je veux résilier. Alors", ("résilier", "des silex")),
    ],
)
def test_a_phrase_of_another_guess_is_proposed_for_what_was_recognised_there(
    said: str, guess: str, expected: tuple[str, str]
) -> None:
    assert proposed(said) == []
    assert proposed(said, guess) == [expected]


@pytest.mark.parametrize(
    ("text", "heard", "by_audio", "guessed", "counts"),
    [
        ("supprimer mes données", "Tu primais, mais donnais", -8.0, True, True),
        ("supprimer mes données", "Tu primais, mais donnais", -8.0, False, False),
        ("supprimer mes données", "Tu primais, mais donnais", -21.0, True, False),
        ("bonjour", "Bonne journée.", -2.5, True, False),
        ("vous êtes con", "on va très quand", -0.7, True, False),
    ],
)
def test_what_the_recogniser_wrote_itself_needs_little_from_the_audio(
    text: str, heard: str, by_audio: float, guessed: bool, counts: bool
) -> None:
    """Whatever habit says of it; but a short word may be half of another, and other sounds were made up."""
    sought = Sought(text=text, heard=heard, first=0, likeness=0.6, brevity=0.0, by_audio=by_audio, by_habit=16.0)
    one = replace(sought, guessed=guessed)

    assert bool(accepted([one], FR)) is counts
    assert (chance(one, FR) > 0.5) is counts


def test_it_counts_as_alike_and_is_never_short() -> None:
    (one,) = proposals("voilà, j'ai un concert", "voilà, j'ai un cancer")

    assert one.guessed

    assert (one.likeness, one.brevity) == (ALIKE, 0.0)


def test_the_likeliest_guess_comes_first_and_each_phrase_once() -> None:
    found = proposed(
        "j'ai un concert, je vais porter l'eau",
        "j'ai un concert, je vais porter plainte",
        "j'ai un cancer, je vais porter plainte",
        "j'ai un cancer, je vais porter l'eau",
    )

    assert found == [("porter plainte", "porter l'eau"), ("j'ai un cancer", "j'ai un concert")]


@pytest.mark.parametrize(
    ("said", "guess"),
    [
        ("je ne veux pas des silex", "je ne veux pas résilier"),
        ("je suis très content", "je suis pas content"),
        ("payer des heures", "payer 12 euros"),
        ("j'ai un cancer et voilà", "j'ai un cancer, voilà"),
        ("", "j'ai un cancer"),
    ],
)
def test_nothing_is_taken_of_a_guess_that_no_rule_would_gain_by(said: str, guess: str) -> None:
    """It is negated there, or here; it has a number of its own; it was found already; nothing was recognised."""
    assert proposed(said, guess) == []


def test_a_cue_is_never_taken_of_a_guess() -> None:
    assert proposals("voilà, j'ai un concert", "voilà, j'ai un cancer", cue=CueKind.DISTRESS) == ()


@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_only_words_of_the_phrase_are_taken_of_a_guess(said: str, guesses: list[str]) -> None:
    """The rest of it has been seen by no screen for cards and addresses."""
    found = proposals(said, *guesses)

    assert len(found) <= MOST_GUESSED
    for one in found:
        assert 0 <= one.first <= one.last < len(said.split())
        assert len(one.term.split()) <= 3
        assert set(one.term.replace("'", " ").casefold().split()) <= set(" ".join(PHRASES).replace("'", " ").split())
