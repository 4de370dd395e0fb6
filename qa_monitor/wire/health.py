"""The sound of a call, to JSON shapes."""

from qa_monitor.records.calls import Hold
from qa_monitor.schemas.health import ChannelHealthJson, GapJson, HealthJson
from streams.health.call_health import CallHealth
from streams.records import Gap


def health_json(health: CallHealth, blind: str | None, paused: Hold | None) -> HealthJson:
    """The sound of a live call. `blind` may have a reason beyond what is measured."""
    return HealthJson(
        at_s=health.at_s,
        channels=[
            ChannelHealthJson(
                level_db=round(one.level_db, 1),
                clipped_share=round(one.clipped_share, 4),
                lost_share=round(one.lost_share, 4),
                spoken_s=round(one.spoken_s, 2),
            )
            for one in health.channels
        ],
        facts=list(health.facts),
        blind=blind,
        paused=paused,
    )


def gap_json(gap: Gap) -> GapJson:
    """Where audio is missing."""
    return GapJson(channel=gap.channel, start_s=gap.start_s, duration_s=gap.duration_s, reason=gap.reason)
