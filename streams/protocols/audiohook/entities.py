"""What was said, as AudioHook tells it back: one transcript entity per event."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from streams.protocols.audiohook.envelope import write_duration
from streams.records import Speaker, Utterance, UtteranceId, Word

EXTERNAL = 0
INTERNAL = 1
PAUSE_S = 0.15
"""Between two sentences: shorter, they are told as one."""
_ENDS = (".", "?", "!", "…")
_STEP_S = 0.001
"""Two words of one utterance never have the same offset."""


def sentences(utterance: Utterance) -> tuple[Utterance, ...]:
    """What is told on its own of an utterance: sentences with a pause between them. Each has a name of its own."""
    parts: list[list[Word]] = []
    for word in utterance.words:
        last = parts[-1][-1] if parts else None
        if last is None or (last.text.rstrip().endswith(_ENDS) and word.start_s - last.end_s >= PAUSE_S):
            parts.append([])
        parts[-1].append(word)
    if len(parts) < 2:
        return (utterance,)
    return tuple(
        replace(
            utterance,
            utterance_id=utterance.utterance_id if not number else UtteranceId(f"{utterance.utterance_id}/{number}"),
            start_s=words[0].start_s,
            end_s=max(words[0].start_s, words[-1].end_s),
            text=" ".join(word.text.strip() for word in words),
            words=tuple(words),
        )
        for number, words in enumerate(parts)
    )


def transcript(utterance: Utterance, session_id: str, languages: Sequence[str] = ()) -> dict[str, object]:
    """The parameters of an `event`. Times are of the session's audio clock; a partial has the id of its final."""
    interpretation = {
        "type": "display",
        "transcript": utterance.text,
        "tokens": _tokens(utterance.words),
    }
    alternative: dict[str, object] = {"confidence": _share(utterance.confidence), "interpretations": [interpretation]}
    if languages:
        alternative["languages"] = list(languages)
    # an utterance begins a little before its first word; what is told is where the words are
    start_s = utterance.words[0].start_s if utterance.words else utterance.start_s
    end_s = max(start_s, utterance.words[-1].end_s) if utterance.words else utterance.end_s
    data = {
        "id": str(uuid5(NAMESPACE_URL, f"audiohook:{session_id}/{utterance.utterance_id}")),
        "channelId": INTERNAL if utterance.speaker is Speaker.AGENT else EXTERNAL,
        "isFinal": utterance.final,
        "offset": write_duration(start_s),
        "duration": write_duration(end_s - start_s),
        "alternatives": [alternative],
    }
    return {"entities": [{"type": "transcript", "data": data}]}


def _tokens(words: Sequence[Word]) -> list[dict[str, object]]:
    tokens: list[dict[str, object]] = []
    earliest_s = 0.0
    for word in words:
        start_s = max(round(word.start_s, 3), earliest_s)
        earliest_s = start_s + _STEP_S
        tokens.append(
            {
                "type": "word",
                "value": word.text,
                "confidence": _share(word.probability),
                "offset": write_duration(start_s),
                "duration": write_duration(word.end_s - start_s),
            }
        )
    return tokens


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 3)
