"""What is kept of a call while it is only recorded: stretches of sound, and the events between them. Pure."""

import json
import struct
from dataclasses import dataclass

import numpy as np

from qa_monitor.call.pace.cells import cells_event, event_cells
from qa_monitor.call.pace.pace import Beginning, PaceError
from qa_monitor.call.recording.screened_audio import Block
from streams.consent import Consent, Notice
from streams.records import CallEvent, CallId

_BEGAN, _VOICE, _SOUND, _EVENT = b"b", b"v", b"s", b"e"
_HEAD = struct.Struct(">dB")
_CHANNEL = struct.Struct(">B")


class UnreadPart(Exception):
    """A part of what was recorded cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From here on the call was only recorded."""

    heard_until_s: tuple[float, ...]
    """Per channel, up to where all that was said is known already: it is not to be listened to again."""
    beginning: Beginning
    """Whom the call was with then, and what the customer had been told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualVoice:
    """What was usual for the customer's voice up to here, so that it is not met for the first time later."""

    channel: int
    baseline: bytes


Part = Stretch | UsualVoice | Block | CallEvent


def packed(part: Part) -> bytes | None:
    """As it is sealed; none for an event that is not kept: a key that was pressed may be card data."""
    match part:
        case Stretch():
            began = part.beginning
            cells = [began.agent_id, began.team, began.notice.value, began.consent.value, *part.heard_until_s]
            return _BEGAN + json.dumps(cells).encode()
        case UsualVoice():
            return _VOICE + _CHANNEL.pack(part.channel) + part.baseline
        case Block():
            samples = np.ascontiguousarray(part.samples, "<i2")
            return _SOUND + _HEAD.pack(part.start_s, samples.shape[1]) + samples.tobytes()
        case _:
            cells_of_event = event_cells(part)
            return None if cells_of_event is None else _EVENT + json.dumps(cells_of_event).encode()


def unpacked(data: bytes, call_id: CallId) -> Part:
    """What was packed. Raises `UnreadPart`."""
    kind, rest = data[:1], data[1:]
    try:
        match kind:
            case b"b":
                return _stretch(json.loads(rest))
            case b"v":
                (channel,) = _CHANNEL.unpack_from(rest)
                return UsualVoice(channel=channel, baseline=rest[_CHANNEL.size :])
            case b"s":
                start_s, channels = _HEAD.unpack_from(rest)
                samples = np.frombuffer(rest, "<i2", offset=_HEAD.size).astype(np.int16).reshape(-1, channels)
                return Block(start_s=start_s, samples=samples)
            case b"e":
                return cells_event(call_id, json.loads(rest))
    except (PaceError, ValueError, TypeError, struct.error) as error:
        raise UnreadPart(f"a part of a recorded call cannot be read: {error}") from error
    raise UnreadPart("a recorded call holds a part that this release does not know")


def _stretch(cells: list[str | float]) -> Stretch:
    agent_id, team, notice, consent, *seconds = cells
    beginning = Beginning(
        agent_id=str(agent_id), team=str(team), notice=Notice(str(notice)), consent=Consent(str(consent))
    )
    return Stretch(heard_until_s=tuple(float(second) for second in seconds), beginning=beginning)
