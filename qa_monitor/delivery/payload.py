"""What is said of a flag, a score or a surge to another system. Pure."""

import json
from datetime import datetime
from urllib.parse import quote

from pydantic import JsonValue

from alerts.records import Evidence
from qa_monitor.delivery.notices import Notice, ScoredCall, SurgeNews
from qa_monitor.delivery.records import FlagChange, News


def body(news: News, *, words: bool, link: str | None) -> bytes:
    """The JSON that is posted: the same bytes for the same news.

    Ids, rule, priority, times and a link. Only with `words` what was said, and by whom: that is personal data.
    """
    if isinstance(news, Notice):
        kind, data = news.event.value, _notice(news, words, link)
    else:
        kind, data = f"flag.{news.event}", _data(news, words, link)
    message = {"type": kind, "timestamp": _moment(news.at), "data": data}
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
        "link": _link(link, flag.call_id),
    }
    if words:
        data["evidence"] = _evidence(flag.evidence)
    return data


def _notice(notice: Notice, words: bool, link: str | None) -> dict[str, JsonValue]:
    if notice.scored is not None:
        of: dict[str, JsonValue] = {"tenant": notice.tenant, "team": notice.team}
        return of | _scored(notice.scored) | {"link": _link(link, notice.scored.call_id)}
    assert notice.surge is not None
    return {"tenant": notice.tenant} | _surge(notice.surge, words)


def _scored(scored: ScoredCall) -> dict[str, JsonValue]:
    return {
        "call_id": scored.call_id,
        "agent_id": scored.agent_id,
        "language": None if scored.language is None else scored.language.value,
        "score_id": scored.score_id,
        "scorecard_id": scored.scorecard_id,
        "scorecard_version": scored.version,
        "total": scored.total,
        "failed": scored.failed,
        "state": scored.state.value,
        "answers": [
            {"question_id": one.question_id, "value": one.value.value, "points": one.points, "possible": one.possible}
            for one in scored.answers
        ],
    }


def _surge(surge: SurgeNews, words: bool) -> dict[str, JsonValue]:
    data: dict[str, JsonValue] = {
        "surge_id": surge.surge_id,
        "reasons": list(surge.reasons),
        "began_at": _moment(surge.began_at),
        "found_at": _moment(surge.found_at),
        "ended_at": _moment(surge.ended_at),
        "calls": surge.calls,
        "expected": surge.expected,
    }
    return data | {"terms": list(surge.terms)} if words else data


def _link(link: str | None, call_id: str) -> str | None:
    return None if link is None else f"{link}/calls/{quote(call_id, safe='')}"


def _evidence(evidence: Evidence) -> dict[str, JsonValue]:
    return {
        "speaker": None if evidence.speaker is None else evidence.speaker.value,
        "text": evidence.text,
        "phrase": evidence.phrase,
        "explanation": {"en": evidence.explanation_en, "fr": evidence.explanation_fr},
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
