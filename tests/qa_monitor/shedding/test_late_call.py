"""Late text: no card number gets through, and the rules about words still speak, once."""

from dataclasses import replace

from alerts.records import Decision, FlagId, FlagState, HoldReason, RedFlag
from streams.records import Speaker
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
