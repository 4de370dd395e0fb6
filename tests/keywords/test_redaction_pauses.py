"""A card number read out with long pauses between its parts."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.records import Screened
from keywords.redaction.screen import RedactionScreen
from streams.records import Language, Speaker
from tests.keywords.builders import an_utterance
from tests.keywords.cards import a_card

Line = tuple[int, float, str]
"""Channel, seconds of silence before it, and text."""
ASKED: Line = (1, 0.0, "can I have your card number please")
GREETED: Line = (1, 0.0, "how can I help you")
NAMED: Sequence[Line] = ((1, 0.0, "how would you like to pay"), (0, 1.0, "with my credit card"))


def shown(*lines: Line) -> list[str]:
    """What is kept of a call in which time passes, second by second."""
    screen, out, order, at_s = RedactionScreen(), list[Screened](), [], 0.0
    for channel, pause_s, text in lines:
        for second in range(int(pause_s)):
            out += screen.advance(at_s + second)
        at_s += pause_s
        speaker = Speaker.AGENT if channel else Speaker.CUSTOMER
        utterance = an_utterance(text, Language.EN, start_s=round(at_s, 3), channel=channel, speaker=speaker)
        order.append(utterance.utterance_id)
        out += screen.feed(utterance)
        at_s = utterance.end_s
    out += screen.finish()
    texts = {one.utterance.utterance_id: one.utterance.text for one in out}
    return [texts[one] for one in order]


@pytest.mark.parametrize("pause_s", [2.0, 12.0, 20.0, 40.0])
@pytest.mark.parametrize("nod", [(), ((1, 1.0, "yes go on"),)])
@pytest.mark.parametrize("opening", [(ASKED,), NAMED])
@pytest.mark.parametrize(
    "parts",
    [
        ("4970 1012", "3456 7893"),
        ("4970", "1012", "3456", "7893"),
        ("four nine seven zero one", "zero one two three four", "five six seven", "eight nine three"),
    ],
)
def test_the_parts_of_a_number_that_was_asked_for_are_masked_however_long_the_pauses(
    opening: Sequence[Line], parts: Sequence[str], nod: Sequence[Line], pause_s: float
) -> None:
    rest = [line for part in parts[1:] for line in (*nod, (0, pause_s, part))]

    kept = shown(*opening, (0, 1.0, parts[0]), *rest)

    assert kept.count("[card]") == len(parts)


@pytest.mark.parametrize("pause_s", [16.0, 25.0, 35.0])
@pytest.mark.parametrize("between", [(), ((0, 3.0, "sorry I have to turn it around"), (1, 1.0, "no problem"))])
@pytest.mark.parametrize("rest", ["3456 7893", "three four five six seven eight nine three", "and then 3456 7893"])
def test_the_second_half_of_a_number_nobody_asked_for_is_masked_after_a_long_pause(
    rest: str, between: Sequence[Line], pause_s: float
) -> None:
    """The first half was given out after ten seconds: nothing told it from any other number."""
    kept = shown(GREETED, (0, 1.0, "it is 4970 1012"), *between, (0, pause_s, rest))

    assert kept[1] == "it is 4970 1012"
    assert kept[-1].endswith("[card]")


@given(st.integers(0, 2**32 - 1), st.floats(16.0, 40.0))
def test_no_two_halves_of_a_card_number_are_both_left(seed: int, pause_s: float) -> None:
    number = a_card(random.Random(seed))

    kept = shown(GREETED, (0, 1.0, number[:8]), (0, pause_s, number[8:]))

    assert number[8:] not in kept[-1]


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        ((ASKED, (0, 1.0, "4970"), (1, 1.0, "how many would you like"), (0, 2.0, "120")), "120"),
        ((ASKED, (0, 1.0, "4970"), (1, 1.0, "what is the order number"), (0, 20.0, "4512")), "4512"),
        (
            (ASKED, (0, 1.0, "4970"), (0, 20.0, "there are 120 people waiting here")),
            "there are 120 people waiting here",
        ),
        ((ASKED, (0, 1.0, "4970"), (0, 20.0, "120 euros")), "120 euros"),
        ((ASKED, (0, 1.0, "4970"), (0, 60.0, "120")), "120"),
        ((ASKED, (0, 1.0, "4970 1012 3456 7893"), (0, 20.0, "120")), "120"),
        ((ASKED, (0, 1.0, "4970"), (1, 20.0, "120")), "120"),
        ((GREETED, (0, 1.0, "4970"), (0, 20.0, "1012")), "1012"),
    ],
)
def test_a_number_that_does_not_go_on_with_the_card_stays(lines: Sequence[Line], last: str) -> None:
    assert shown(*lines)[-1] == last


@pytest.mark.parametrize(
    ("first", "between", "second"),
    [
        ("it is 4970 1012", (), "3456 7890"),
        ("it is 1970 1012", (), "3456 7893"),
        ("it is 4970 1012", ((1, 1.0, "and your customer number"),), "3456 7893"),
        ("it is 4970 1012", ((0, 1.0, "no sorry 4512 3399"),), "3456 7893"),
    ],
)
def test_two_long_numbers_that_make_no_card_number_stay(first: str, between: Sequence[Line], second: str) -> None:
    assert shown(GREETED, (0, 1.0, first), *between, (0, 20.0, second))[-1] == second
