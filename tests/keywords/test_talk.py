"""What digits are about, by what was asked for before, and for how long."""

import pytest

from keywords.redaction.cue_words import Strength, Topic
from keywords.redaction.cues import cues_of
from keywords.redaction.questions import ANSWERED_S, NAMED_S, NEAR_S
from keywords.redaction.sensitive import heard
from keywords.redaction.talk import Talk
from streams.records import Language
from tests.keywords.builders import an_utterance


def asked(text: str, language: Language = Language.EN, after_s: float = 1.0) -> frozenset[Topic]:
    talk = Talk()
    question = an_utterance(text, language)
    talk.note(question)
    return talk.questions.asked_at(question.end_s + after_s)


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("et le numéro de la carte", Language.FR, Topic.CARD),
        ("les seize chiffres", Language.FR, Topic.CARD),
        ("votre kriptogramme", Language.FR, Topic.CVV),
        ("les chiffres au dos", Language.FR, Topic.CVV),
        ("votre RIB", Language.FR, Topic.IBAN),
        ("un numéro où vous joindre", Language.FR, Topic.PHONE),
        ("votre courriel", Language.FR, Topic.EMAIL),
        ("the long number on the card", Language.EN, Topic.CARD),
        ("and the CVV", Language.EN, Topic.CVV),
        ("your bank account number", Language.EN, Topic.IBAN),
        ("your email address", Language.EN, Topic.EMAIL),
    ],
)
def test_questions_are_understood(text: str, language: Language, topic: Topic) -> None:
    assert asked(text, language) == {topic}


@pytest.mark.parametrize("text", ["your order number", "your address", "how can I help", "your account number"])
def test_other_questions_ask_for_nothing_to_mask(text: str) -> None:
    assert asked(text) == frozenset()


def test_whoever_speaks_of_a_card_may_go_on_with_its_number() -> None:
    assert asked("by credit card") == {Topic.CARD}
    assert asked("by credit card", after_s=NAMED_S + 1) == frozenset()


def test_a_question_is_over_after_a_while() -> None:
    assert asked("your card number", after_s=NEAR_S - 1) == {Topic.CARD}
    assert asked("your card number", after_s=NEAR_S + 1) == frozenset()


def test_a_question_is_over_with_its_whole_answer() -> None:
    talk = Talk()
    talk.note(an_utterance("and the security code"))
    talk.answered(Topic.CVV, 0, 3.0, heard(an_utterance("12")).pieces)
    assert Topic.CVV in talk.questions.asked_at(3.0 + ANSWERED_S - 1)
    assert Topic.CVV not in talk.questions.asked_at(3.0 + ANSWERED_S + 1)

    talk.answered(Topic.CVV, 0, 5.0, heard(an_utterance("3")).pieces)
    assert Topic.CVV not in talk.questions.asked_at(6.0)
    assert Topic.CVV in talk.questions.asked_at(6.0, again=True)


def test_digits_are_known_when_they_are_said_again() -> None:
    talk = Talk()
    talk.answered(Topic.CVV, 0, 3.0, heard(an_utterance("one two three")).pieces)
    talk.answered(Topic.CARD, 0, 3.0, heard(an_utterance("4970 1012 3456 7893")).pieces)

    assert talk.repeated(heard(an_utterance("123")).pieces, 9.0) is Topic.CVV
    assert talk.repeated(heard(an_utterance("1012 3456")).pieces, 9.0) is Topic.CARD
    assert talk.repeated(heard(an_utterance("555")).pieces, 9.0) is None
    assert talk.repeated(heard(an_utterance("123")).pieces, 99.0) is None


def test_another_question_ends_the_one_before() -> None:
    talk = Talk()
    talk.note(an_utterance("your card number"))
    talk.note(an_utterance("your order number first", start_s=5.0))

    assert talk.questions.asked_at(8.0) == frozenset()
    assert talk.cues.is_about_other(8.0)


def test_a_question_for_two_things_at_once_asks_for_the_one_to_mask() -> None:
    talk = Talk()
    question = an_utterance("the security code for order number 5567")
    talk.note(question)

    assert talk.questions.asked_at(question.end_s - 0.1) == frozenset()
    assert talk.questions.asked_at(question.end_s + 1) == {Topic.CVV}


def test_an_expiry_date_needs_a_card() -> None:
    assert asked("when does it expire") == frozenset()
    assert asked("your credit card, when does it expire") == {Topic.CARD, Topic.EXPIRY}


def test_the_longest_of_overlapping_cues_counts() -> None:
    (cue,) = cues_of(an_utterance("your bank account number"))

    assert (cue.topic, cue.strength) == (Topic.IBAN, Strength.ASKED)
