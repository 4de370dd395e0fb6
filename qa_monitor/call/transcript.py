"""What was said so far in one live call, kept small: a call of an hour has a thousand utterances, each word timed."""

import zlib
from collections.abc import Iterator

from qa_monitor.schemas.utterances import UtteranceJson
from streams.records import UtteranceId

LEVEL = 1
"""Of compression: the cheapest there is makes a third of an utterance, and objects of one take ten times as much."""


class Transcript:
    """In order of arrival. Not safe to share between threads."""

    def __init__(self) -> None:
        self._said: dict[UtteranceId, UtteranceJson | bytes] = {}

    def say(self, utterance_id: UtteranceId, told: UtteranceJson) -> None:
        """The newest of an utterance; a final without words takes it back."""
        if told.text or not told.final:
            self._said[utterance_id] = _packed(told) if told.final else told
        else:
            self._said.pop(utterance_id, None)

    def __iter__(self) -> Iterator[UtteranceJson]:
        return (_unpacked(said) for said in self._said.values())

    def forget_emotions(self) -> list[UtteranceJson]:
        """Take every score back; gives the utterances that had one, as they are now."""
        changed = []
        for utterance_id, said in self._said.items():
            told = _unpacked(said)
            if told.emotion is not None:
                told = told.model_copy(update={"emotion": None})
                self._said[utterance_id] = _packed(told) if told.final else told
                changed.append(told)
        return changed


def _packed(told: UtteranceJson) -> bytes:
    return zlib.compress(told.model_dump_json().encode(), LEVEL)


def _unpacked(said: UtteranceJson | bytes) -> UtteranceJson:
    return UtteranceJson.model_validate_json(zlib.decompress(said)) if isinstance(said, bytes) else said
