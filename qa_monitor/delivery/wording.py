"""What people away from the console are told: a subject and a few lines of plain text. Pure."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from alerts.records import Priority, RedFlag
from qa_monitor.delivery.notice_wording import notice_lines
from qa_monitor.delivery.notices import Notice
from qa_monitor.delivery.records import DeliveryEvent, FlagChange, News
from streams.records import Language, Speaker

LONGEST_LINE = 500
"""Signs of one line: what telephony or a rule says has no bound of its own."""

_EVENTS: Mapping[Language, Mapping[DeliveryEvent, str]] = MappingProxyType(
    {
        Language.EN: {
            DeliveryEvent.RAISED: "raised, not sure yet",
            DeliveryEvent.CONFIRMED: "confirmed",
            DeliveryEvent.WITHDRAWN: "withdrawn",
            DeliveryEvent.ACKNOWLEDGED: "taken on",
            DeliveryEvent.RESOLVED: "settled",
            DeliveryEvent.EXPIRED: "left by everybody",
            DeliveryEvent.REOPENED: "open again",
        },
        Language.FR: {
            DeliveryEvent.RAISED: "levée, pas encore sûre",
            DeliveryEvent.CONFIRMED: "confirmée",
            DeliveryEvent.WITHDRAWN: "retirée",
            DeliveryEvent.ACKNOWLEDGED: "prise en charge",
            DeliveryEvent.RESOLVED: "réglée",
            DeliveryEvent.EXPIRED: "laissée par tous",
            DeliveryEvent.REOPENED: "de nouveau ouverte",
        },
    }
)
_PRIORITIES: Mapping[Language, Mapping[Priority, str]] = MappingProxyType(
    {
        Language.EN: {Priority.LOW: "Low", Priority.MEDIUM: "Medium", Priority.HIGH: "High"},
        Language.FR: {Priority.LOW: "Basse", Priority.MEDIUM: "Moyenne", Priority.HIGH: "Haute"},
    }
)
_SPEAKERS: Mapping[Language, Mapping[Speaker, str]] = MappingProxyType(
    {
        Language.EN: {Speaker.CUSTOMER: "Customer", Speaker.AGENT: "Agent"},
        Language.FR: {Speaker.CUSTOMER: "Client", Speaker.AGENT: "Agent"},
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent to people."""

    subject: str
    text: str


def message(news: News, language: Language, *, words: bool, link: str | None) -> Message:
    """In one language; what was said only with `words`."""
    if isinstance(news, Notice):
        subject, lines = notice_lines(news, language, words=words)
        told = [] if news.call_id is None else _links(link, news.call_id)
    else:
        subject, lines = _flag_lines(news, language, words=words)
        told = _links(link, news.stored.flag.call_id)
    return Message(subject=plain(subject), text="\n".join(plain(line) for line in (*lines, *told)))


def _links(link: str | None, call_id: str) -> list[str]:
    return [] if link is None else [f"{link}/calls/{quote(call_id, safe='')}"]


def _flag_lines(change: FlagChange, language: Language, *, words: bool) -> tuple[str, list[str]]:
    """A flag: priority, rule, state, agent, what to do."""
    french, flag = language is Language.FR, change.stored.flag
    name, action = (flag.name_fr, flag.action_fr) if french else (flag.name_en, flag.action_en)
    priority, event = _PRIORITIES[language][flag.priority], _EVENTS[language][change.event]
    unknown = "agent inconnu" if french else "agent unknown"
    who = " · ".join(part for part in (change.stored.agent_id or unknown, change.stored.team) if part)
    at = f"{int(flag.start_s) // 60}:{int(flag.start_s) % 60:02d}"
    lines = [
        who,
        f"à {at} de l'appel" if french else f"{at} into the call",
        f"À faire : {action}" if french else f"What to do: {action}",
        *(_said(flag, language) if words else ()),
    ]
    return f"{priority}{' : ' if french else ': '}{name} ({event})", lines


def plain(text: str) -> str:
    """One line without marks that a mail, Slack or Teams would take for more than text: no link, no call to anybody."""
    shown = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in text)
    return shown.translate(_MARKS)[:LONGEST_LINE].strip()


_MARKS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "*": "∗", "`": "'", "@": "＠"})


def _said(flag: RedFlag, language: Language) -> tuple[str, ...]:
    evidence = flag.evidence
    if not evidence.text:
        return ()
    speaker = "" if evidence.speaker is None else _SPEAKERS[language].get(evidence.speaker, "")
    quoted = f"« {evidence.text} »" if language is Language.FR else f"“{evidence.text}”"
    return (f"{speaker}: {quoted}" if speaker else quoted,)
