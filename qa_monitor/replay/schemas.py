"""The shapes in which replays are asked for and answered."""

from typing import Annotated

from pydantic import Field

from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.replay.difference import CallDifference, Change, FlagSide
from qa_monitor.replay.jobs import CallReplay, ReplayState, What
from qa_monitor.schemas.shape import Bilingual, Shape
from qa_monitor.schemas.utterances import UtteranceJson
from qa_monitor.wire.utterances import utterance_json


class NewReplayJson(Shape):
    """How to go through a call again."""

    what: What = What.AUDIO
    speed: Annotated[float | None, Field(ge=1, le=10)] = None
    """Seconds of the call per second; null: as fast as the machine goes beside live calls. For `audio` only."""


class FlagSideJson(Shape):
    """A flag on one side."""

    flag_id: str
    rule_id: str
    rule_version: str
    name: Bilingual
    priority: str
    state: str
    start_s: float
    end_s: float
    raised_s: float | None
    """Null where the text alone was judged."""
    text: str


class FlagPairJson(Shape):
    """A flag as it was kept and as it comes out today."""

    change: Change
    before: FlagSideJson | None
    now: FlagSideJson | None


class UtterancePairJson(Shape):
    """An utterance as it was kept and as it comes out today."""

    change: Change
    score_changed: bool
    """What the customer's voice sounded like is judged otherwise."""
    before: UtteranceJson | None
    now: UtteranceJson | None


class ReplayDifferenceJson(Shape):
    """Both sides, by the second."""

    same: bool
    """Nothing differs."""
    as_live: bool
    """At the pace it had live: the same models and rules give the same flags, byte for byte."""
    strayed: int
    """Passes not asked for live: settings or models have changed, or a part of the recording is silenced."""
    shared_passes: int
    """Passes shared with other calls live, in which rounding may differ."""
    flags: list[FlagPairJson]
    utterances: list[UtterancePairJson]
    """Empty where the text alone was judged."""


class ReplayJson(Shape):
    """A replay, as far as it has come."""

    replay_id: str
    call_id: str
    what: What
    state: ReplayState
    at_s: float
    """How far it has come in the call, of `duration_s`."""
    duration_s: float
    problem: str | None
    difference: ReplayDifferenceJson | None


def replay_json(replay: CallReplay) -> ReplayJson:
    """As it stands."""
    outcome = replay.outcome
    difference = None
    if outcome is not None:
        difference = _difference(outcome.difference).model_copy(
            update={
                "as_live": outcome.as_live,
                "strayed": outcome.strayed,
                "shared_passes": outcome.shared_passes,
            }
        )
    return ReplayJson(
        replay_id=replay.replay_id,
        call_id=replay.call_id,
        what=replay.what,
        state=replay.state,
        at_s=replay.progress.at_s,
        duration_s=replay.duration_s,
        problem=replay.problem,
        difference=difference,
    )


def _difference(found: CallDifference) -> ReplayDifferenceJson:
    return ReplayDifferenceJson(
        same=found.same,
        as_live=False,
        strayed=0,
        shared_passes=0,
        flags=[
            FlagPairJson(change=pair.change, before=_flag(pair.before), now=_flag(pair.now)) for pair in found.flags
        ],
        utterances=[
            UtterancePairJson(
                change=pair.change,
                score_changed=pair.score_changed,
                before=_utterance(pair.before),
                now=_utterance(pair.now),
            )
            for pair in found.utterances
        ],
    )


def _flag(side: FlagSide | None) -> FlagSideJson | None:
    if side is None:
        return None
    return FlagSideJson(
        flag_id=side.flag_id,
        rule_id=side.rule_id,
        rule_version=side.rule_version,
        name=Bilingual(en=side.name_en, fr=side.name_fr),
        priority=side.priority,
        state=side.state,
        start_s=side.start_s,
        end_s=side.end_s,
        raised_s=side.raised_s,
        text=side.text,
    )


def _utterance(one: StoredUtterance | None) -> UtteranceJson | None:
    return None if one is None else utterance_json(one.utterance, one.emotion, late=one.late)
