"""Transcript entities as the service sends them back, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from qa_monitor.simulator.audiohook.envelope import Violation, seconds_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What the service says was spoken on one channel."""

    entity_id: str
    channel: int
    start_s: float
    end_s: float
    text: str
    final: bool
    words: int


def transcripts_in(parameters: Mapping[str, object]) -> list[Transcript]:
    """The transcripts of one `event`, which has at least one entity. Raises Violation."""
    entities = parameters.get("entities")
    if not isinstance(entities, list) or not entities:
        raise Violation(400, "an event without entities")
    return [_transcript(entity["data"]) for entity in entities if _kind(entity) == "transcript"]


def _kind(entity: object) -> str:
    if isinstance(entity, dict) and isinstance(entity.get("type"), str) and isinstance(entity.get("data"), dict):
        return str(entity["type"])
    raise Violation(400, "an entity without type or data")


def _transcript(data: Mapping[str, object]) -> Transcript:
    channel, final, identity = data.get("channelId"), data.get("isFinal"), data.get("id")
    if channel not in (0, 1) or not isinstance(final, bool) or not _is_uuid(identity):
        raise Violation(400, "a transcript without a right channelId, isFinal or id")
    start_s, length_s = seconds_in(data.get("offset")), seconds_in(data.get("duration"))
    best = _first(data.get("alternatives"), "alternatives")
    _check_confidence(best)
    shown = _first(best.get("interpretations"), "interpretations")
    text = shown.get("transcript")
    if shown.get("type") != "display" or not isinstance(text, str):
        raise Violation(400, "an interpretation that is not a display text")
    return Transcript(
        entity_id=str(identity),
        channel=1 if channel else 0,
        start_s=start_s,
        end_s=start_s + length_s,
        text=text,
        final=final,
        words=_count_words(shown.get("tokens", [])),
    )


def _count_words(tokens: object) -> int:
    if not isinstance(tokens, list):
        raise Violation(400, "tokens that are not a list")
    offsets = [_check_token(token) for token in tokens]
    if len(set(offsets)) != len(offsets):
        raise Violation(400, "two tokens with one offset")
    return len(tokens)


def _check_token(token: object) -> float:
    if not isinstance(token, dict) or token.get("type") != "word" or not isinstance(token.get("value"), str):
        raise Violation(400, "a token that is not a word")
    _check_confidence(token)
    seconds_in(token.get("duration"))
    return seconds_in(token.get("offset"))


def _check_confidence(said: Mapping[str, object]) -> None:
    confidence = said.get("confidence")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise Violation(400, f"a confidence of {confidence!r}")


def _first(found: object, name: str) -> Mapping[str, object]:
    if not isinstance(found, list) or not found or not isinstance(found[0], dict):
        raise Violation(400, f"a transcript without {name}")
    return found[0]


def _is_uuid(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(str(UUID(text)))
    except ValueError:
        return False
