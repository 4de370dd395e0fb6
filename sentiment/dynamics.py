"""Who speaks when: dead air, talk-over, share of the talk. Neutral facts about any speaker. Pure."""

from dataclasses import dataclass

from sentiment.records import Dynamics
from streams.records import CallStarted, ChannelActivity, Speaker

BACK_CHANNEL_S = 0.5
"""Both at once for less than this is "mm-hm", not talk-over."""
FOLDED_AFTER_S = 30.0
"""Speech that ended this long ago becomes totals; what is reported later about the time before that is not counted."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Totals:
    """Seconds counted for good, up to the end of the last speech among them."""

    customer_s: float = 0.0
    agent_s: float = 0.0
    talk_over_s: float = 0.0
    silence_s: float = 0.0
    last_end_s: float | None = None
    """None before the first word of the call."""


class Conversation:
    """The flow of one call. Silence counts from the first word of the call; memory stays bounded however long it is."""

    def __init__(self, call: CallStarted) -> None:
        self._call = call
        self._totals = _Totals()
        self._recent: dict[tuple[int, float], ChannelActivity] = {}

    def feed(self, activity: ChannelActivity) -> None:
        """Take a stretch of speech, new or told again; the order of telling does not matter.

        Raises ValueError where it belongs to another call or channel, or ends before it starts.
        """
        if activity.call_id != self._call.call_id:
            raise ValueError(f"activity of call {activity.call_id} given to call {self._call.call_id}")
        if not 0 <= activity.channel < len(self._call.channels):
            raise ValueError(f"call {activity.call_id} has no channel {activity.channel}")
        if activity.end_s < activity.start_s:
            raise ValueError(f"activity ends at {activity.end_s}s, before it starts at {activity.start_s}s")
        key = (activity.channel, activity.start_s)
        known = self._recent.get(key)
        if known is None or (not activity.open, activity.end_s) > (not known.open, known.end_s):
            self._recent[key] = activity

    def at(self, now_s: float) -> Dynamics:
        """How the call flows, up to `now_s`. A stretch still open is taken to last until now."""
        self._fold(now_s - FOLDED_AFTER_S)
        stretches = list(self._recent.values())
        totals = _added(self._totals, stretches, now_s)
        silence_s = 0.0 if totals.last_end_s is None else max(0.0, now_s - totals.last_end_s)
        talk_over_s, interrupter = _current_talk_over(stretches, now_s)
        talked_s = totals.customer_s + totals.agent_s
        return Dynamics(
            now_s=now_s,
            silence_s=silence_s,
            talk_over_s=talk_over_s,
            talk_over_total_s=totals.talk_over_s,
            silence_total_s=totals.silence_s + silence_s,
            talk_share={
                Speaker.CUSTOMER.value: totals.customer_s / talked_s if talked_s else 0.0,
                Speaker.AGENT.value: totals.agent_s / talked_s if talked_s else 0.0,
            },
            interrupter=interrupter,
        )

    def _fold(self, until_s: float) -> None:
        """Count for good all that lies before the latest pause that ended by `until_s`."""
        ordered = sorted(self._recent.items(), key=lambda item: item[1].start_s)
        latest, cut = float("-inf"), 0
        for index, (_, stretch) in enumerate(ordered):
            if stretch.start_s > latest:
                cut = index
            if stretch.open or stretch.end_s > until_s:
                break
            latest = max(latest, stretch.end_s)
        else:
            cut = len(ordered)
        if cut:
            self._totals = _added(self._totals, [stretch for _, stretch in ordered[:cut]], until_s)
            self._recent = dict(ordered[cut:])


def _added(totals: _Totals, stretches: list[ChannelActivity], now_s: float) -> _Totals:
    """The totals with these stretches counted as well, up to `now_s`."""
    from_s = totals.last_end_s if totals.last_end_s is not None else float("-inf")
    customer, agent = (_spans(stretches, now_s, from_s, speaker) for speaker in (Speaker.CUSTOMER, Speaker.AGENT))
    anyone = _spans(stretches, now_s, from_s)
    if not anyone:
        return totals
    pauses = sum(after[0] - before[1] for before, after in zip(anyone, anyone[1:], strict=False))
    before_s = anyone[0][0] - totals.last_end_s if totals.last_end_s is not None else 0.0
    return _Totals(
        customer_s=totals.customer_s + _length(customer),
        agent_s=totals.agent_s + _length(agent),
        talk_over_s=totals.talk_over_s + _length(_talk_over(customer, agent)),
        silence_s=totals.silence_s + before_s + pauses,
        last_end_s=anyone[-1][1],
    )


def _current_talk_over(stretches: list[ChannelActivity], now_s: float) -> tuple[float, str | None]:
    """How long customer and agent have been speaking at once, up to now, and who began second; none when both did."""
    customer, agent = (
        _spans(stretches, now_s, float("-inf"), speaker) for speaker in (Speaker.CUSTOMER, Speaker.AGENT)
    )
    both = _talk_over(customer, agent)
    if not both or both[-1][1] < now_s:
        return 0.0, None
    began = {Speaker.CUSTOMER: customer[-1][0], Speaker.AGENT: agent[-1][0]}
    second = max(began, key=lambda speaker: began[speaker])
    tied = began[Speaker.CUSTOMER] == began[Speaker.AGENT]
    return both[-1][1] - both[-1][0], None if tied else second.value


def _spans(stretches: list[ChannelActivity], now_s: float, from_s: float, speaker: Speaker | None = None) -> list[Span]:
    """When this speaker, or anyone, spoke: in order, joined where they touch, cut to what lies between the limits."""
    cut = sorted(
        (max(stretch.start_s, from_s), now_s if stretch.open else min(stretch.end_s, now_s))
        for stretch in stretches
        if speaker in (None, stretch.speaker)
    )
    joined: list[Span] = []
    for start_s, end_s in cut:
        if end_s <= start_s:
            continue
        if joined and start_s <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end_s))
        else:
            joined.append((start_s, end_s))
    return joined


def _talk_over(customer: list[Span], agent: list[Span]) -> list[Span]:
    """When both spoke at once, back-channels left out."""
    found: list[Span] = []
    one, other = 0, 0
    while one < len(customer) and other < len(agent):
        start_s = max(customer[one][0], agent[other][0])
        end_s = min(customer[one][1], agent[other][1])
        if end_s - start_s >= BACK_CHANNEL_S:
            found.append((start_s, end_s))
        if customer[one][1] < agent[other][1]:
            one += 1
        else:
            other += 1
    return found


def _length(spans: list[Span]) -> float:
    return sum(end_s - start_s for start_s, end_s in spans)
