"""What the product makes of the sound of a call: voice activity, segments, hold and the flow, as in a live call."""

from collections.abc import Iterator
from datetime import UTC, datetime

from alerts.policy import AlertPolicy
from alerts.rulebook import RuleBook
from bench.flowing.clips import LINE_HZ
from bench.flowing.script import AGENT, CUSTOMER, Happening, Kind
from qa_monitor.call.judging.judge import CallJudge
from qa_monitor.call.judging.judges import Judges
from qa_monitor.rules.ruleset import fixed
from sentiment.records import Dynamics
from streams.activity.channel_voice import ChannelVoice
from streams.activity.listener import ChannelListener, Noticed
from streams.activity.segmenter import SegmentPolicy
from streams.activity.vad import VoiceModel
from streams.records import AudioFrame, CallId, CallStarted, Samples, Speaker

DEAD_AIR_S, TALK_OVER_S = 7.0, 1.5
"""From this length on they are told, as a rule with these limits would."""
_FRAME = LINE_HZ // 50
_TICK_FRAMES = 25
"""The flow is looked at every half second, as live."""


def followed(channels: tuple[Samples, Samples], model: VoiceModel) -> Iterator[Dynamics]:
    """The flow at every half second, as far as it was known then."""
    call = CallStarted(
        call_id=CallId("generated"),
        channels=(Speaker.CUSTOMER, Speaker.AGENT),
        rate_hz=LINE_HZ,
        started_at=datetime(2025, 1, 1, tzinfo=UTC),
        dialect="pcm",
    )
    judge = CallJudge(call, Judges(rules=fixed(RuleBook(rules=(), version="")), policy=AlertPolicy(), voice=None))
    ears = [ChannelListener(model, SegmentPolicy(), LINE_HZ) for _ in channels]
    voices = [ChannelVoice(call, channel) for channel in (CUSTOMER, AGENT)]

    def tell(channel: int, noticed: Noticed) -> None:
        if (activity := voices[channel].told(noticed.event)) is not None:
            judge.flow.activity(activity)

    for number in range(len(channels[0]) // _FRAME):
        for channel, samples in enumerate(channels):
            frame = AudioFrame(
                call_id=call.call_id,
                channel=channel,
                start_s=number * _FRAME / LINE_HZ,
                samples=samples[number * _FRAME : (number + 1) * _FRAME],
                rate_hz=LINE_HZ,
            )
            for noticed in ears[channel].feed(frame):
                tell(channel, noticed)
            for sound in ears[channel].sounds():
                judge.flow.sounded(channel, sound)
        if number % _TICK_FRAMES == 0:
            now_s = (number + 1) * _FRAME / LINE_HZ
            yield judge.time(now_s, (now_s, now_s))[0]


def happenings(flow: Iterator[Dynamics]) -> list[Happening]:
    """What was told of the flow: each stretch once, from where it was first said to begin."""
    found: list[Happening] = []
    last: dict[Kind, Happening | None] = dict.fromkeys(Kind)
    for dynamics in flow:
        for kind, lasted_s in _lasting(dynamics).items():
            before = last[kind]
            if lasted_s is None:
                last[kind] = None
                found += [before] if before else []
                continue
            second = {"customer": CUSTOMER, "agent": AGENT}.get(dynamics.interrupter or "")
            start_s = before.start_s if before else dynamics.now_s - lasted_s
            last[kind] = Happening(kind=kind, start_s=start_s, end_s=dynamics.now_s, second=second)
    return found + [one for one in last.values() if one]


def _lasting(dynamics: Dynamics) -> dict[Kind, float | None]:
    return {
        Kind.DEAD_AIR: dynamics.silence_s if dynamics.silence_s >= DEAD_AIR_S else None,
        Kind.TALK_OVER: dynamics.talk_over_s if dynamics.talk_over_s >= TALK_OVER_S else None,
        Kind.HOLD: dynamics.hold_s if dynamics.hold_since_s is not None else None,
    }
