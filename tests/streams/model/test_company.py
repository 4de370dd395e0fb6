"""What keeps a fragment company: the speaker's last words with their audio, never more than that, and nothing stale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.model.company import Before, Company, CompanyPolicy, echoes, without_joint, words_without_joint
from streams.records import Audio, Language, Word
from streams.samples.resample import SPEECH_RATE_HZ

FRAGMENT_S = 1.2
POLICY = CompanyPolicy(fragment_s=2.1, longest_s=3.0, stale_s=30.0)


def words(text: str, *, every_s: float = 1.0, from_s: float = 0.0) -> list[Word]:
    """One word a second, each half a second long."""
    return [
        Word(text=one, start_s=from_s + index * every_s, end_s=from_s + index * every_s + 0.5, probability=0.9)
        for index, one in enumerate(text.split())
    ]


def speech(duration_s: float) -> Audio:
    """Every sample says where it is."""
    return np.arange(round(duration_s * SPEECH_RATE_HZ), dtype=np.float32)


def a_company(text: str = "je voudrais résilier", *, duration_s: float = 3.0, end_s: float = 10.0) -> Company:
    company = Company(POLICY)
    company.heard(speech(duration_s), words(text), Language.FR, end_s)
    return company


def company_for(
    company: Company,
    *,
    start_s: float = 11.0,
    duration_s: float = FRAGMENT_S,
    language: Language | None = Language.FR,
) -> Before | None:
    return company.before(start_s, duration_s, language)


def test_a_fragment_gets_what_was_said_before() -> None:
    """All of it, where it is short enough."""
    before = company_for(a_company())

    assert before is not None
    assert before.text == "je voudrais résilier"
    assert np.array_equal(before.audio, speech(3.0))


def test_the_first_words_of_a_call_have_none() -> None:
    assert company_for(Company(POLICY)) is None


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"duration_s": 2.2}, "long enough to be understood alone"),
        ({"duration_s": 0.0}, "nothing was said"),
        ({"start_s": 41.0}, "too long ago"),
        ({"language": Language.EN}, "another language"),
        ({"language": None}, "the language is yet to be detected"),
    ],
)
def test_nothing_is_put_before(other: dict[str, float], why: str) -> None:
    assert company_for(a_company(), **other) is None, why  # type: ignore[arg-type]  # of several types on purpose


def test_of_a_long_utterance_the_last_words_are_kept_cut_between_two_of_them() -> None:
    """The audio begins in the pause before the first word that is told."""
    before = company_for(a_company("un deux trois quatre cinq six", duration_s=6.0))

    assert before is not None
    assert before.text == "quatre cinq six"
    assert before.audio[0] == round(3.0 * SPEECH_RATE_HZ)
    assert before.audio[-1] == round(6.0 * SPEECH_RATE_HZ) - 1


def test_a_long_word_that_does_not_fit_is_no_company() -> None:
    assert company_for(a_company("hmm", duration_s=5.0)) is None


def test_fragments_keep_one_another_company() -> None:
    """Somebody who spells a number says it in fragments: as many as fit are kept, whole."""
    company = Company(POLICY)
    for number, digit in enumerate(("un", "deux", "trois", "quatre")):
        company.heard(speech(1.0), words(digit), Language.FR, 10.0 + number)

    before = company_for(company, start_s=14.0)

    assert before is not None
    assert before.text == "deux trois quatre"
    assert len(before.audio) == 3 * SPEECH_RATE_HZ


def test_another_language_starts_afresh() -> None:
    company = a_company()
    company.heard(speech(1.0), words("hello"), Language.EN, 12.0)

    assert company_for(company, start_s=12.0) is None
    before = company_for(company, start_s=12.0, language=Language.EN)
    assert before is not None
    assert before.text == "hello"


def test_what_is_stale_does_not_come_back_with_what_is_new() -> None:
    company = a_company("bonjour", duration_s=1.0, end_s=10.0)
    company.heard(speech(1.0), words("oui"), Language.FR, 60.0)

    before = company_for(company, start_s=61.0)

    assert before is not None
    assert before.text == "oui"


def test_an_utterance_without_words_changes_nothing() -> None:
    company = a_company()
    company.heard(speech(1.0), [], Language.FR, 10.8)

    before = company_for(company)

    assert before is not None
    assert before.text == "je voudrais résilier"


@pytest.mark.parametrize(
    "text",
    [
        "La conférence est pleine.",
        "la conférence est pleine, composez",
        "Composez le numéro !",
        "composer le numéro désiré",
    ],
)
def test_a_decoder_that_says_again_what_it_was_told_is_noticed(text: str) -> None:
    """It does so where nobody speaks, and is sure of itself: such a stretch is heard alone."""
    assert echoes(text, "La conférence est pleine. Composez le numéro désiré.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "la conférence est pleine"),
        ("", ""),
        ("pleine", "la conférence est pleine"),
        ("oui, merci", "oui, merci beaucoup"),
        ("la conférence est finie depuis hier", "la conférence est pleine"),
        ("je veux résilier", "bonjour"),
    ],
)
def test_saying_something_else_or_one_word_again_is_no_echo(text: str, told: str) -> None:
    """People repeat a word; who repeats a sentence is heard alone, and loses nothing."""
    assert not echoes(text, told)


def test_a_single_word_that_is_all_that_was_told_is_an_echo() -> None:
    assert echoes("Deux.", "deux")


@given(text=st.text(max_size=60), told=st.text(max_size=120))
def test_any_two_texts_can_be_compared(text: str, told: str) -> None:
    """Never an error, and three words or more said again are always noticed."""
    echoes(text, told)
    assert echoes("un deux trois", f"{told} un deux trois")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("-L-A-T-I.", "L-A-T-I."),
        (", um,", "um,"),
        ("... et demain ?", "et demain ?"),
        ("...", ""),
        ("Oui.", "Oui."),
        ("'m not sure", "'m not sure"),
        ("", ""),
    ],
)
def test_a_fragment_does_not_begin_with_what_joined_it_to_the_text_before(written: str, said: str) -> None:
    """The words say the same as the text."""
    assert without_joint(written) == said
    assert " ".join(word.text for word in words_without_joint(words(written))) == said


def test_forgotten_is_gone() -> None:
    company = a_company()
    company.forget()

    assert company_for(company) is None


@given(
    lengths_s=st.lists(st.floats(min_value=0.2, max_value=15.0), min_size=1, max_size=12),
    every_s=st.floats(min_value=0.1, max_value=2.0),
)
def test_memory_is_bounded_and_text_belongs_to_its_audio(lengths_s: list[float], every_s: float) -> None:
    """Whatever is said: never more than the longest, and the words told are the last ones, in order."""
    company, said, at_s = Company(POLICY), list[str](), 0.0
    for number, length_s in enumerate(lengths_s):
        count = int(length_s / every_s)
        texts = [f"{number}-{index}" for index in range(count)]
        at_s += length_s
        company.heard(speech(length_s), words(" ".join(texts), every_s=every_s), Language.FR, at_s)
        said += texts

    before = company_for(company, start_s=at_s)

    if before is not None:
        told = before.text.split()
        assert 0 < len(before.audio) <= POLICY.longest_s * SPEECH_RATE_HZ + 1
        assert told == said[-len(told) :]
