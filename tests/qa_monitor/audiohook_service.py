"""A scripted AudioHook service, written out by hand, that can be told to misbehave."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from qa_monitor.simulator.audiohook.client import AudioHookClient
from qa_monitor.simulator.audiohook.opening import Offer, Opening, media_for
from streams.samples.codec import Encoding

SESSION = "30b0e395-84d3-4570-ac13-9a62d8f514c0"
ENTITY = "e160e428-53e2-487c-977d-96989bf5c99d"


def an_opening(*, offer: Offer = Offer.STEREO, asks_languages: bool = False) -> Opening:
    """A call of two people."""
    return Opening(
        session_id=SESSION,
        organization_id="d7934305-0972-4844-938e-9060eef73d05",
        conversation_id="090eaa2f-72fa-480a-83e0-8667ff89c0ec",
        participant_id="883efee8-3d6c-4537-b500-6d7ca4b92fa0",
        media=media_for(offer, Encoding.MULAW),
        asks_languages=asks_languages,
    )


@dataclass(slots=True)
class Talk:
    """One client, and what is said to it. The clock only moves when told."""

    client: AudioHookClient = field(default_factory=lambda: AudioHookClient(an_opening(), 0.0))
    now_s: float = 0.0
    seq: int = 0
    heard: list[dict[str, object]] = field(default_factory=list)
    sound: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listen()

    @property
    def last(self) -> int:
        """The number of the client's last message."""
        number = self.heard[-1]["seq"] if self.heard else 0
        assert isinstance(number, int)
        return number

    @property
    def kinds(self) -> list[object]:
        """What the client said, by type."""
        return [message["type"] for message in self.heard]

    def say(self, kind: str, parameters: Mapping[str, object] | None = None, **changed: object) -> "Talk":
        """The next message of the service, with fields changed to misbehave."""
        self.seq += 1
        envelope = {
            "version": "2",
            "id": SESSION,
            "type": kind,
            "seq": self.seq,
            "clientseq": self.last,
            "parameters": parameters or {},
        }
        return self.raw(json.dumps(envelope | changed))

    def opened(self, **more: object) -> "Talk":
        """The first offered medium is chosen."""
        medium = an_opening().media[0].as_json()
        return self.say("opened", {"media": [medium], **more})

    def raw(self, message: str | bytes) -> "Talk":
        """Any message at all."""
        self.client.receive(message, self.now_s)
        return self._listen()

    def wait(self, seconds: float) -> "Talk":
        """Time passes, a tick whenever the client wants one."""
        until_s = self.now_s + seconds
        while self.client.due_s <= until_s and self.now_s < until_s:
            self.now_s = max(self.now_s, self.client.due_s)
            before_s = self.client.due_s
            self.client.tick(self.now_s)
            self._listen()
            if self.client.due_s == before_s:
                break  # the session is over
        self.now_s = until_s
        return self

    def _listen(self) -> "Talk":
        for message in self.client.owed():
            if isinstance(message, bytes):
                self.sound.append(message)
            else:
                self.heard.append(json.loads(message))
        return self

    def pause(self) -> "Talk":
        """The source pauses by itself."""
        self.client.pause()
        return self._listen()

    def resume(self) -> "Talk":
        """The source goes on."""
        self.client.resume()
        return self._listen()

    def speak(self, frames: int = 1) -> "Talk":
        """So many frames of 200 ms."""
        for _ in range(frames):
            self.client.speak(bytes(3200), 0.2)
        return self._listen()

    def finish(self) -> "Talk":
        """The call is over."""
        self.client.finish(self.now_s)
        return self._listen()


def a_transcript(**changed: object) -> dict[str, object]:
    """One entity of two words on the first channel."""
    tokens = [
        {"type": "word", "value": word, "confidence": 0.9, "offset": f"PT{at}S", "duration": "PT0.4S"}
        for word, at in (("good", 1.0), ("morning", 1.5))
    ]
    shown = {"type": "display", "transcript": "Good morning.", "tokens": tokens}
    data: dict[str, object] = {
        "id": ENTITY,
        "channelId": 0,
        "isFinal": True,
        "offset": "PT1S",
        "duration": "PT0.9S",
        "alternatives": [{"confidence": 0.9, "interpretations": [shown]}],
    }
    return {"type": "transcript", "data": data | changed}
