"""What listening to a recorded call came to, copied into the call. Copying it again changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from alerts.records import FlagId, FlagState, Latency, RedFlag
from keywords.redaction.guesses import hide_numbers
from keywords.redaction.screen import HOLD_S
from keywords.sought.supposing import with_what_stands
from qa_monitor.call.shared import Shared
from qa_monitor.late_listening.joined_holds import joined_holds
from qa_monitor.late_listening.put_aside import PutAside, Span
from qa_monitor.records.calls import StoredCall
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.records.whole_calls import CallRecord
from streams.consent import Consent
from streams.records import Utterance

NOTE_EN = "Found later: the call was only recorded then, and listened to after the fact."
NOTE_FR = "Trouvé après coup : l’appel était alors seulement enregistré, et a été écouté plus tard."


def near_live(utterances: Iterable[StoredUtterance], spans: Sequence[Span], end_s: float) -> tuple[Utterance, ...]:
    """Those close to what was heard live that hold a number: the rest of it may stand on the other side."""
    return tuple(
        kept.utterance
        for kept in utterances
        if _is_near(kept.utterance, spans, end_s) and hide_numbers(kept.utterance).text != kept.utterance.text
    )


def _is_near(utterance: Utterance, spans: Sequence[Span], end_s: float) -> bool:
    return any(
        (span_s > 0 and 0 <= utterance.start_s - span_s < HOLD_S)
        or (until_s < end_s - HOLD_S and -HOLD_S < utterance.end_s - until_s <= 0)
        for span_s, until_s in spans
    )


async def keep_results(
    shared: Shared, before: CallRecord, found: CallRecord, near: Sequence[Utterance], aside: PutAside
) -> None:
    """Text, voices, holds, dynamics, then flags that nobody was told. Gaps are kept already. Raises `StoreError`."""
    store, call_id = shared.store, before.call.call.call_id
    judged = before.call.call.consent is Consent.GRANTED
    hidden = {utterance.utterance_id for utterance in near}
    for kept in found.utterances:
        utterance = hide_numbers(kept.utterance) if kept.utterance.utterance_id in hidden else kept.utterance
        await store.save_utterance(with_what_stands(utterance), kept.emotion if judged else None, late=True)
    end_s = max(before.call.duration_s or 0.0, aside.end_s)
    holds = joined_holds(before.holds, found.holds, aside.spans, end_s)
    await store.save_joined_holds(call_id, holds.kept, holds.gone_s)
    for held in found.held:
        await store.save_held(held)
    if judged and found.call.course is not None:
        await store.save_course(call_id, found.call.course)
    if found.call.dynamics is not None:
        await store.save_dynamics(call_id, found.call.dynamics)
    for flag in late_flags([stored.flag for stored in before.flags], [stored.flag for stored in found.flags]):
        await _tell(shared, before.call, flag)


def late_flags(before: Sequence[RedFlag], found: Iterable[RedFlag]) -> Iterator[RedFlag]:
    """Those of `found` that the call does not have yet.

    One that was withdrawn when the call was put off stays so: what was said after all is a flag of its own.
    """
    known = {flag.flag_id: flag.state for flag in before}
    for flag in found:
        if flag.state is FlagState.WITHDRAWN:
            continue
        if known.get(flag.flag_id) is FlagState.WITHDRAWN:
            flag = replace(flag, flag_id=FlagId(f"{flag.flag_id}~later"))
        if flag.flag_id not in known:
            yield flag


async def _tell(shared: Shared, stored: StoredCall, flag: RedFlag) -> None:
    agent = stored.agent_at(flag.start_s)
    evidence = replace(
        flag.evidence,
        explanation_en=f"{NOTE_EN} {flag.evidence.explanation_en}".strip(),
        explanation_fr=f"{NOTE_FR} {flag.evidence.explanation_fr}".strip(),
    )
    late = replace(flag, evidence=evidence, latency=Latency(), raised_at=shared.clock())
    told = await shared.feed.tell(late, replace(stored.call, agent_id=agent.agent_id, team=agent.team))
    shared.metrics.flag(told.flag.rule_id, told.flag.state)
