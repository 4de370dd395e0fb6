"""Which recognised text to distrust, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.model.gates import Distrust, Heard, distrust, is_loop

SPEECH = {"duration_s": 2.5, "voiced_s": 2.0, "level_db": -25.0, "tonality": 0.4}


def heard(**other: float) -> Heard:
    return Heard(**{**SPEECH, **other})


def doubt(
    text: str = "je veux résilier mon contrat",
    *,
    confidence: float = 0.8,
    no_speech: float = 0.05,
    looping: bool = False,
    **other: float,
) -> Distrust | None:
    return distrust(text, confidence=confidence, no_speech=no_speech, looping=looping, heard=heard(**other))


def test_ordinary_speech_is_believed() -> None:
    """No guard is in its way."""
    assert doubt() is None


@pytest.mark.parametrize("text", ["", "  ", "...", "♪ ♪", " -", "'"])
def test_no_word_is_nothing(text: str) -> None:
    """Dots and notes are what the model writes when it has nothing to write."""
    assert doubt(text) is Distrust.NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "Merci.",
        "Merci beaucoup à tous !",
        "Sous-titrage Société Radio-Canada",
        "Sous-titres réalisés par la communauté d'Amara.org",
        "Merci d'avoir regardé cette vidéo !",
        "N'hésitez pas à vous abonner.",
        "Thank you.",
        "Thanks for watching!",
        "Please subscribe to my channel.",
        "Subtitles by the community",
        "you",
        "Bye bye.",
    ],
)
def test_well_known_inventions_are_dropped_on_a_weak_stretch_and_believed_on_a_strong_one(text: str) -> None:
    """Customers do say thank you: the words alone never suffice."""
    assert doubt(text, confidence=0.5, voiced_s=0.5) is Distrust.INVENTED
    assert doubt(text, level_db=-50.0) is Distrust.INVENTED
    assert doubt(text) is None


def test_an_invention_inside_a_sentence_is_none() -> None:
    """Only a text that is nothing else is suspicious."""
    assert doubt("merci de me rappeler demain", confidence=0.5, voiced_s=0.9) is None


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"voiced_s": 0.1}, "hardly voiced"),
        ({"tonality": 0.995}, "a tone"),
        ({"voiced_s": 0.6, "confidence": 0.1}, "brief and not understood"),
        ({"voiced_s": 0.6, "confidence": 0.4, "no_speech": 0.9}, "brief, and the model doubts that anybody spoke"),
    ],
)
def test_noise_is_dropped(other: dict[str, float], why: str) -> None:
    """Each of these signs is enough."""
    assert doubt(**other) is Distrust.NOISE, why  # type: ignore[arg-type]  # all are numbers


def test_someone_who_speaks_for_long_is_shown_however_badly_understood() -> None:
    """Badly understood is not the same as noise: grey, but there."""
    assert doubt(confidence=0.05, no_speech=0.9) is Distrust.UNSURE


@pytest.mark.parametrize("other", [{"voiced_s": 0.05}, {"tonality": 0.999}])
def test_digits_are_never_thrown_away(other: dict[str, float]) -> None:
    """The card screen has to see them before the audio is kept."""
    assert doubt("4970 1012", **other) is Distrust.UNSURE  # type: ignore[arg-type]  # all are numbers


def test_doubtful_text_raises_nothing() -> None:
    """A low confidence, a fragment and a loop are shown grey."""
    assert doubt(confidence=0.25) is Distrust.UNSURE
    assert doubt(voiced_s=0.3) is Distrust.UNSURE
    assert doubt(looping=True) is Distrust.LOOP


def test_only_what_cannot_be_speech_is_hidden() -> None:
    """The rest is shown, at least in grey."""
    assert {why for why in Distrust if why.dropped} == {Distrust.NOTHING, Distrust.INVENTED, Distrust.NOISE}


@pytest.mark.parametrize(
    "tokens",
    [
        [7, 8, 9, 10] + [1, 2, 3] * 3,
        [1, 2, 3, 4, 5] * 3,
        [5] * 9,
        [1, 2, 3, 4] * 7,
        [9, 1, 2, 3, 4, 5, 6] * 4 + [9, 1],
    ],
)
def test_a_decoder_going_round_in_circles_is_noticed(tokens: list[int]) -> None:
    """Three times the same at the end, or few different tokens in a long text."""
    assert is_loop(tokens)


@pytest.mark.parametrize(
    "tokens",
    [
        [],
        [1],
        [1, 1, 1],
        [3, 3, 3, 3, 3, 3],
        list(range(40)),
        [1, 2, 3, 4, 5] * 2,
        [1, 2, 3] * 3 + [4, 5, 6, 7],
    ],
)
def test_people_repeat_themselves_too(tokens: list[int]) -> None:
    """Saying yes three times is no loop, nor is a repetition that ended."""
    assert not is_loop(tokens)


@given(tokens=st.lists(st.integers(min_value=0, max_value=9), max_size=60), unit=st.lists(st.integers(), min_size=3))
def test_any_text_can_be_looked_at(tokens: list[int], unit: list[int]) -> None:
    """Never an error; three repetitions of three tokens or more at the end are always a loop."""
    assert is_loop([*tokens, *unit * 3])
    is_loop(tokens)
