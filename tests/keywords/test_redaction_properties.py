"""Whatever the number and however it is cut up, no part of a card number comes through, and nothing else is lost."""

import random
import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from keywords.records import Screened
from keywords.redaction.brands import is_card
from keywords.redaction.screen import RedactionScreen
from streams.records import Language, Utterance
from tests.keywords.builders import an_utterance
from tests.keywords.cards import ENGLISH_DIGITS, FRENCH_DIGITS, a_card, a_luhn_number, grouped
from tests.keywords.screening import said, screen_all, texts_of

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)


def _leaks(number: str, screened: Sequence[Screened]) -> list[str]:
    """Stretches of seven digits of the number that came through, in one utterance or in all of a row."""
    texts = [re.sub(r"\D", "", one.utterance.text) for one in screened]
    texts += [re.sub(r"\D", "", "".join(word.text for word in one.utterance.words)) for one in screened]
    texts.append("".join(texts[: len(screened)]))
    return [number[at : at + 7] for at in range(len(number) - 6) if any(number[at : at + 7] in text for text in texts)]


def _split(groups: list[str], rng: random.Random, *, between: str) -> list[str]:
    """Groups of digits over one to four utterances."""
    parts = min(rng.randint(1, 4), len(groups))
    cuts = sorted(rng.sample(range(1, len(groups)), parts - 1)) if len(groups) > 1 else []
    edges = [0, *cuts, len(groups)]
    return [between.join(groups[start:stop]) for start, stop in zip(edges, edges[1:], strict=False)]


@given(SEEDS, st.sampled_from([" ", "-", ", ", "."]), st.sampled_from(["", "it's ", "my number is "]))
def test_no_part_of_a_number_that_passes_luhn_comes_through(seed: int, between: str, opening: str) -> None:
    rng = random.Random(seed)
    number = a_luhn_number(rng)
    texts = _split(grouped(number, rng), rng, between=between)

    screened = screen_all(said([opening + texts[0], *texts[1:], "thank you very much for that"]))

    assert _leaks(number, screened) == []


@given(SEEDS, st.sampled_from(["", "it's ", "12 months and "]), st.sampled_from(["", " yes", " expiry 04 27"]))
def test_no_part_of_a_card_number_comes_through(seed: int, opening: str, closing: str) -> None:
    """Among other numbers, and with fillers between the groups."""
    rng = random.Random(seed)
    number = a_card(rng)
    texts = _split(grouped(number, rng), rng, between=rng.choice([" ", " uh ", " okay "]))

    screened = screen_all(said([opening + texts[0], *texts[1:-1], texts[-1] + closing] if texts[1:] else texts))

    assert _leaks(number, screened) == []


@given(SEEDS, st.sampled_from(list(Language)))
def test_no_part_of_a_card_number_spoken_digit_by_digit_comes_through(seed: int, language: Language) -> None:
    rng = random.Random(seed)
    number = a_card(rng)
    names = FRENCH_DIGITS if language is Language.FR else ENGLISH_DIGITS
    texts = _split([names[int(digit)] for digit in number], rng, between=" ")

    screened = screen_all(said(texts, language))

    assert all("[card]" in one.utterance.text for one in screened if len(one.utterance.words) > 3)
    assert sum(one.utterance.text.count(" ") + 1 for one in screened) <= 3 + 2 * len(texts)


@given(SEEDS)
def test_numbers_that_fail_luhn_are_untouched(seed: int) -> None:
    """Alone in their utterance, in one group, without talk of a card; no shorter part of them is a card number."""
    rng = random.Random(seed)
    number = a_luhn_number(rng)
    wrong = number[:-1] + str((int(number[-1]) + rng.randint(1, 9)) % 10)
    parts = [wrong[:stop] for stop in range(13, len(wrong))] + [wrong[start:] for start in range(1, len(wrong) - 12)]
    text = f"the reference is {wrong} thank you"

    screened = screen_all([an_utterance(text)])

    if not any(is_card(part) for part in parts):
        assert texts_of(screened) == [text]
        assert screened[0].redactions == ()


WORDS = ["yes", "4970", "1012", "12", "nine", "cancel", "un", "3456", "7893", "okay", "[card]", "49-70", "2019", "euh"]


@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.lists(st.sampled_from(WORDS), max_size=6), st.floats(0.0, 12.0)), max_size=20
    )
)
def test_every_utterance_comes_out_once_and_in_order(turns: list[tuple[int, list[str], float]]) -> None:
    screen = RedactionScreen()
    fed: list[Utterance] = []
    out: list[Screened] = []
    at_s = 0.0
    for channel, words, pause_s in turns:
        at_s = round(at_s + pause_s, 3)
        utterance = an_utterance(" ".join(words), Language.FR, start_s=at_s, channel=channel)
        fed.append(utterance)
        out.extend(screen.feed(utterance))
        at_s = utterance.end_s + 0.01
        out.extend(screen.advance(at_s))
    out.extend(screen.finish())

    for channel in (0, 1):
        expected = [one.utterance_id for one in fed if one.channel == channel]
        assert [one.utterance.utterance_id for one in out if one.utterance.channel == channel] == expected
    assert screen.hold_from_s is None
