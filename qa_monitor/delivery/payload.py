"""What is said of a flag to another system. Pure."""

import json
from datetime import datetime
from urllib.parse import quote

from pydantic import JsonValue

from alerts.records import Evidence
from qa_monitor.delivery.records import FlagChange


def body(change: FlagChange, *, words: bool, link: str | None) -> bytes:
    """The JSON that is posted: the same bytes for the same change.

    Ids, rule, priority, times and a link. Only with `words` what was said, and by whom: that is personal data.
    """
    message = {"type": f"flag.{change.event}", "timestamp": _moment(change.at), "data": _data(change, words, link)}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def _data(change: FlagChange, words: bool, link: str | None) -> dict[str, JsonValue]:
    stored, flag = change.stored, change.stored.flag
    data: dict[str, JsonValue] = {
        "flag_id": flag.flag_id,
        "sequence": stored.sequence,
        "call_id": flag.call_id,
        "tenant": change.tenant,
        "team": stored.team,
        "agent_id": stored.agent_id,
        "language": None if stored.language is None else stored.language.value,
        "rule_id": flag.rule_id,
        "rule_version": flag.rule_version,
        "name": {"en": flag.name_en, "fr": flag.name_fr},
        "action": {"en": flag.action_en, "fr": flag.action_fr},
        "priority": flag.priority.label,
        "state": flag.state.value,
        "raised_at": _moment(flag.raised_at),
        "start_s": flag.start_s,
        "end_s": flag.end_s,
        "raised_s": flag.raised_s,
        "deadline_s": flag.deadline_s,
        "acknowledged_by": stored.acknowledged_by,
        "acknowledged_at": _moment(stored.acknowledged_at),
        "verdict": None if stored.verdict is None else stored.verdict.value,
        "link": None if link is None else f"{link}/calls/{quote(flag.call_id, safe='')}",
    }
    if words:
        data["evidence"] = _evidence(flag.evidence)
    return data


def _evidence(evidence: Evidence) -> dict[str, JsonValue]:
    return {
        "speaker": None if evidence.speaker is None else evidence.speaker.value,
        "text": evidence.text,
        "phrase": evidence.phrase,
        "explanation": {"en": evidence.explanation_en, "fr": evidence.explanation_fr},
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
