"""Phrases where other words were recognised: what is proposed, what counts, and which hits come of it. Pure."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.matcher import Matcher
from keywords.records import HitReason
from keywords.sought.seeker import MOST_PROPOSALS, Seeker
from keywords.sought.supposing import hits_with_sought
from keywords.sought.weighing import accepted, chance, gain
from streams.records import Language, Sought, Speaker, Utterance, Word
from tests.keywords.builders import a_rule, an_utterance

FR, EN = Language.FR, Language.EN
PHRASES = [
    "porter plainte",
    "mise en demeure",
    "mon avocat",
    "fermer mon compte",
    "mauvais commentaire",
    "suis pas content",
]
SAID = (
    *("je", "vais", "vous", "porter", "plein", "mise", "demain", "mauve", "récommentaire"),
    *("fermé", "mon", "conte", "avoca", "et", "pas.", "-", "l'"),
)
WORDS = st.lists(st.sampled_from(SAID), max_size=14)
SOUGHT = Sought(
    text="mise en demeure",
    heard="mise en demain",
    first=2,
    likeness=0.8,
    brevity=0.0,
    by_audio=-1.0,
    by_habit=-5.0,
)
SOUGHTS = st.builds(
    Sought,
    text=st.just("mise en demeure"),
    heard=st.sampled_from(["mise", "mise en", "mise en demain"]),
    first=st.integers(0, 6),
    likeness=st.floats(0.5, 1.0),
    brevity=st.floats(0.0, 1.0),
    by_audio=st.floats(-200, 50),
    by_habit=st.floats(-100, 100),
    guessed=st.booleans(),
)


def unsure(utterance: Utterance, probability: float = 0.5) -> tuple[Word, ...]:
    return tuple(replace(word, probability=probability) for word in utterance.words)


def a_seeker(phrases: list[str], language: Language = FR, speaker: Speaker | None = None) -> Seeker:
    rules = [a_rule(phrases, language, speaker=speaker)]
    return Seeker(Matcher(rules), rules, Speaker.CUSTOMER)


def proposed(text: str, language: Language = FR, *, probability: float = 0.5) -> list[tuple[str, str]]:
    words = unsure(an_utterance(text, language), probability)
    return [(one.term, one.core.text) for one in a_seeker(PHRASES).proposals(words, language)]


@pytest.mark.parametrize(
    ("text", "phrase", "heard"),
    [
        ("je laisse un mot récommentaire sur vous", "mauvais commentaire", "mot récommentaire"),
        ("je prends mon avaca demain", "mon avocat", "mon avaca"),
    ],
)
def test_a_phrase_is_proposed_where_something_like_it_was_recognised(text: str, phrase: str, heard: str) -> None:
    assert (phrase, heard) in proposed(text)


@pytest.mark.parametrize(
    "text",
    [
        "une mise en demeure arrive",
        "je ne veux pas de mise en demeurre",
        "la conférence est terminée",
        "le numéro 42 est à vous",
        "je suis très content de vous",
        "",
    ],
)
def test_nothing_is_proposed_that_no_rule_would_gain_by(text: str) -> None:
    """It was found in the words already, is negated, is the opposite of them, or they are words as good as it."""
    assert proposed(text) == []


def test_a_sign_that_stands_alone_is_no_word() -> None:
    """Recognisers write a dash where a speaker stops short."""
    assert ("mon avocat", "mon - avaca") in proposed("je prends mon - avaca demain")


def test_words_that_were_surely_recognised_are_left_as_they_are() -> None:
    assert proposed("je laisse un mot récommentaire sur vous", probability=0.99) == []


def test_phrases_of_the_other_side_are_not_sought() -> None:
    words = unsure(an_utterance("je laisse un mot récommentaire sur vous", FR))

    assert a_seeker(PHRASES, speaker=Speaker.AGENT).proposals(words, FR) == ()
    assert a_seeker(PHRASES, speaker=Speaker.CUSTOMER).proposals(words, FR)


@given(WORDS, st.floats(0.0, 1.0))
def test_proposals_are_few_and_lie_within_the_words(words: list[str], probability: float) -> None:
    utterance = an_utterance(" ".join(words), FR)
    found = a_seeker(PHRASES).proposals(unsure(utterance, probability), FR)

    assert len(found) <= MOST_PROPOSALS
    for one in found:
        assert 0 <= one.first <= one.last < len(words)
        assert one.term in PHRASES


@given(st.lists(SOUGHTS, max_size=5).map(tuple))
def test_what_counts_is_apart_and_sure_enough(found: tuple[Sought, ...]) -> None:
    chosen = accepted(found, FR)
    taken = [at for one in chosen for at in range(one.first, one.first + len(one.heard.split()))]

    assert len(taken) == len(set(taken))
    assert all(0.5 <= chance(one, FR) <= 1.0 for one in chosen)
    assert bool(chosen) == any(chance(one, FR) > 0.5 for one in found)


@given(SOUGHTS, st.floats(0.1, 50))
def test_more_from_the_audio_makes_a_phrase_surer(sought: Sought, more: float) -> None:
    """Habit works the other way round, but for what the recogniser wrote itself."""
    assert gain(replace(sought, by_audio=sought.by_audio + more), FR) > gain(sought, FR)
    less = gain(sought, FR) - gain(replace(sought, by_habit=sought.by_habit + more), FR)
    assert (less == 0) if sought.guessed else (less > 0)
    assert 0.0 <= chance(sought, FR) <= 1.0


def hits_of(text: str, *sought: Sought, phrases: list[str] = PHRASES) -> list[tuple[str, str, HitReason]]:
    utterance = replace(an_utterance(text, FR), sought=sought)
    found = hits_with_sought(Matcher([a_rule(phrases, FR)]), utterance)
    return [(hit.phrase, " ".join(word.text for word in hit.words), hit.reason) for hit in found]


def test_a_phrase_that_counts_is_a_hit_on_the_words_as_recognised() -> None:
    assert hits_of(
        "voici une mise en demain, donc", replace(SOUGHT, text="mise en demeure,", heard="mise en demain,")
    ) == [("mise en demeure", "mise en demain,", HitReason.SCORED)]


def test_its_certainty_is_its_chance() -> None:
    utterance = replace(an_utterance("voici une mise en demain", FR), sought=(SOUGHT,))
    (hit,) = hits_with_sought(Matcher([a_rule(PHRASES, FR)]), utterance)

    assert hit.certainty == pytest.approx(chance(SOUGHT, FR))
    assert (hit.start_s, hit.end_s) == (0.8, 2.0)


def test_a_phrase_that_does_not_count_is_none() -> None:
    assert hits_of("voici une mise en demain", replace(SOUGHT, by_audio=-40.0)) == []


def test_what_negates_words_negates_the_phrase_in_their_place() -> None:
    assert hits_of("ce n'est pas une mise en demain", replace(SOUGHT, first=4)) == []


def test_a_phrase_found_in_the_words_is_not_found_twice() -> None:
    found = hits_of("voici une mise en demain", SOUGHT, phrases=["mise en demain", "mise en demeure"])

    assert found == [("mise en demain", "mise en demain", HitReason.EXACT)]


def test_it_may_be_a_part_of_a_longer_phrase() -> None:
    found = hits_of("voici une mise en demain", SOUGHT, phrases=["voici une mise en demeure"])

    assert found == [("voici une mise en demeure", "voici une mise en demain", HitReason.SCORED)]


def test_the_words_are_found_again_where_a_number_was_masked_in_front() -> None:
    assert hits_of("[card] une mise en demain", replace(SOUGHT, first=12)) != []
    assert hits_of("[card] une autre chose", SOUGHT) == []
