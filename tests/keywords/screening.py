"""Feeds a card screen, for the tests of this folder."""

from collections.abc import Sequence

from keywords.records import RedactionKind, Screened
from keywords.redaction.screen import ALL_KINDS, RedactionScreen
from streams.records import Language, Speaker, Utterance
from tests.keywords.builders import an_utterance


def texts_of(screened: Sequence[Screened]) -> list[str]:
    """The texts that came out."""
    return [one.utterance.text for one in screened]


def screen_all(utterances: Sequence[Utterance], kinds: frozenset[RedactionKind] = ALL_KINDS) -> list[Screened]:
    """What comes out of a screen for these kinds in a call of these utterances."""
    screen = RedactionScreen(kinds)
    out = [one for utterance in utterances for one in screen.feed(utterance)]
    return [*out, *screen.finish()]


def said(texts: Sequence[str], language: Language = Language.EN, *, channel: int = 0) -> list[Utterance]:
    """Utterances one after the other, half a second apart."""
    utterances: list[Utterance] = []
    start_s = 0.0
    for text in texts:
        utterances.append(an_utterance(text, language, start_s=round(start_s, 3), channel=channel))
        start_s = utterances[-1].end_s + 0.5
    return utterances


def exchange(lines: list[str], language: Language) -> list[Utterance]:
    """Agent and customer in turn, the agent first."""
    turns: list[Utterance] = []
    start_s = 0.0
    for number, text in enumerate(lines):
        channel = 1 - number % 2
        speaker = Speaker.AGENT if channel else Speaker.CUSTOMER
        turns.append(an_utterance(text, language, start_s=round(start_s, 3), channel=channel, speaker=speaker))
        start_s = turns[-1].end_s + 0.5
    return turns


def shown(lines: list[str], language: Language) -> list[str]:
    """What is shown of such an exchange, in its order."""
    turns = exchange(lines, language)
    texts = {one.utterance.utterance_id: one.utterance.text for one in screen_all(turns)}
    return [texts[turn.utterance_id] for turn in turns]
