"""Answers that were hardly heard, and answers to questions that were not heard at all."""

from dataclasses import replace

import pytest

from keywords.records import RedactionKind
from keywords.redaction.screen import MARGIN_S, RedactionScreen
from streams.records import Language, Speaker, Utterance
from tests.keywords.builders import an_utterance
from tests.keywords.screening import texts_of


def asked(text: str) -> tuple[RedactionScreen, Utterance]:
    """A screen that heard the agent ask, and the question."""
    screen = RedactionScreen()
    question = an_utterance(text, channel=1, speaker=Speaker.AGENT)
    screen.feed(question)
    return screen, question


def after(question: Utterance, text: str, *, pause_s: float = 0.5) -> Utterance:
    """What the customer says then."""
    return an_utterance(text, start_s=round(question.end_s + pause_s, 3))


def test_a_guess_at_an_answer_that_is_hardly_understood_is_hidden_whole() -> None:
    screen, question = asked("and the security code")
    guess = replace(after(question, "won to tree"), final=False, confidence=0.3)

    assert screen.partial(guess).text == "[…]"


def test_an_answer_that_begins_with_the_end_of_the_question_is_an_answer() -> None:
    """An utterance begins with a little of what was before it."""
    screen, question = asked("and the security code")
    answer = replace(after(question, "won to tree", pause_s=-0.3), confidence=0.3)

    assert texts_of(screen.feed(answer)) == ["[cvv]"]


def test_digits_close_to_a_card_number_are_masked_where_they_were_hardly_understood() -> None:
    """The agent says the number again; most of it was taken for words."""
    screen, question = asked("your card number please")
    answer = after(question, "4970 1012 3456 7893")
    again = replace(after(answer, "so that is for 4 49 50 toy"), channel=1, speaker=Speaker.AGENT, confidence=0.4)

    out = (*screen.feed(answer), *screen.feed(again), *screen.finish())

    assert texts_of(out) == ["[card]", "[card]"]
    assert texts_of(screen.feed(replace(after(again, "nice weather today"), confidence=0.4))) == ["nice weather today"]


def test_the_sound_of_a_dropped_answer_is_silenced() -> None:
    """Its text is not believed, which does not mean that no digit was said."""
    screen, question = asked("and the security code")
    answer = after(question, "thank you for watching")

    (redaction,) = screen.unheard(answer)

    assert redaction.kind is RedactionKind.CVV
    assert redaction.start_s == pytest.approx(answer.start_s - MARGIN_S)
    assert redaction.end_s == pytest.approx(answer.end_s + MARGIN_S)


@pytest.mark.parametrize("question", ["your order number", "how are you", "what's your phone number"])
def test_other_dropped_text_silences_nothing(question: str) -> None:
    screen, said = asked(question)

    assert screen.unheard(after(said, "thank you for watching")) == ()


def test_dropped_text_after_the_whole_answer_silences_nothing() -> None:
    screen, question = asked("and the security code")
    answer = after(question, "one two three")
    assert texts_of(screen.feed(answer)) == ["[cvv]"]

    assert screen.unheard(after(answer, "you")) == ()


def test_what_was_guessed_of_dropped_text_asks_for_nothing() -> None:
    screen = RedactionScreen()
    guess = an_utterance("the security code", channel=1, final=False)
    screen.partial(guess)
    screen.unheard(guess)

    assert texts_of((*screen.feed(after(guess, "room 312")), *screen.finish())) == ["room 312"]


def test_a_final_takes_the_place_of_its_guesses() -> None:
    """What was misheard at first asks for nothing any more."""
    screen = RedactionScreen()
    screen.partial(an_utterance("the security code", channel=1, final=False))
    question = an_utterance("the security guard", channel=1)
    screen.feed(question)

    assert texts_of((*screen.feed(after(question, "room 312")), *screen.finish())) == ["room 312"]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("nine three seven", "[cvv]"),
        ("it's 937", "it's [cvv]"),
        ("4970 1012 3456 7890", "[card]"),
        ("I have been waiting for 20 minutes", "I have been waiting for 20 minutes"),
        ("yes of course", "yes of course"),
    ],
)
def test_an_answer_to_what_could_not_be_transcribed_is_masked_on_suspicion(answer: str, shown: str) -> None:
    """Nobody knows what was asked for."""
    screen = RedactionScreen()
    question = an_utterance("", channel=1)
    screen.missed(replace(question, end_s=2.0))

    out = (*screen.feed(an_utterance(answer, start_s=2.5)), *screen.finish())

    assert texts_of(out) == [shown]


def test_suspicion_ends_after_a_while() -> None:
    screen = RedactionScreen()
    screen.missed(replace(an_utterance("", channel=1), end_s=2.0))

    assert texts_of((*screen.feed(an_utterance("it's 937", start_s=30.0)), *screen.finish())) == ["it's 937"]


def test_a_question_that_was_screened_elsewhere_tells_what_late_digits_are() -> None:
    question = an_utterance("et le cryptogramme", Language.FR, channel=1)
    answer = an_utterance("neuf trois sept", Language.FR, start_s=question.end_s + 0.5)
    screen = RedactionScreen()
    screen.overhear(question)

    assert texts_of((*screen.feed(answer), *screen.finish())) == ["[cvv]"]


def paid(question: str, *, confidence: float = 0.3) -> tuple[RedactionScreen, Utterance]:
    """A screen that heard a card number, asked for and given, and then the agent say this, hardly understood."""
    screen, asked_for = asked("your card number please")
    card = after(asked_for, "4970 1012 3456 7893")
    screen.feed(card)
    vague = replace(after(card, question), channel=1, speaker=Speaker.AGENT, confidence=confidence)
    screen.feed(vague)
    return screen, vague


@pytest.mark.parametrize(
    ("answer", "confidence", "shown"),
    [
        ("awe sixande", 0.3, "[cvv]"),
        ("602", 0.8, "[cvv]"),
        ("that would be six hundred two", 0.4, "[cvv]"),
        ("I have been waiting for 20 minutes", 0.8, "I have been waiting for 20 minutes"),
        ("my order number is 602", 0.4, "my order number is 602"),
    ],
)
def test_after_a_card_number_a_question_that_was_hardly_understood_may_ask_for_its_code(
    answer: str, confidence: float, shown: str
) -> None:
    """The three digits on the back are asked for next, as a rule; nobody else is to be told what was heard instead."""
    screen, vague = paid("lay twa sheefer overso")

    out = (*screen.feed(replace(after(vague, answer), confidence=confidence)), *screen.finish())

    assert texts_of(out) == [shown]


@pytest.mark.parametrize(
    ("question", "confidence"), [("lay twa sheefer overso", 0.8), ("and your zip code", 0.4), ("", 0.3)]
)
def test_what_was_understood_or_not_said_asks_for_no_code(question: str, confidence: float) -> None:
    screen, vague = paid(question, confidence=confidence)
    answer = replace(after(vague, "awe sixande"), confidence=0.3)

    assert texts_of((*screen.feed(answer), *screen.finish())) == ["awe sixande"]


def test_an_answer_that_was_hardly_understood_is_masked_where_it_is_said_again() -> None:
    screen, question = asked("and the security code")
    answer = replace(after(question, "won to tree"), confidence=0.3)
    again = replace(after(answer, "so won to tree right"), channel=1, speaker=Speaker.AGENT, confidence=0.4)
    later = replace(after(again, "nice weather today", pause_s=20.0), channel=1, speaker=Speaker.AGENT, confidence=0.4)

    out = [one for utterance in (answer, again, later) for one in screen.feed(utterance)]

    assert texts_of(out) == ["[cvv]", "[cvv]", "nice weather today"]


def test_an_answer_that_was_understood_is_not_looked_for_in_what_follows() -> None:
    screen, question = asked("and the security code")
    answer = after(question, "one two three")
    thanks = replace(after(answer, "thank you kindly"), channel=1, speaker=Speaker.AGENT, confidence=0.4)

    out = [one for utterance in (answer, thanks) for one in screen.feed(utterance)]

    assert texts_of(out) == ["[cvv]", "thank you kindly"]


@pytest.mark.parametrize("heard", ["CBB", "CBC", "CVP", "CDV", "C.V.V."])
def test_a_code_is_asked_for_by_letters_that_sound_alike(heard: str) -> None:
    """Recognisers write them so with confidence."""
    screen, question = paid(f"what is the {heard}", confidence=0.8)
    reply = after(question, "it's 977")

    assert screen.partial(replace(reply, final=False, words=())).text == "it's […]"
    assert texts_of((*screen.feed(reply), *screen.finish())) == ["it's [cvv]"]


def test_a_card_number_that_was_hardly_understood_has_a_code_too() -> None:
    """Nobody asked for it: "my card is", and digits among words that are none."""
    screen = RedactionScreen()
    named = an_utterance("here comes my credit card")
    card = replace(after(named, "mack art is for 4 9 oh 3 7 see 2"), confidence=0.4)
    vague = replace(after(card, "lay twa sheefer overso"), channel=1, speaker=Speaker.AGENT, confidence=0.4)
    code = replace(after(vague, "awe sixande"), confidence=0.3)

    out = [one for utterance in (named, card, vague, code) for one in screen.feed(utterance)]

    assert set(texts_of((*out, *screen.finish()))) == {named.text, "[card]", vague.text, "[cvv]"}


def test_a_clear_word_ends_the_doubt() -> None:
    screen, vague = paid("lay twa sheefer overso")
    clear = replace(after(vague, "thank you very much"), channel=1, speaker=Speaker.AGENT)
    screen.feed(clear)

    assert texts_of(screen.feed(replace(after(clear, "awe sixande"), confidence=0.3))) == ["awe sixande"]


def test_without_a_card_nobody_asks_for_its_code() -> None:
    screen, vague = asked("lay twa sheefer overso")
    screen.feed(replace(vague, confidence=0.3))

    assert texts_of((*screen.feed(after(vague, "602")), *screen.finish())) == ["602"]


def test_the_date_of_a_card_that_was_hardly_understood_is_masked_whole_where_dates_are() -> None:
    kept = RedactionScreen(frozenset({RedactionKind.CARD, RedactionKind.CVV}))
    for screen, shown in ((RedactionScreen(), "[expiry]"), (kept, "hollow tuas do")):
        question = an_utterance("and the expiry date of your card", channel=1, speaker=Speaker.AGENT)
        screen.feed(question)
        answer = replace(after(question, "hollow tuas do"), confidence=0.3)

        assert texts_of((*screen.feed(answer), *screen.finish())) == [shown]
        assert bool(screen.unheard(after(answer, "you"))) == (shown == "[expiry]")


FRENCH = Language.FR


def french(text: str, *, start_s: float, confidence: float, agent: bool = False) -> Utterance:
    """Something said in French, understood more or less."""
    who = Speaker.AGENT if agent else Speaker.CUSTOMER
    said = an_utterance(text, FRENCH, start_s=start_s, channel=int(agent), speaker=who)
    return replace(said, confidence=confidence)


def shown(*said: Utterance) -> list[str]:
    """What is shown of it, in the order in which it was said."""
    screen = RedactionScreen()
    out = [one for utterance in said for one in (*screen.advance(utterance.start_s), *screen.feed(utterance))]
    return texts_of(sorted((*out, *screen.finish()), key=lambda one: one.utterance.start_s))


def test_an_answer_that_is_half_understood_is_masked_whole_where_it_holds_a_digit() -> None:
    question = french("la date d'expiration de la carte", start_s=0.0, confidence=0.85, agent=True)

    assert shown(question, french("j'enviens de 027", start_s=4.0, confidence=0.59))[1] == "[expiry]"
    assert shown(question, french("attendez je cherche", start_s=4.0, confidence=0.59))[1] == "attendez je cherche"


def test_a_card_that_was_asked_for_is_guarded_until_something_else_is() -> None:
    """Nobody asks again for each part of the number."""
    question = french("votre numéro de carte s'il vous plaît", start_s=0.0, confidence=0.9, agent=True)
    nod = french("je vous écoute", start_s=20.0, confidence=0.9, agent=True)
    other = french("et quel est votre numéro de commande", start_s=20.0, confidence=0.9, agent=True)
    part = french("sido dodo cicac cis", start_s=24.0, confidence=0.4)

    assert shown(question, nod, part)[-1] == "[card]"
    assert shown(question, other, part)[-1] == "sido dodo cicac cis"


@pytest.mark.parametrize("vague", ["oto n'y mémo d'acquant de crédit", "t'as quoi le n'y aimerait"])
def test_a_long_number_after_a_question_that_nobody_understood_may_be_a_cards(vague: str) -> None:
    question = french(vague, start_s=0.0, confidence=0.3, agent=True)
    number = french("oui donc c'est 6 01 01 01 03 656 657", start_s=5.0, confidence=0.75)
    order = french("ma commande c'est 6 01 01 01 03 656 657", start_s=5.0, confidence=0.75)

    assert shown(question, number)[1] == "oui donc c'est [card]"
    assert shown(question, order)[1] == order.text


def test_a_long_number_that_is_half_understood_begins_one_that_is_guarded() -> None:
    """The customer announced it, which nobody understood; the rest of it follows clearly."""
    begun = french("m'ocquin c'est la 5 1 2 6 1 2 3 3", start_s=0.0, confidence=0.66)
    more = french("0 0 3 7", start_s=6.0, confidence=0.83)

    assert shown(begun, more) == ["[card]", "[card]"]


def test_a_telephone_number_that_is_half_understood_begins_no_card() -> None:
    phone = french("c'est le 06 12 34 56 78", start_s=0.0, confidence=0.66)
    later = french("il y en a 12", start_s=6.0, confidence=0.4)

    assert shown(phone, later) == ["c'est le [phone]", "il y en a 12"]


def test_a_word_over_and_over_is_no_answer() -> None:
    """A recogniser that does not understand says one word again and again, and is sure of it."""
    vague = french("t'as quoi le n'y aimerait", start_s=0.0, confidence=0.4, agent=True)
    clear = french("vous habitez où", start_s=0.0, confidence=0.9, agent=True)
    loop = french("du du du du du du du du", start_s=4.0, confidence=0.78)

    assert shown(vague, loop)[1] == "[card]"
    assert shown(clear, loop)[1] == loop.text


def test_a_card_announced_by_what_was_hardly_understood_is_masked() -> None:
    assert shown(french("le cryptoghame se s'est s'et s'is", start_s=0.0, confidence=0.4)) == ["[cvv]"]
    assert shown(french("m'accarte c'est la 22 6 soins", start_s=0.0, confidence=0.44)) == ["[card]"]


def test_the_word_for_a_card_and_nothing_else_understood_for_as_long_as_a_number_takes_is_masked() -> None:
    """None of the digits is in the text; all of them are in the sound."""
    text = "m'accart c'est la carte sang"
    heard = replace(french(text, start_s=4.0, confidence=0.31), end_s=12.0)
    quick = replace(heard, end_s=7.0)
    clear = replace(heard, confidence=0.8)
    agent = replace(heard, speaker=Speaker.AGENT, channel=1)
    loyalty = replace(french("ma carte de fidélité sang", start_s=4.0, confidence=0.31), end_s=12.0)

    assert shown(heard) == ["[card]"]
    for other in (quick, clear, agent, loyalty):
        assert shown(other) == [other.text]


def test_a_question_that_was_understood_is_shown() -> None:
    """The agent asks; that numerals stand in it makes it no answer."""
    question = french("votre numéro de carte s'il vous plaît", start_s=0.0, confidence=0.9, agent=True)
    code = french("les trois chiffres au 12 de la carte", start_s=15.0, confidence=0.61, agent=True)

    assert shown(question, code)[1] == code.text
