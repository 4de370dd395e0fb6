"""Card numbers never come out of the screen; everything else does, once and in order."""

import re
from dataclasses import replace

import numpy as np
import pytest
from stdnum import luhn

from keywords.records import RedactionKind
from keywords.redaction.guesses import hide_numbers
from keywords.redaction.screen import HOLD_S, MARGIN_S, MAX_HELD, RedactionScreen
from streams.records import Embedding, Language, Speaker
from tests.keywords.builders import an_utterance
from tests.keywords.cards import ENGLISH_DIGITS
from tests.keywords.screening import said, screen_all, texts_of

CARD = "4970101234567893"
assert luhn.is_valid(CARD)


@pytest.mark.parametrize(
    "text",
    [
        "4970 1012 3456 7893",
        "4970101234567893",
        "4970-1012-3456-7893",
        "4970.1012.3456.7893.",
        "4,970, 101, 234, 567, 893",
        "49 70 10 12 34 56 78 93",
        "4 9 7 0 1 0 1 2 3 4 5 6 7 8 9 3",
        "4970 1012 um 3456 7893",
        "4970 1012, and then 3456 7893",
        "4970 1012 hang on please 3456 7893",
        "four nine seven zero one zero one two three four five six seven eight nine three",
        "four nine seven oh one oh one two three four five six seven eight nine three",
        "forty nine seventy ten twelve thirty four fifty six seventy eight ninety three",
        "forty-nine seventy ten twelve thirty-four fifty-six seventy-eight ninety-three",
        "4970 ten twelve thirty-four 56 78 93",
    ],
)
def test_a_card_number_is_masked_however_it_is_written(text: str) -> None:
    screened = screen_all([an_utterance(f"my number is {text} okay")])

    assert "[card]" in screened[0].utterance.text
    assert not re.search(r"\d{2}|nine|seventy", screened[0].utterance.text)
    assert screened[0].utterance.text.startswith("my number is [card]")
    assert screened[0].redactions[0].kind is RedactionKind.CARD


@pytest.mark.parametrize(
    "text",
    [
        "quarante-neuf soixante-dix dix douze trente-quatre cinquante-six soixante-dix-huit quatre-vingt-treize",
        "quatre neuf sept zéro un zéro un deux trois quatre cinq six sept huit neuf trois",
        "quatre mille neuf cent soixante-dix mille douze trois mille quatre cent cinquante-six 7893",
        "quarante-neuf septante dix douze trente-quatre cinquante-six septante-huit nonante-trois",
        "quarante-neuf soixante-dix, euh, dix douze trente-quatre cinquante-six 78 93",
    ],
)
def test_a_card_number_spoken_in_french_is_masked(text: str) -> None:
    screened = screen_all([an_utterance(f"alors c'est le {text}", Language.FR)])

    assert screened[0].utterance.text == "alors c'est le [card]"


def test_repeated_digits_are_read() -> None:
    number = "4444101234567890"[:-1]
    number += str(luhn.calc_check_digit(number))
    last = ENGLISH_DIGITS[int(number[-1])]
    spoken = f"double four double four one zero one two three four five six seven eight nine {last}"

    assert texts_of(screen_all([an_utterance(spoken)])) == ["[card]"]


def test_the_words_become_one_word_with_its_time_and_the_audio_is_silenced() -> None:
    (screened,) = screen_all([an_utterance("it is 4970 1012 3456 7893 thanks", start_s=20.0)])

    assert [word.text for word in screened.utterance.words] == ["it", "is", "[card]", "thanks"]
    card = screened.utterance.words[2]
    assert (card.start_s, card.end_s) == (20.8, 22.4)
    assert len(screened.redactions) == 1
    assert screened.redactions[0].start_s == pytest.approx(20.8 - MARGIN_S)
    assert screened.redactions[0].end_s == pytest.approx(22.4 + MARGIN_S)


def test_what_else_an_utterance_carries_survives() -> None:
    embedding = Embedding(mean=np.zeros(2, dtype=np.float32), deviation=np.ones(2, dtype=np.float32))
    utterance = replace(an_utterance("4970 1012 3456 7893 okay"), embedding=embedding, trusted=False)

    (screened,) = screen_all([utterance])

    assert screened.utterance.embedding is embedding
    assert not screened.utterance.trusted
    assert screened.utterance.utterance_id == utterance.utterance_id


def test_an_utterance_without_words_is_masked_in_its_text() -> None:
    (screened,) = screen_all([replace(an_utterance("it is 4970 1012 3456 7893"), words=())])

    assert screened.utterance.text == "it is [card]"
    assert screened.utterance.words == ()
    assert len(screened.redactions) == 1


def test_words_that_hide_what_the_text_says_do_not_leak_it() -> None:
    spoken = an_utterance("it is 4970 1012 3456 7893")
    (screened,) = screen_all([replace(spoken, words=spoken.words[:2])])

    assert screened.utterance.text == "it is [card]"
    assert [word.text for word in screened.utterance.words] == ["it", "is", "[card]"]


@pytest.mark.parametrize(
    "text",
    [
        "order number 4970 1012 3456 7890",
        "the order is 7000123456789",
        "that was in 2019",
        "it costs $1,250",
        "siret 732 829 320 00074",
        "one two three four five",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert texts_of(screen_all([an_utterance(text)])) == [text]


def test_a_long_number_after_talk_of_a_card_is_masked_even_when_it_does_not_add_up() -> None:
    """The recogniser may have misheard one digit."""
    screened = screen_all(
        [
            an_utterance("can I have your card number please", channel=1, speaker=Speaker.AGENT),
            an_utterance("4970 1012 3456 7890 right", start_s=4.0),
        ]
    )

    assert texts_of(screened)[1] == "[card] right"


def test_a_phone_number_after_talk_of_a_card_is_known_for_one() -> None:
    screened = screen_all(said(["par carte bancaire", "mon téléphone c'est 06 12 34 56 78"], Language.FR))

    assert texts_of(screened)[1] == "mon téléphone c'est [phone]"


def test_digits_at_the_end_wait_for_the_rest() -> None:
    screen = RedactionScreen()
    first, second, third = said(["sure it's 4970 1012", "3456 7893", "expires in may"])

    assert screen.feed(first) == ()
    assert screen.hold_from_s == 0.0
    released = screen.feed(second)
    assert texts_of(released) == ["sure it's [card]", "[card]"]
    assert [len(one.redactions) for one in released] == [1, 1]
    assert screen.hold_from_s is None
    assert texts_of(screen.feed(third)) == ["expires in may"]


def test_the_audio_is_held_from_shortly_before_the_waiting_utterance() -> None:
    screen = RedactionScreen()

    screen.feed(an_utterance("it's 4970 1012", start_s=30.0))

    assert screen.hold_from_s == pytest.approx(30.0 - MARGIN_S)


def test_words_without_digits_end_the_wait() -> None:
    screen = RedactionScreen()
    first, second = said(["it was in room 4512", "and then we left for the night"])

    assert screen.feed(first) == ()
    assert texts_of(screen.feed(second)) == ["it was in room 4512", "and then we left for the night"]


def test_a_short_word_inside_a_number_does_not_end_the_wait() -> None:
    screened = screen_all(said(["4970 1012", "wait", "3456 7893"]))

    assert texts_of(screened) == ["[card]", "wait", "[card]"]


@pytest.mark.parametrize(
    "text", ["it was in 2019", "yes it's 350 Main Street", "room 12", "$1,250", "at 14h30", "one moment"]
)
def test_what_no_number_to_mask_begins_with_does_not_wait(text: str) -> None:
    screen = RedactionScreen()

    assert texts_of(screen.feed(an_utterance(text))) == [text]


def test_the_wait_ends_in_time() -> None:
    screen = RedactionScreen()
    utterance = an_utterance("it's 4970 1012", start_s=5.0)
    screen.feed(utterance)

    assert screen.advance(utterance.end_s + HOLD_S - 0.1) == ()
    assert texts_of(screen.advance(utterance.end_s + HOLD_S)) == ["it's 4970 1012"]
    assert screen.hold_from_s is None
    assert screen.advance(1000.0) == ()


def test_what_is_said_but_not_transcribed_yet_is_waited_for() -> None:
    """However late its text is: the rest of the number may be in it. Other channels do not matter."""
    screen = RedactionScreen()
    utterance = an_utterance("it's 4970 1012")
    screen.feed(utterance)
    later_s = utterance.end_s + HOLD_S + 20
    unknown_s = utterance.end_s + 5
    assert utterance.channel == 0
    assert screen.advance(later_s, (unknown_s, later_s)) == ()
    assert texts_of(screen.advance(later_s, (later_s, unknown_s))) == ["it's 4970 1012"]


def test_the_wait_ends_after_so_many_utterances() -> None:
    screen = RedactionScreen()
    digits = said(["1111"] * MAX_HELD)

    waited = [screen.feed(utterance) for utterance in digits]

    assert [len(one) for one in waited] == [0] * (MAX_HELD - 1) + [MAX_HELD]


def test_the_end_of_the_call_releases_everything() -> None:
    screen = RedactionScreen()
    screen.feed(an_utterance("4970 1012"))

    assert texts_of(screen.finish()) == ["4970 1012"]
    assert screen.finish() == ()


def test_the_other_channel_does_not_wait() -> None:
    screen = RedactionScreen()
    screen.feed(an_utterance("it's 4970 1012"))

    assert texts_of(screen.feed(an_utterance("go on", channel=1, start_s=3.0))) == ["go on"]


def test_the_agent_who_repeats_the_number_is_masked_too() -> None:
    customer = said(["4970 1012", "3456 7893"])
    agent = said(["so 4970 1012", "3456 7893 is that right"], channel=1)

    screened = screen_all([customer[0], agent[0], customer[1], agent[1]])

    assert texts_of(screened) == ["[card]", "[card]", "so [card]", "[card] is that right"]


def test_a_partial_is_refused() -> None:
    with pytest.raises(ValueError, match="partial"):
        RedactionScreen().feed(an_utterance("hello", final=False))


def test_a_number_read_out_in_pairs_is_hidden_in_partials_from_its_second_pair_on() -> None:
    """Nobody asked, and a pair alone is nothing: eight partials one after the other would show a whole card number."""
    screen = RedactionScreen()
    shown = []
    for pair in said([f"{CARD[at : at + 2]}." for at in range(0, len(CARD), 2)]):
        shown.append(screen.partial(replace(pair, final=False)).text)
        screen.feed(pair)

    assert shown == ["49.", *["[…]."] * 7]


def test_a_word_between_does_not_show_the_rest_of_a_number_in_a_partial() -> None:
    screen = RedactionScreen()
    start, rest = said(["4970 1012", "then 34"])
    screen.feed(start)

    assert screen.partial(replace(rest, final=False)).text == "then […]"


def test_a_card_number_read_out_digit_by_digit_is_masked() -> None:
    """But for the first three, which are no number yet."""
    assert texts_of(screen_all(said([f"{digit}." for digit in CARD]))) == ["4.", "9.", "7.", *["[card]."] * 13]


def test_a_number_that_is_over_hides_nothing_in_later_partials() -> None:
    screen = RedactionScreen()
    screen.feed(an_utterance("4970 1012"))
    screen.finish()

    assert screen.partial(an_utterance("room 12", start_s=60.0, final=False)).text == "room 12"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("my card is 4970 10", "my card is […]"),
        ("my card is 49 70 and", "my card is […] and"),
        ("four nine seven zero", "[…]"),
        ("room 12 please", "room 12 please"),
        ("for $1,250 you", "for […] you"),
    ],
)
def test_numbers_in_a_partial_are_hidden(text: str, shown: str) -> None:
    masked = hide_numbers(an_utterance(text, final=False))

    assert masked.text == shown
    assert " ".join(word.text for word in masked.words) == shown
