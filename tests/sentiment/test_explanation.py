"""What a coach reads: the person's own terms, both languages, no label."""

import pytest

from sentiment.explanation import explain
from sentiment.records import Emotion, Prosody
from tests.sentiment.builders import a_prosody


@pytest.mark.parametrize(
    ("prosody", "english", "french"),
    [
        (
            a_prosody(level=6.2, pitch=3.9),
            "louder by 6 dB and higher by 4 semitones than at first",
            "plus fort de 6 dB et plus aigu de 4 demi-tons qu'au début",
        ),
        (a_prosody(level=-5.0), "softer by 5 dB than at first", "plus bas de 5 dB qu'au début"),
        (a_prosody(pitch=-2.4), "lower by 2 semitones than at first", "plus grave de 2 demi-tons qu'au début"),
        (a_prosody(pace=1.5), "faster by 50% than at first", "plus rapide de 50\N{NO-BREAK SPACE}% qu'au début"),
        (a_prosody(pace=0.5), "slower by 50% than at first", "plus lent de 50\N{NO-BREAK SPACE}% qu'au début"),
        (
            a_prosody(level=2.0, pitch=-1.0, pace=1.1),
            "pitch, level and pace much as at first",
            "hauteur, niveau et débit à peu près comme au début",
        ),
        (
            a_prosody(level=0.0, pitch=None, pace=None),
            "pitch, level and pace much as at first",
            "hauteur, niveau et débit à peu près comme au début",
        ),
        (
            a_prosody(level=None, pitch=None, pace=None),
            "first words: nothing to compare with yet",
            "premières paroles : rien encore à comparer",
        ),
    ],
)
def test_the_change_is_named_in_both_languages(prosody: Prosody, english: str, french: str) -> None:
    assert explain(prosody) == (english, french)


def test_too_little_voice_is_said_and_nothing_else() -> None:
    assert explain(a_prosody(level=9.0), voiced=False) == ("too little voice to tell", "trop peu de voix pour juger")


def test_a_line_that_overdrives_the_voice_is_said_in_both_languages() -> None:
    english, french = explain(a_prosody(level=9.0), clear=False)

    assert english == "the line overdrives the voice: nothing can be told"
    assert french == "la ligne sature la voix : impossible de juger"


def test_no_explanation_names_an_emotion() -> None:
    """It says what was measured; what to make of it is for people."""
    every = [
        text
        for level in (None, -9.0, 0.0, 9.0)
        for pitch in (None, -9.0, 9.0)
        for text in explain(a_prosody(level=level, pitch=pitch))
    ]

    assert not any(emotion.value in text for emotion in Emotion for text in every)
