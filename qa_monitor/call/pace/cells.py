"""How a pace is kept: lines of JSON, packed; a few kilobytes for ten minutes. Here, the events that are no sound."""

from qa_monitor.call.pace.pace import PaceError
from streams.consent import Consent, ConsentSource, Notice
from streams.records import (
    AgentChanged,
    CallEnded,
    CallEvent,
    CallId,
    ConsentChanged,
    EndReason,
    Gap,
    GapReason,
    Language,
    LanguageChanged,
    Paused,
    Resumed,
)

FORM = 1
"""Number of the form of what is kept: another one is not read."""
Cell = str | int | float | bool | None
Cells = list[Cell]


def event_cells(event: CallEvent) -> Cells | None:
    """An event that is no sound; none for what is not kept: a key that was pressed may be card data."""
    match event:
        case Gap():
            return ["gap", event.channel, float(event.start_s), float(event.duration_s), event.reason.value]
        case Paused():
            return ["paused", float(event.at_s)]
        case Resumed():
            return ["resumed", float(event.at_s)]
        case LanguageChanged():
            return ["language", float(event.at_s), event.language.value]
        case AgentChanged():
            return ["agent", float(event.at_s), event.agent_id, event.team]
        case ConsentChanged():
            return [
                "consent",
                None if event.at_s is None else float(event.at_s),
                event.notice.value,
                event.consent.value,
                event.source.value,
            ]
        case CallEnded():
            return ["ended", float(event.end_s), event.reason.value]
        case _:
            return None


def cells_event(call_id: CallId, cells: Cells) -> CallEvent:
    """The event that these cells were made from; who exactly told of a consent is not kept here."""
    match cells:
        case ["gap", int(channel), float(start_s), float(duration_s), str(reason)]:
            return Gap(
                call_id=call_id, channel=channel, start_s=start_s, duration_s=duration_s, reason=GapReason(reason)
            )
        case ["paused", float(at_s)]:
            return Paused(call_id=call_id, at_s=at_s)
        case ["resumed", float(at_s)]:
            return Resumed(call_id=call_id, at_s=at_s)
        case ["language", float(at_s), str(language)]:
            return LanguageChanged(call_id=call_id, at_s=at_s, language=Language(language))
        case ["agent", float(at_s), str(agent_id), str(team)]:
            return AgentChanged(call_id=call_id, at_s=at_s, agent_id=agent_id, team=team)
        case _:
            return _said_or_over(call_id, cells)


def _said_or_over(call_id: CallId, cells: Cells) -> CallEvent:
    match cells:
        case ["consent", float() | None as at_s, str(notice), str(consent), str(source)]:
            return ConsentChanged(
                call_id=call_id,
                at_s=at_s,
                notice=Notice(notice),
                consent=Consent(consent),
                source=ConsentSource(source),
            )
        case ["ended", float(end_s), str(reason)]:
            return CallEnded(call_id=call_id, end_s=end_s, reason=EndReason(reason))
        case _:
            raise PaceError("the pace of a call holds an event that this release does not know")
