"""Which language a channel is transcribed in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.model.language_chances import Chances
from streams.records import Language
from streams.utterances.language import ChannelLanguage

FR, EN = Language.FR, Language.EN
BOTH = (FR, EN)
LONG_S, SHORT_S = 3.0, 1.0


def heard(french: float, english: float, likeliest: str = "") -> Chances:
    return Chances(expected={FR: french, EN: english}, likeliest=likeliest or ("fr" if french > english else "en"))


GERMAN = heard(0.01, 0.02, "de")


def attentive(announced: Language | None = FR, allowed: tuple[Language, ...] = BOTH) -> ChannelLanguage:
    language = ChannelLanguage(announced, allowed)
    language.attentive = True
    return language


def listen(language: ChannelLanguage, chances: Chances, duration_s: float = LONG_S, confidence: float = 0.8) -> None:
    """A final whose language was asked for."""
    language.learn(language.current or FR, 0.9, confidence, duration_s, chances)


def test_the_only_language_is_never_in_doubt() -> None:
    """Where one language is expected, nothing is detected."""
    language = ChannelLanguage(EN, (FR,))
    for _ in range(5):
        language.learn(EN, 0.99, 0.2, LONG_S)

    assert language.choose(LONG_S) is FR
    assert language.current is FR
    assert language.prior == {FR: 1.0}


def test_the_announced_language_stays_while_it_is_understood() -> None:
    """One bad utterance among good ones changes nothing."""
    language = ChannelLanguage(FR, BOTH)
    for confidence in (0.8, 0.2, 0.9, 0.4, 0.6):
        language.learn(FR, 1.0, confidence, LONG_S)
        assert language.choose(LONG_S) is FR


def test_two_doubtful_finals_in_a_row_lead_to_detection_and_to_the_other_language() -> None:
    """The wrong language is understood badly, however it was announced."""
    language = ChannelLanguage(FR, BOTH)
    language.learn(FR, 1.0, 0.2, LONG_S)
    language.learn(FR, 1.0, 0.35, LONG_S)

    assert language.choose(LONG_S) is None
    assert language.choose(SHORT_S) is FR

    language.learn(EN, 0.97, 0.9, LONG_S)

    assert language.current is EN
    assert language.choose(LONG_S) is EN


def test_doubt_ends_when_detection_finds_the_announced_language_again() -> None:
    """A mumbled stretch does not cost detection for the rest of the call."""
    language = ChannelLanguage(FR, BOTH)
    for confidence in (0.2, 0.2, 0.7):
        language.learn(FR, 0.9, confidence, LONG_S)

    assert language.choose(LONG_S) is FR


def test_an_unsure_detection_switches_nothing() -> None:
    """Neither a close call nor a text that is not believed is evidence."""
    language = ChannelLanguage(FR, BOTH)
    for _ in range(2):
        language.learn(FR, 1.0, 0.2, LONG_S)

    language.learn(EN, 0.6, 0.9, LONG_S)
    language.learn(EN, 0.99, 0.2, LONG_S)

    assert language.current is FR
    assert language.choose(LONG_S) is None


def test_short_utterances_never_switch() -> None:
    """An "okay" is said in both languages."""
    language = ChannelLanguage(None, BOTH)
    language.learn(FR, 0.99, 0.9, LONG_S)
    for _ in range(5):
        language.learn(EN, 0.99, 0.9, SHORT_S)

    assert language.choose(SHORT_S) is FR
    assert language.current is FR


def test_an_unannounced_language_is_detected_from_every_long_utterance() -> None:
    """Callers change their language; a short one takes what is known, and helps where nothing is."""
    language = ChannelLanguage(None, BOTH)
    assert language.choose(SHORT_S) is None
    language.learn(EN, 0.9, 0.1, SHORT_S)
    assert language.current is None
    language.learn(FR, 0.6, 0.9, SHORT_S)
    assert language.choose(SHORT_S) is FR
    assert language.choose(LONG_S) is None

    language.learn(EN, 0.95, 0.9, LONG_S)

    assert language.choose(SHORT_S) is EN


def test_the_source_may_change_the_language() -> None:
    """What it says counts as announced, and wipes out doubts."""
    language = ChannelLanguage(FR, BOTH)
    for _ in range(2):
        language.learn(FR, 1.0, 0.2, LONG_S)

    language.change(EN)

    assert language.choose(LONG_S) is EN


def test_a_language_that_is_not_allowed_is_not_changed_to() -> None:
    """Whatever the source says, there are no rules for it."""
    language = ChannelLanguage(FR, (FR,))

    language.change(EN)

    assert language.current is FR


def test_an_attentive_channel_asks_about_every_long_utterance() -> None:
    """Announced or not, so that a change is seen at once; a short one takes what is known."""
    assert attentive(FR).choose(LONG_S) is None
    assert attentive(FR).choose(SHORT_S) is FR
    assert attentive(FR, (FR,)).choose(LONG_S) is None
    assert attentive(None).choose(SHORT_S) is None


def test_one_clear_utterance_changes_the_language_and_one_changes_it_back() -> None:
    """A caller who goes on in the other language is understood from the first sentence."""
    language = attentive(FR)

    listen(language, heard(0.003, 0.98))
    assert language.current is EN
    listen(language, heard(0.98, 0.003))
    assert language.current is FR


@pytest.mark.parametrize(
    ("chances", "duration_s", "confidence"),
    [
        (heard(0.1, 0.88), LONG_S, 0.8),
        (heard(0.003, 0.98), 1.6, 0.8),
        (heard(0.003, 0.98), SHORT_S, 0.8),
        (heard(0.003, 0.98), LONG_S, 0.2),
        (heard(0.01, 0.1, "cy"), LONG_S, 0.8),
    ],
    ids=["less clear", "shorter", "too short", "not understood", "perhaps a third language"],
)
def test_one_less_clear_utterance_changes_nothing(chances: Chances, duration_s: float, confidence: float) -> None:
    """The next one may."""
    language = attentive(FR)

    listen(language, chances, duration_s, confidence)

    assert language.current is FR


def test_two_fairly_clear_utterances_change_the_language() -> None:
    """What one cannot, the next one can."""
    language = attentive(FR)
    for _ in range(2):
        listen(language, heard(0.05, 0.9))

    assert language.current is EN


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 15)), max_size=30))
def test_belief_stays_a_belief(finals: list[tuple[float, float, float, float]]) -> None:
    """Whatever is heard: no language is ever impossible, and together they are certain."""
    language = attentive(None)
    for share, foreign, confidence, duration_s in finals:
        chances = heard(share * (1 - foreign), (1 - share) * (1 - foreign), "de" if foreign > 0.5 else "")
        listen(language, chances, duration_s, confidence)
        language.learn(EN, 1.0, confidence, duration_s)

        assert sum(language.prior.values()) == pytest.approx(1.0)
        assert min(language.prior.values()) >= 0.019


def test_a_language_nobody_expected_is_told_after_three_utterances_and_no_longer_than_it_is_spoken() -> None:
    """One alone is often a slip of the detector."""
    language = attentive(FR)
    told = []
    for chances in (GERMAN, GERMAN, GERMAN, heard(0.9, 0.01), GERMAN, heard(0.9, 0.01), heard(0.9, 0.01)):
        listen(language, chances, confidence=0.3)
        told.append(language.foreign)

    assert told == [None, None, "de", "de", "de", "de", None]


def test_slips_into_various_languages_are_no_foreign_language() -> None:
    """A synthetic or muffled voice sounds like another one every time."""
    language = attentive(FR)
    for code in ("cy", "de", "pt", "cy", "la", "de"):
        listen(language, heard(0.01, 0.01, code))

        assert language.foreign is None


def test_short_utterances_say_nothing_about_a_foreign_language() -> None:
    """Half of them sound like anything."""
    language = attentive(FR)
    for _ in range(5):
        listen(language, GERMAN, SHORT_S)

    assert language.foreign is None


def test_english_is_foreign_where_only_french_is_expected() -> None:
    """It is transcribed as French all the same: somebody should know."""
    language = attentive(None, (FR,))
    for _ in range(3):
        language.learn(FR, 1.0, 0.3, LONG_S, Chances(expected={FR: 0.02}, likeliest="en"))

    assert language.foreign == "en"
    assert language.current is FR
