"""Spoken dialogues as they were heard, kept in a file of a line each: screened again without being heard again."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast

from streams.records import CallId, Language, Speaker, Utterance, UtteranceId, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Where a turn was spoken."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardUtterance:
    """What the engine made of a stretch of speech."""

    utterance: Utterance
    dropped: bool
    """Its text is not believed, and shown to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardDialogue:
    """What became of one dialogue."""

    key: str
    said: tuple[Said, ...]
    """Of each spoken turn."""
    utterances: tuple[HeardUtterance, ...]
    """In the order in which they end."""


class _Utterance(TypedDict):
    channel: int
    start_s: float
    end_s: float
    text: str
    language: str
    confidence: float
    trusted: bool
    dropped: bool
    words: list[tuple[str, float, float, float]]


class _Line(TypedDict):
    key: str
    said: list[tuple[float, float]]
    utterances: list[_Utterance]


class Kept:
    """The file. A line cut short by a crash is forgotten."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            file.write_text(whole, encoding="utf-8")
        self._found = {one.key: one for one in map(_read, whole.splitlines())}

    def get(self, key: str) -> HeardDialogue | None:
        """What was heard of a dialogue; none if it was not listened to yet."""
        return self._found.get(key)

    def add(self, heard: HeardDialogue) -> None:
        """Keep it."""
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(_line(heard), ensure_ascii=False) + "\n")
        self._found[heard.key] = heard


def _line(heard: HeardDialogue) -> _Line:
    return {
        "key": heard.key,
        "said": [(one.start_s, one.end_s) for one in heard.said],
        "utterances": [_written(one) for one in heard.utterances],
    }


def _written(one: HeardUtterance) -> _Utterance:
    utterance = one.utterance
    return {
        "channel": utterance.channel,
        "start_s": utterance.start_s,
        "end_s": utterance.end_s,
        "text": utterance.text,
        "language": utterance.language.value,
        "confidence": utterance.confidence,
        "trusted": utterance.trusted,
        "dropped": one.dropped,
        "words": [(word.text, word.start_s, word.end_s, word.probability) for word in utterance.words],
    }


def _read(text: str) -> HeardDialogue:
    line = cast(_Line, json.loads(text))
    return HeardDialogue(
        key=line["key"],
        said=tuple(Said(start_s=start_s, end_s=end_s) for start_s, end_s in line["said"]),
        utterances=tuple(_utterance(one) for one in line["utterances"]),
    )


def _utterance(read: _Utterance) -> HeardUtterance:
    channel, start_s = read["channel"], read["start_s"]
    utterance = Utterance(
        call_id=CallId("spoken"),
        utterance_id=UtteranceId(f"{channel}-{start_s:.3f}"),
        speaker=Speaker.AGENT if channel else Speaker.CUSTOMER,
        channel=channel,
        start_s=start_s,
        end_s=read["end_s"],
        text=read["text"],
        words=tuple(
            Word(text=word, start_s=begun_s, end_s=done_s, probability=chance)
            for word, begun_s, done_s, chance in read["words"]
        ),
        language=Language(read["language"]),
        confidence=read["confidence"],
        final=True,
        revision=1,
        trusted=read["trusted"],
    )
    return HeardUtterance(utterance=utterance, dropped=read["dropped"])
