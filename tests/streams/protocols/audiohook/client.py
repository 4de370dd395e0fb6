"""A strict AudioHook client without I/O: says what it is told to, and punishes a server that breaks the protocol."""

import json
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

SESSION = "30b0e395-84d3-4570-ac13-9a62d8f514c0"
ORGANISATION = "d7934305-0972-4844-938e-9060eef73d05"
CONVERSATION = "6fa0e3d2-6c0d-4c5c-9a3b-6f6f2d1f7a10"
PARTICIPANT = "f1b2c3d4-0000-4000-8000-000000000001"
NOBODY = "00000000-0000-0000-0000-000000000000"
LARGEST_TEXT = 65_535
_SERVER_TYPES = {"opened", "pong", "pause", "resume", "updated", "closed", "event", "reconnect", "disconnect"}
_LANGUAGE = re.compile(r"[a-z]{2,3}-[A-Za-z]{2,3}")
_DURATION = re.compile(r"PT(?:\d*\.)?\d+S")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Message = dict[str, object]


class Punished(Exception):
    """The server broke the protocol: the code that a client would send in its `error`."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code


class Stage(StrEnum):
    """How far the client is."""

    NEW = "new"
    OPENING = "opening"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


def medium(*channels: str, encoding: str = "PCMU", rate: object = 8000) -> Message:
    """One entry of an offer."""
    return {"type": "audio", "format": encoding, "channels": list(channels), "rate": rate}


STEREO = medium("external", "internal")
OFFERS = [STEREO, medium("external"), medium("internal")]


class Client:
    """One session. Every text that `say` returns must be sent; everything the server sends must be given to `take`."""

    def __init__(self, session_id: str = SESSION) -> None:
        self.session_id = session_id
        self.stage = Stage.NEW
        self.seq = 0
        self.serverseq = 0
        self.position_s = 0.0
        self.taken: list[Message] = []
        self._offers: Sequence[object] = ()
        self._wants_languages = False
        self._ping: int | None = None
        self._close_seq = 0

    def say(self, type_: str, parameters: Mapping[str, object] | None = None, **changes: object) -> str:
        """The next message; `changes` replace fields of its envelope."""
        self.seq += 1
        message = {
            "version": "2",
            "id": self.session_id,
            "type": type_,
            "seq": self.seq,
            "serverseq": self.serverseq,
            "position": f"PT{self.position_s:g}S",
            "parameters": dict(parameters or {}),
        }
        if type_ == "ping":
            self._ping = self.seq
        if type_ == "close" and self.stage is not Stage.CLOSED:
            self.stage = Stage.CLOSING
            self._close_seq = self.seq
        return json.dumps(message | changes)

    def open(self, media: Sequence[object] | None = None, **changes: object) -> str:
        """An `open`; `changes` replace its parameters, None removes one."""
        parameters: dict[str, object] = {
            "organizationId": ORGANISATION,
            "conversationId": CONVERSATION,
            "participant": {"id": PARTICIPANT, "ani": "+33 1 99 00 12 34", "aniName": "", "dnis": "+33199005678"},
            "media": list(OFFERS if media is None else media),
        } | changes
        parameters = {name: value for name, value in parameters.items() if value is not None}
        if self.stage is Stage.NEW:
            self.stage = Stage.OPENING
            media_said = parameters.get("media")
            self._offers = media_said if isinstance(media_said, list) else ()
            self._wants_languages = parameters.get("supportedLanguages") is True
        return self.say("open", parameters)

    def close(self, reason: str = "end") -> str:
        """A `close`."""
        return self.say("close", {"reason": reason})

    def take(self, message: str | bytes) -> Message:
        """Check one message of the server. Raises Punished."""
        if isinstance(message, bytes):
            raise Punished(415, "binary")
        _hold(len(message.encode()) <= LARGEST_TEXT, 413, "too large")
        try:
            read: Message = json.loads(message)
        except ValueError:
            raise Punished(400, "no JSON") from None
        self._envelope(read)
        self.taken.append(read)
        parameters = read["parameters"]
        assert isinstance(parameters, dict)
        self._judge(str(read["type"]), parameters, read)
        return read

    def last(self, type_: str) -> Message:
        """The parameters of the last message of this type."""
        parameters = [each["parameters"] for each in self.taken if each["type"] == type_][-1]
        assert isinstance(parameters, dict)
        return parameters

    def types(self) -> list[str]:
        """What the server has said so far."""
        return [str(each["type"]) for each in self.taken]

    def _envelope(self, read: Message) -> None:
        _hold(set(read) == {"version", "id", "type", "seq", "clientseq", "parameters"}, 400, f"fields {sorted(read)}")
        _hold(read["version"] == "2" and read["id"] == self.session_id, 400, "version or id")
        _hold(read["type"] in _SERVER_TYPES and isinstance(read["parameters"], dict), 400, "type or parameters")
        _hold(read["seq"] == self.serverseq + 1, 400, f"seq {read['seq']} after {self.serverseq}")
        self.serverseq += 1
        clientseq = read["clientseq"]
        _hold(type(clientseq) is int and 0 <= clientseq <= self.seq, 400, f"clientseq {clientseq} of {self.seq}")
        _hold(self.stage is not Stage.CLOSED, 409, "a message after closed")

    def _judge(self, type_: str, parameters: Message, read: Message) -> None:
        judges = {
            "opened": self._opened,
            "event": self._event,
            "disconnect": self._disconnected,
        }
        if type_ in judges:
            judges[type_](parameters)
        elif type_ == "pong":
            _hold(self._ping is not None, 409, "pong without ping")
            _hold(read["clientseq"] == self._ping, 400, "pong for another ping")
            self._ping = None
        elif type_ == "closed":
            _hold(self.stage is Stage.CLOSING, 409, "closed without close")
            _hold(read["clientseq"] >= self._close_seq, 400, "closed for another message")  # type: ignore[operator]
            self.stage = Stage.CLOSED
        else:
            _hold(self.stage in (Stage.OPEN, Stage.CLOSING), 409, f"{type_} while {self.stage}")
        if type_ in ("pong", "pause", "resume", "updated", "closed"):
            _hold(parameters == {}, 400, f"{type_} takes no parameters")

    def _opened(self, parameters: Message) -> None:
        _hold(self.stage is Stage.OPENING, 409, f"opened while {self.stage}")
        media = parameters.get("media")
        assert isinstance(media, list)
        _hold(len(media) <= 1 and all(each in self._offers for each in media), 400, "media")
        languages = parameters.get("supportedLanguages")
        _hold((languages is not None) is self._wants_languages, 400, "supportedLanguages")
        if isinstance(languages, list):
            _hold(all(_LANGUAGE.fullmatch(each) for each in languages), 400, "languages")
        self.stage = Stage.OPEN

    def _disconnected(self, parameters: Message) -> None:
        _hold(parameters["reason"] in ("completed", "unauthorized", "error"), 400, "reason")
        _hold(isinstance(parameters.get("info", ""), str), 400, "info")
        _hold(self.stage in (Stage.NEW, Stage.OPENING, Stage.OPEN), 409, f"disconnect while {self.stage}")

    def _event(self, parameters: Message) -> None:
        _hold(self.stage in (Stage.OPEN, Stage.CLOSING), 409, f"event while {self.stage}")
        entities = parameters["entities"]
        _hold(isinstance(entities, list) and len(entities) == 1, 400, "one entity per event")
        assert isinstance(entities, list)
        _hold(entities[0]["type"] == "transcript", 400, "type of entity")
        _transcript(entities[0]["data"])


def _transcript(data: Mapping[str, object]) -> None:
    _hold(_UUID.fullmatch(str(data["id"])) is not None and data["channelId"] in (0, 1), 400, "id or channelId")
    _hold(isinstance(data["isFinal"], bool), 400, "isFinal")
    alternatives = data["alternatives"]
    assert isinstance(alternatives, list)
    _hold(len(alternatives) >= 1 and len(alternatives[0]["interpretations"]) >= 1, 400, "alternatives")
    tokens = alternatives[0]["interpretations"][0]["tokens"]
    for each in (data, *tokens):
        _hold(all(_DURATION.fullmatch(each[name]) for name in ("offset", "duration")), 400, "durations")
    for each in (alternatives[0], *tokens):
        _hold(0 <= each["confidence"] <= 1, 400, "confidence")
    _hold(all(token["type"] == "word" and token["value"] for token in tokens), 400, "tokens")
    _hold(len({token["offset"] for token in tokens}) == len(tokens), 400, "unique offsets")


def _hold(right: bool, code: int, why: str) -> None:
    if not right:
        raise Punished(code, why)
