"""What the service wants said to a client: wishes, and what was heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from streams.protocols.audiohook.entities import sentences, transcript
from streams.protocols.audiohook.envelope import LARGEST_TEXT, Numbering
from streams.protocols.audiohook.opening import language_of
from streams.protocols.port import Downlink
from streams.records import Utterance


@dataclass(slots=True, kw_only=True)
class Asking:
    """Turns the downlink of one session into messages. Read at every tick; the state of what was said already."""

    downlink: Downlink
    session_id: str
    transcripts: bool
    """Whether utterances are told at all."""
    partials: bool
    """Whether they are told before they are finished."""
    hushed_until: datetime
    """The client wants nothing optional before."""
    paused: bool = False
    """What the client was last asked."""
    reconnect: bool = False

    def hush(self, now: datetime, wait_s: float) -> None:
        """The client has had too many messages."""
        self.hushed_until = now + timedelta(seconds=wait_s)

    def wishes(self, numbers: Numbering) -> Sequence[str]:
        """`pause`, `resume` and `reconnect`, where the wish is new."""
        said: list[str] = []
        if self.downlink.paused != self.paused:
            self.paused = self.downlink.paused
            said.append(numbers.write("pause" if self.paused else "resume"))
        if self.downlink.reconnect and not self.reconnect:
            self.reconnect = True
            said.append(numbers.write("reconnect"))
        return said

    def events(self, numbers: Numbering, tag: str | None, now: datetime) -> Sequence[str]:
        """One `event` per utterance, oldest first. `tag` is the client's own name for the language."""
        said: list[str] = []
        while self.transcripts and now >= self.hushed_until and self.downlink.utterances:
            utterance = self.downlink.utterances.popleft()
            if self._worth_telling(utterance):
                languages = (tag,) if tag is not None and language_of(tag) is utterance.language else ()
                for sentence in sentences(utterance):
                    said.append(numbers.write("event", transcript(sentence, self.session_id, languages)))
        return said

    def _worth_telling(self, utterance: Utterance) -> bool:
        """Not one whose event no client would take. A text that we are unsure of is told with its low confidence."""
        told = bool(utterance.text) and (utterance.final or self.partials)
        return told and _size(utterance) <= LARGEST_TEXT


def _size(utterance: Utterance) -> int:
    """At least the length of its event: each character may take six, each word a frame of its own."""
    words = sum(len(word.text) for word in utterance.words)
    return 1000 + 6 * (len(utterance.text) + words) + 150 * len(utterance.words)
