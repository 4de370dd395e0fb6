"""What people away from the console are told of a score or a surge. Pure."""

from qa_monitor.delivery.notices import Notice, NoticeEvent, ScoredCall, SurgeNews
from streams.records import Language


def notice_lines(notice: Notice, language: Language, *, words: bool) -> tuple[str, list[str]]:
    """A subject and its lines. The terms of a surge only with `words`."""
    french = language is Language.FR
    if notice.scored is not None:
        return _scored(notice.scored, notice.team, french)
    assert notice.surge is not None
    return _surge(notice.surge, notice.event is NoticeEvent.SURGE_ENDED, words, french)


def _scored(scored: ScoredCall, team: str, french: bool) -> tuple[str, list[str]]:
    if scored.total is None:
        earned = "sans note" if french else "no score"
    else:
        earned = f"{scored.total:.0f} sur 100" if french else f"{scored.total:.0f} of 100"
    unknown = "agent inconnu" if french else "agent unknown"
    lines = [
        " · ".join(part for part in (scored.agent_id or unknown, team) if part),
        f"Grille : {scored.scorecard_id}" if french else f"Scorecard: {scored.scorecard_id}",
    ]
    if scored.failed:
        lines.append("Critère éliminatoire" if french else "Auto-fail")
    return f"Appel évalué : {earned}" if french else f"Call scored: {earned}", lines


def _surge(surge: SurgeNews, ended: bool, words: bool, french: bool) -> tuple[str, list[str]]:
    if ended:
        subject = "Fin d'une vague d'appels" if french else "A surge of calls is over"
    else:
        subject = "Vague d'appels sur un même sujet" if french else "A surge of calls about the same thing"
    usual = f"{surge.expected:.0f}"
    named = [*surge.reasons, *(surge.terms if words else ())]
    lines = [
        f"{surge.calls} appels au lieu de {usual}" if french else f"{surge.calls} calls instead of {usual}",
        *([("Sujets : " if french else "About: ") + ", ".join(named)] if named else []),
    ]
    return subject, lines
