"""Which language a channel is transcribed in."""

from streams.language import ChannelLanguage
from streams.records import Language

FR, EN = Language.FR, Language.EN
BOTH = (FR, EN)
LONG_S, SHORT_S = 3.0, 1.0


def test_the_only_language_is_never_in_doubt() -> None:
    """Where one language is expected, nothing is detected."""
    language = ChannelLanguage(EN, (FR,))
    for _ in range(5):
        language.learn(EN, 0.99, 0.2, LONG_S)

    assert language.choose(LONG_S) is FR
    assert language.current is FR


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
