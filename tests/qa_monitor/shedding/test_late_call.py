"""Late text: no card number gets through, and the rules about words still speak, once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.records import Decision, FlagId, FlagState, HoldReason, RedFlag
from keywords.normal import spoken_words
from streams.records import Sought, Speaker
from tests.qa_monitor.late import a_late_call, said

CANCEL = "je veux résilier mon contrat tout de suite"


def flags_of(text: str, start_s: float, told: tuple[RedFlag, ...] = (), *, trusted: bool = True) -> Decision:
    late = a_late_call()
    (one,) = late.heard(said(text, start_s, trusted=trusted), attributed=True, hides_numbers=False)
    return late.judge(one.utterance, late.hits(one.utterance), told, 60.0)


def test_a_card_number_in_late_text_is_masked() -> None:
    """With the seconds it takes."""
    (one,) = a_late_call().heard(
        said("ma carte est la 4539 1488 0343 6467 voilà", 5.0), attributed=True, hides_numbers=False
    )

    assert one.utterance.text == "ma carte est la [card] voilà"
    assert len(one.redactions) == 1


def test_a_number_over_two_late_utterances_waits_for_its_second_half() -> None:
    """In order, as when it was said."""
    late = a_late_call()
    first = late.heard(said("ma carte est la 4539 1488", 5.0), attributed=True, hides_numbers=False)
    second = late.heard(said("0343 6467 voilà", 9.0), attributed=True, hides_numbers=False)

    assert first == ()
    assert [one.utterance.text for one in second] == ["ma carte est la [card]", "[card] voilà"]


def test_what_waits_for_digits_comes_out_at_the_end() -> None:
    """Nothing is lost."""
    late = a_late_call()
    assert late.heard(said("le dossier 4539 1488", 5.0), attributed=True, hides_numbers=False) == ()

    assert len(late.finish()) == 1


def test_beside_text_that_was_in_time_every_longer_number_is_hidden() -> None:
    """Its other half may have gone out already."""
    late = a_late_call()
    (one,) = late.heard(said("et puis 0343 6467 voilà", 9.0), attributed=True, hides_numbers=True)

    assert one.utterance.text == "et puis […] voilà"
    assert "0343" not in " ".join(word.text for word in one.utterance.words)


def test_the_late_answer_to_a_question_that_was_heard_in_time_is_masked() -> None:
    """Three digits are nothing by themselves."""
    late = a_late_call()
    late.overhears(replace(said("et le cryptogramme", 5.0), channel=1, speaker=Speaker.AGENT))
    (one,) = late.heard(said("neuf trois sept", 7.0), attributed=True, hides_numbers=True)

    assert one.utterance.text == "[cvv]"


def test_a_phrase_in_late_text_is_a_flag_that_says_so() -> None:
    """Confirmed, with the words, in both languages."""
    decision = flags_of(CANCEL, 12.0)
    (flag,) = decision.told

    assert (flag.rule_id, flag.state, flag.raised_s) == ("cancellation", FlagState.CONFIRMED, 60.0)
    assert flag.evidence.text == CANCEL
    assert "later" in flag.evidence.explanation_en
    assert "après coup" in flag.evidence.explanation_fr


def test_what_was_told_in_time_is_not_told_again() -> None:
    """A flag of the same rule near that second: held as a repeat."""
    (told,) = flags_of(CANCEL, 12.0).told
    in_time = replace(told, flag_id=FlagId("live"))
    near, far = flags_of(CANCEL, 30.0, (in_time,)), flags_of(CANCEL, 300.0, (in_time,))

    assert near.told == ()
    assert [held.reason for held in near.held] == [HoldReason.REPEAT]
    assert len(far.told) == 1


def test_a_partial_that_was_taken_back_keeps_nothing_from_being_told() -> None:
    """Its words were never confirmed because nobody had time for them."""
    (told,) = flags_of(CANCEL, 12.0).told
    withdrawn = replace(told, flag_id=FlagId("live"), state=FlagState.WITHDRAWN)

    assert len(flags_of(CANCEL, 12.0, (withdrawn,)).told) == 1


def test_it_is_told_once_even_where_the_store_could_not_keep_it() -> None:
    """It remembers its own."""
    late = a_late_call()
    decisions = []
    for start_s in (12.0, 20.0):
        (one,) = late.heard(said(CANCEL, start_s), attributed=True, hides_numbers=False)
        decisions.append(late.judge(one.utterance, late.hits(one.utterance), (), 60.0))

    assert [len(one.told) for one in decisions] == [1, 0]


def test_distrusted_late_text_raises_nothing() -> None:
    """As in time."""
    decision = flags_of(CANCEL, 12.0, trusted=False)

    assert decision.told == ()


def test_words_of_nobody_in_particular_meet_no_rule_about_the_customer() -> None:
    """While channels are swapped or the same, nobody is judged."""
    late = a_late_call()
    (one,) = late.heard(said(CANCEL, 12.0), attributed=False, hides_numbers=False)

    assert late.hits(one.utterance) == ()
    assert one.utterance.speaker is Speaker.CUSTOMER


MISHEARD = "je laisse un mot récommentaire"


def sought(heard: str, first: int, by_audio: float = -1.0, text: str = "un mauvais commentaire") -> Sought:
    """A phrase that sounds much like the words recognised."""
    return Sought(text=text, heard=heard, first=first, likeness=0.9, brevity=0.0, by_audio=by_audio, by_habit=-4.0)


@pytest.mark.parametrize(("by_audio", "flags"), [(-1.0, ["media_threat"]), (-60.0, [])])
def test_a_late_phrase_that_the_audio_confirms_is_a_flag_that_says_both(by_audio: float, flags: list[str]) -> None:
    """That it was found later, and what was recognised. What was weighed is kept with the text."""
    late, asked = a_late_call(), (sought("un mot récommentaire", 2, by_audio),)
    (one,) = late.heard(replace(said(MISHEARD, 12.0), sought=asked), attributed=True, hides_numbers=False)
    decision = late.judge(one.utterance, late.hits(one.utterance), (), 60.0)

    assert one.utterance.sought == asked
    assert [flag.rule_id for flag in decision.told] == flags
    for flag in decision.told:
        english, french = flag.evidence.explanation_en, flag.evidence.explanation_fr
        assert english.startswith("Found later")
        assert "“un mot récommentaire”" in english
        assert french.startswith("Trouvé après coup")
        assert "« un mot récommentaire »" in french


def test_a_phrase_sought_by_the_agent_is_nobodys_where_nobody_knows_who_speaks() -> None:
    """Rules about the customer stay silent, whatever the audio says."""
    late = a_late_call()
    asked = replace(said(MISHEARD, 12.0), sought=(sought("un mot récommentaire", 2),))
    (one,) = late.heard(asked, attributed=False, hides_numbers=False)

    assert late.hits(one.utterance) == ()


@pytest.mark.parametrize("hides_numbers", [False, True])
def test_what_was_sought_in_words_that_are_masked_is_forgotten(hides_numbers: bool) -> None:
    """By the screen, and where every longer number is hidden; the question beside it stays."""
    late = a_late_call()
    digits, words = sought("4539 1488 0343 6467", 4), sought("voilà monsieur", 8)
    utterance = replace(said("ma carte est la 4539 1488 0343 6467 voilà monsieur", 5.0), sought=(digits, words))
    released = (*late.heard(utterance, attributed=True, hides_numbers=hides_numbers), *late.finish())

    assert [one.utterance.sought for one in released] == [(words,)]


def test_what_was_sought_in_a_number_that_waited_for_the_end_is_forgotten() -> None:
    """Masked only once nothing more can come."""
    late = a_late_call()
    first = replace(said("ma carte est la 4539 1488", 5.0), sought=(sought("est la 4539", 2),))
    assert late.heard(first, attributed=True, hides_numbers=False) == ()
    second = late.heard(said("0343 6467 voilà", 9.0), attributed=True, hides_numbers=False)

    assert [one.utterance.sought for one in second] == [(), ()]


@given(
    texts=st.lists(st.sampled_from(["je", "4539", "1488", "0343", "6467", "carte", "737", "voilà"]), min_size=1),
    places=st.lists(st.tuples(st.integers(0, 8), st.integers(1, 4)), max_size=4),
    hides_numbers=st.booleans(),
)
def test_no_digit_is_kept_in_a_question_that_is_not_in_the_text(
    texts: list[str], places: list[tuple[int, int]], hides_numbers: bool
) -> None:
    """Whatever is asked about, and however the text is masked."""
    late, heard = a_late_call(), [(" ".join(texts[first : first + count]), first) for first, count in places]
    asked = tuple(sought(words, first) for words, first in heard if words)
    utterance = replace(said(" ".join(texts), 5.0), sought=asked)
    released = (*late.heard(utterance, attributed=True, hides_numbers=hides_numbers), *late.finish())

    for one in released:
        left = " ".join(word.text for word in spoken_words(one.utterance))
        assert all(kept in asked and kept.heard in left for kept in one.utterance.sought)
        if not one.redactions and left == utterance.text:
            assert one.utterance.sought == asked
