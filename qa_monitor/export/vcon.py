"""A call as a vCon, by draft-ietf-vcon-vcon-core, form 0.4.0, unsigned. Pure.

The recording is named by its address in this service, with its sum; texts and scores are analyses of it.
"""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.schemas.calls import CallDetailJson
from qa_monitor.wire.calls import detail_json
from streams.records import Speaker

FORM = "0.4.0"
VENDOR = "qa-monitor"
JSON_TYPE = "application/json"
Cells = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Where the recording of a call is served, and its sum."""

    url: str
    sha512: bytes


def vcon(record: CallRecord, sound: Sound | None, now: datetime) -> Cells:
    """The whole call. `sound`: none where no recording is kept; then its dialog tells its time and parties alone."""
    call = record.call.call
    found = detail_json(record, now)
    return {
        "vcon": FORM,
        "uuid": str(_uuid(call.tenant, call.call_id, call.started_at)),
        "created_at": _at(now),
        "subject": f"Call {call.call_id}",
        "parties": _parties(record),
        "dialog": [_dialog(record, sound)],
        "analysis": _analyses(found),
        "attachments": _attachments(record, found),
    }


def _uuid(tenant: str, call_id: str, started_at: datetime) -> UUID:
    """Version 8, from the milliseconds of the call's start and its name: the same call has the same one."""
    milliseconds = int(started_at.timestamp() * 1000) & (1 << 48) - 1
    named = int.from_bytes(hashlib.sha256(f"{tenant}\0{call_id}".encode()).digest()[:10], "big")
    value = milliseconds << 80 | 8 << 76 | (named >> 62 & 0xFFF) << 64 | 0b10 << 62 | named & (1 << 62) - 1
    return UUID(int=value)


def _parties(record: CallRecord) -> list[Cells]:
    """One per channel, in order; then every other agent the call was with."""
    call = record.call.call
    first = record.call.agent_at(0.0).agent_id
    parties: list[Cells] = [
        {"role": speaker.value, **({"name": first} if speaker is Speaker.AGENT and first else {})}
        for speaker in call.channels
    ]
    for agent in record.call.agents[1:]:
        parties.append({"role": Speaker.AGENT.value, "name": agent.agent_id})
    return parties


def _dialog(record: CallRecord, sound: Sound | None) -> Cells:
    call = record.call.call
    cells: Cells = {
        "type": "recording",
        "start": _at(call.started_at),
        "duration": record.call.duration_s or 0.0,
        "parties": list(range(len(call.channels))),
    }
    if sound is not None:
        cells["mediatype"] = "audio/wav"
        cells["url"] = sound.url
        cells["content_hash"] = f"sha512-{base64url(sound.sha512)}"
    return cells


def _analyses(found: CallDetailJson) -> list[Cells]:
    said = found.model_dump(mode="json")
    bodies = {
        "transcript": said["utterances"],
        "flags": said["flags"],
        "dynamics": said["dynamics"],
        "course": said["call"]["course"],
    }
    return [
        {
            "type": kind,
            "dialog": 0,
            "mediatype": JSON_TYPE,
            "vendor": VENDOR,
            "product": VENDOR,
            "schema": f"{VENDOR}/{kind}/1",
            "encoding": "json",
            "body": _text(body),
        }
        for kind, body in bodies.items()
        if body is not None
    ]


def _attachments(record: CallRecord, found: CallDetailJson) -> list[Cells]:
    """What was agreed with the customer, and what the call came with."""
    bodies: Mapping[str, Sequence[object]] = {
        "consent": [one.model_dump(mode="json") for one in found.consents],
        "gaps": [one.model_dump(mode="json") for one in found.gaps],
    }
    return [
        {
            "purpose": purpose,
            "start": _at(record.call.call.started_at),
            "party": 0,
            "dialog": 0,
            "mediatype": JSON_TYPE,
            "encoding": "json",
            "body": _text(body),
        }
        for purpose, body in bodies.items()
        if body
    ]


def base64url(value: bytes) -> str:
    """Without padding, as the draft writes sums."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _at(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds")
