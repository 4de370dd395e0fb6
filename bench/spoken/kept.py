"""What was heard, kept in a file of one line per clip, so that it can be matched again without recognising again."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock
from typing import NotRequired, TypedDict, cast

from bench.spoken.hearing import CALL
from streams.records import Language, Sought, Speaker, Utterance, UtteranceId, Word


class _Line(TypedDict):
    key: str
    duration_s: float
    start_s: float
    end_s: float
    utterances: list["_Utterance"]


class _Utterance(TypedDict):
    start_s: float
    end_s: float
    text: str
    language: str
    confidence: float
    trusted: bool
    words: list[tuple[str, float, float, float]]
    sought: NotRequired[list["_Sought"]]


class _Sought(TypedDict):
    text: str
    heard: str
    first: int
    likeness: float
    brevity: float
    by_audio: float
    by_habit: float
    guessed: NotRequired[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What became of one clip."""

    key: str
    duration_s: float
    start_s: float
    """Where the phrase lies; nothing where there is none."""
    end_s: float
    utterances: tuple[Utterance, ...]

    @property
    def text(self) -> str:
        """All that was recognised."""
        return " ".join(utterance.text for utterance in self.utterances)


class Kept:
    """The file. Safe to share between threads of one process; a line cut short by a crash is forgotten."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, Lock()
        file.parent.mkdir(parents=True, exist_ok=True)
        self._found = {heard.key: heard for heard in _read(file)}

    def get(self, key: str) -> Heard | None:
        """What was heard of a clip; none if it was not listened to yet."""
        return self._found.get(key)

    def add(self, heard: Heard) -> None:
        """Keep it."""
        line = json.dumps(_line(heard), ensure_ascii=False)
        with self._lock, self._file.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            self._found[heard.key] = heard


def _read(file: Path) -> list[Heard]:
    if not file.is_file():
        return []
    text = file.read_text(encoding="utf-8")
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        file.write_text(whole, encoding="utf-8")
    return [_heard(cast(_Line, json.loads(line))) for line in whole.splitlines()]


def _line(heard: Heard) -> _Line:
    return {
        "key": heard.key,
        "duration_s": round(heard.duration_s, 3),
        "start_s": round(heard.start_s, 3),
        "end_s": round(heard.end_s, 3),
        "utterances": [_written(utterance) for utterance in heard.utterances],
    }


def _written(utterance: Utterance) -> _Utterance:
    return {
        "start_s": utterance.start_s,
        "end_s": utterance.end_s,
        "text": utterance.text,
        "language": utterance.language.value,
        "confidence": round(utterance.confidence, 4),
        "trusted": utterance.trusted,
        "words": [(word.text, word.start_s, word.end_s, round(word.probability, 4)) for word in utterance.words],
        "sought": [cast(_Sought, asdict(one)) for one in utterance.sought],
    }


def _heard(line: _Line) -> Heard:
    return Heard(
        key=line["key"],
        duration_s=line["duration_s"],
        start_s=line["start_s"],
        end_s=line["end_s"],
        utterances=tuple(_utterance(one) for one in line["utterances"]),
    )


def _utterance(read: _Utterance) -> Utterance:
    words = [
        Word(text=text, start_s=start, end_s=end, probability=chance) for text, start, end, chance in read["words"]
    ]
    surely = an_utterance(words, Language(read["language"]), (read["start_s"], read["end_s"]))
    return replace(
        surely,
        text=read["text"],
        confidence=read["confidence"],
        trusted=read["trusted"],
        sought=tuple(Sought(**one) for one in read.get("sought", [])),
    )


def an_utterance(words: Sequence[Word], language: Language, span_s: tuple[float, float]) -> Utterance:
    """A customer's final, surely heard."""
    return Utterance(
        call_id=CALL,
        utterance_id=UtteranceId(f"0-{round(span_s[0] * 1000):08d}"),
        speaker=Speaker.CUSTOMER,
        channel=0,
        start_s=span_s[0],
        end_s=span_s[1],
        text=" ".join(word.text for word in words),
        words=tuple(words),
        language=language,
        confidence=1.0,
        final=True,
        revision=1,
    )
