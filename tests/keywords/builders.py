"""Utterances and matchers for the tests of this folder."""

from collections.abc import Sequence

from keywords.matcher import Matcher, WordRule
from keywords.phrases.phrase import PhraseSet
from streams.records import CallId, Language, Speaker, Utterance, UtteranceId, Word

SECONDS_A_WORD = 0.4


def an_utterance(
    text: str,
    language: Language = Language.EN,
    *,
    start_s: float = 0.0,
    channel: int = 0,
    speaker: Speaker = Speaker.CUSTOMER,
    final: bool = True,
) -> Utterance:
    """An utterance whose words are those of the text, evenly spaced and surely heard."""
    words = tuple(
        Word(
            text=piece,
            start_s=round(start_s + number * SECONDS_A_WORD, 3),
            end_s=round(start_s + (number + 1) * SECONDS_A_WORD, 3),
            probability=1.0,
        )
        for number, piece in enumerate(text.split())
    )
    return Utterance(
        call_id=CallId("call-1"),
        utterance_id=UtteranceId(f"{channel}-{start_s:.3f}"),
        speaker=speaker,
        channel=channel,
        start_s=start_s,
        end_s=words[-1].end_s if words else start_s,
        text=text,
        words=words,
        language=language,
        confidence=0.9,
        final=final,
        revision=3 if final else 1,
    )


def a_rule(phrases: Sequence[str], language: Language = Language.EN, *, speaker: Speaker | None = None) -> WordRule:
    """A rule with phrases in one language."""
    return WordRule(
        rule_id="rule", rule_version="1", speaker=speaker, phrases=PhraseSet.compile({language: tuple(phrases)})
    )


def a_matcher(phrases: Sequence[str], language: Language = Language.EN) -> Matcher:
    """A matcher with one rule, for anyone's words."""
    return Matcher([a_rule(phrases, language)])


def found(matcher: Matcher, text: str, language: Language = Language.EN) -> list[str]:
    """The phrases found in a sentence."""
    return [hit.phrase for hit in matcher.hits(an_utterance(text, language))]
