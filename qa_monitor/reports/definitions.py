"""Every figure of every report: its unit and its name. What exactly each one is stands in docs/reports.md. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from qa_monitor.reports.records import Kind, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One figure of a report."""

    name: str
    unit: Unit
    en: str
    fr: str


def _told(name: str, unit: Unit, en: str, fr: str) -> Definition:
    return Definition(name=name, unit=unit, en=en, fr=fr)


DEFINITIONS: Mapping[Kind, tuple[Definition, ...]] = {
    Kind.CALLS: (
        _told("calls", Unit.COUNT, "Calls", "Appels"),
        _told("inbound_share", Unit.SHARE, "Inbound", "Entrants"),
        _told("handle_s", Unit.SECONDS, "Handle time", "Durée de traitement"),
        _told("talk_s", Unit.SECONDS, "Talk", "Conversation"),
        _told("hold_s", Unit.SECONDS, "Hold", "Attente en ligne"),
        _told("silence_s", Unit.SECONDS, "Silence", "Silence"),
        _told("talk_over_s", Unit.SECONDS, "Talk-over", "Voix superposées"),
        _told("repeat_share", Unit.SHARE, "Repeated contact", "Contact répété"),
    ),
    Kind.FLAGS: (
        _told("flags", Unit.COUNT, "Flags", "Alertes"),
        _told("flags_per_100", Unit.RATE, "Per 100 calls", "Pour 100 appels"),
        _told("useful", Unit.COUNT, "Useful", "Utiles"),
        _told("false_alarms", Unit.COUNT, "False alarms", "Fausses alertes"),
        _told("already_known", Unit.COUNT, "Already known", "Déjà connues"),
        _told("precision", Unit.SHARE, "Right of those judged", "Justes parmi les jugées"),
    ),
    Kind.SCORES: (
        _told("scored", Unit.COUNT, "Scored calls", "Appels notés"),
        _told("mean", Unit.POINTS, "Mean score", "Note moyenne"),
        _told("failed_share", Unit.SHARE, "Failed", "Éliminés"),
    ),
    Kind.SERVICE: (
        _told("in_time_share", Unit.SHARE, "Answered in time", "Décrochés à temps"),
        _told("offered", Unit.COUNT, "Offered", "Présentés"),
        _told("answered", Unit.COUNT, "Answered", "Décrochés"),
        _told("abandoned_share", Unit.SHARE, "Abandoned", "Abandonnés"),
        _told("wait_s", Unit.SECONDS, "Mean wait until answered", "Attente moyenne avant décroché"),
    ),
    Kind.SURVEYS: (
        _told("answers", Unit.COUNT, "Answers", "Réponses"),
        _told("response_share", Unit.SHARE, "Share of calls", "Part des appels"),
        _told("score", Unit.POINTS, "Score", "Score"),
        _told("satisfied_share", Unit.SHARE, "Satisfied", "Satisfaits"),
    ),
    Kind.OCCUPANCY: (
        _told("occupancy", Unit.SHARE, "Occupancy", "Taux d’occupation"),
        _told("handling_s", Unit.SECONDS, "On calls", "En communication"),
        _told("staffed_s", Unit.SECONDS, "At work", "En poste"),
        _told("days", Unit.COUNT, "Days with calls", "Jours avec appels"),
        _told("days_above", Unit.COUNT, "Days above 90%", "Jours au-dessus de 90\u00a0%"),
    ),
}


def definition(kind: Kind, name: str) -> Definition:
    """The one of this name. Raises KeyError for none."""
    for each in DEFINITIONS[kind]:
        if each.name == name:
            return each
    raise KeyError(name)
