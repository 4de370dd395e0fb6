"""Who speaks when: dead air, talk-over, share of the talk, hold. Neutral facts about any speaker. Pure."""

from collections import Counter
from dataclasses import dataclass, field, replace

from sentiment.hold import HoldBegan, HoldEnded, HoldNews
from sentiment.manner import Manner
from sentiment.records import Dynamics
from sentiment.turns import Turn, Turns
from streams.activity.music import ToneHeard
from streams.records import CallStarted, ChannelActivity, Speaker, Utterance

BACK_CHANNEL_S = 0.5
"""Both at once for less than this is "mm-hm", not talk-over."""
RING_S = 0.8
FOLDED_AFTER_S = 30.0
"""Speech that ended this long ago becomes totals; what is reported later about the time before that is not counted."""

Span = tuple[float, float]
_SIDES = (Speaker.CUSTOMER, Speaker.AGENT)
_ON_HOLD = -1
"""Stands for the channel of a hold, which is no channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Totals:
    """Seconds counted for good, up to the end of the last speech among them."""

    customer_s: float = 0.0
    agent_s: float = 0.0
    talk_over_s: float = 0.0
    silence_s: float = 0.0
    last_end_s: float | None = None
    """None before the first word of the call."""
    interruptions: Counter[Speaker] = field(default_factory=Counter)
    turns: Turns = field(default_factory=Turns)


class Conversation:
    """The flow of one call. Silence counts from the first word of the call; memory stays bounded however long it is."""

    def __init__(self, call: CallStarted) -> None:
        self._call = call
        self._totals = _Totals()
        self._recent: dict[tuple[int, float], ChannelActivity] = {}
        self._manner = Manner()
        self._hold: HoldBegan | None = None
        self._held_s = 0.0
        """In the holds that are over."""

    @property
    def hold_since_s(self) -> float | None:
        """Since when somebody is on hold; none while nobody is."""
        return self._hold.at_s if self._hold else None

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
        self._told(activity)

    def held(self, news: HoldNews) -> None:
        """Somebody was put on hold or is back: what nobody says in between is no dead air."""
        match news:
            case HoldBegan():
                self._hold = news
                self._told(self._nobody(_ON_HOLD, news.at_s, news.at_s, is_open=True))
            case HoldEnded(at_s=at_s) if self._hold is not None:
                ended_s = max(at_s, self._hold.at_s)
                self._held_s += ended_s - self._hold.at_s
                self._told(self._nobody(_ON_HOLD, self._hold.at_s, ended_s, is_open=False))
                self._hold = None

    def held_before(self, start_s: float, end_s: float) -> None:
        """Somebody was on hold for a time that is over, whatever holds them now."""
        self._held_s += end_s - start_s
        self._told(self._nobody(_ON_HOLD, start_s, end_s, is_open=False))

    def cut(self, at_s: float) -> None:
        """Nobody listens from this second on: what was open has ended, as far as anybody knows."""
        for stretch in list(self._recent.values()):
            if stretch.open and stretch.channel != _ON_HOLD:
                self._told(replace(stretch, end_s=max(stretch.start_s, at_s), open=False))

    def toned(self, channel: int, tone: ToneHeard) -> None:
        """A tone as long as one of ring-back is no dead air: somebody is being called."""
        if tone.end_s - tone.start_s >= RING_S:
            self._told(self._nobody(channel, tone.start_s, tone.end_s, is_open=False))

    def said(self, utterance: Utterance, level_db: float) -> None:
        """A final and its level, below full scale."""
        if utterance.speaker in _SIDES:
            self._manner.said(utterance, level_db)

    def lost(self, channel: int, start_s: float, end_s: float) -> None:
        """Nothing was heard on this channel: nobody's words and nobody's silence. May be told again as it grows."""
        self._manner.lost(channel, start_s, end_s)
        self._told(self._nobody(channel, start_s, end_s, is_open=False))

    def said_elsewhere(self, utterance: Utterance) -> None:
        """It is known already what was said, but it is not heard here."""
        if utterance.speaker in _SIDES:
            self._manner.missed(utterance.speaker)

    def unheard(self) -> None:
        """Nobody listened for a while: anybody may have said anything."""
        self._manner.missed()

    def at(self, now_s: float, *, speakers_known: bool = True) -> Dynamics:
        """How the call flows, up to `now_s`. A stretch still open is taken to last until now.

        Not `speakers_known`: nobody can tell at the moment who speaks; a call with mixed channels never can.
        """
        self._fold(now_s - FOLDED_AFTER_S)
        stretches = list(self._recent.values())
        totals = _added(self._totals, stretches, now_s)
        silence_s = 0.0 if totals.last_end_s is None else max(0.0, now_s - totals.last_end_s)
        known = speakers_known and set(_SIDES) <= set(self._call.channels)
        talk_over_s, interrupter = _current_talk_over(stretches, now_s) if known else (0.0, None)
        talked_s = totals.customer_s + totals.agent_s if known else 0.0
        hold_s = max(0.0, now_s - self._hold.at_s) if self._hold else 0.0
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
            speakers_known=known,
            interruptions={side.value: totals.interruptions[side] for side in _SIDES} if known else {},
            longest_turn_s={side.value: length for side, length in totals.turns.longest_s.items()} if known else {},
            pace_wpm=self._manner.pace_wpm if known else {},
            louder_db=self._manner.louder_db if known else {},
            hold_since_s=self.hold_since_s,
            hold_s=hold_s,
            hold_total_s=self._held_s + hold_s,
            hold_cause=self._hold.cause.value if self._hold else None,
        )

    def _told(self, activity: ChannelActivity) -> None:
        key = (activity.channel, activity.start_s)
        known = self._recent.get(key)
        if known is None or (not activity.open, activity.end_s) > (not known.open, known.end_s):
            self._recent[key] = activity

    def _nobody(self, channel: int, start_s: float, end_s: float, *, is_open: bool) -> ChannelActivity:
        """A stretch in which nobody speaks and nobody is silent."""
        return ChannelActivity(
            call_id=self._call.call_id,
            channel=channel,
            speaker=Speaker.UNKNOWN,
            start_s=start_s,
            end_s=end_s,
            open=is_open,
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
    customer, agent = (_spans(stretches, now_s, from_s, speaker) for speaker in _SIDES)
    anyone = _spans(stretches, now_s, from_s)
    if not anyone:
        return totals
    pauses = sum(after[0] - before[1] for before, after in zip(anyone, anyone[1:], strict=False))
    before_s = anyone[0][0] - totals.last_end_s if totals.last_end_s is not None else 0.0
    both = _talk_over(customer, agent)
    return _Totals(
        customer_s=totals.customer_s + _length(customer),
        agent_s=totals.agent_s + _length(agent),
        talk_over_s=totals.talk_over_s + _length(both),
        silence_s=totals.silence_s + before_s + pauses,
        last_end_s=anyone[-1][1],
        interruptions=(
            totals.interruptions + Counter(_interrupters(both, customer, agent)) if both else totals.interruptions
        ),
        turns=totals.turns.after([*_turns(customer, Speaker.CUSTOMER), *_turns(agent, Speaker.AGENT)]),
    )


def _turns(spans: list[Span], speaker: Speaker) -> list[Turn]:
    return [(start_s, end_s, speaker) for start_s, end_s in spans]


def _interrupters(both: list[Span], customer: list[Span], agent: list[Span]) -> list[Speaker]:
    """Who began second, of each talk-over in which one did."""
    found = []
    for start_s, _ in both:
        customer_s = max(begins_s for begins_s, _ in customer if begins_s <= start_s)
        agent_s = max(begins_s for begins_s, _ in agent if begins_s <= start_s)
        if customer_s != agent_s:
            found.append(Speaker.CUSTOMER if customer_s > agent_s else Speaker.AGENT)
    return found


def _current_talk_over(stretches: list[ChannelActivity], now_s: float) -> tuple[float, str | None]:
    """How long customer and agent have been speaking at once, up to now, and who began second; none when both did."""
    customer, agent = (_spans(stretches, now_s, float("-inf"), speaker) for speaker in _SIDES)
    both = _talk_over(customer, agent)
    if not both or both[-1][1] < now_s:
        return 0.0, None
    began = {Speaker.CUSTOMER: customer[-1][0], Speaker.AGENT: agent[-1][0]}
    second = max(began, key=lambda speaker: began[speaker])
    tied = began[Speaker.CUSTOMER] == began[Speaker.AGENT]
    return both[-1][1] - both[-1][0], None if tied else second.value


def _spans(stretches: list[ChannelActivity], now_s: float, from_s: float, speaker: Speaker | None = None) -> list[Span]:
    """When this speaker, or anyone, spoke: in order, joined where they touch, cut to what lies between the limits."""
    cut: list[Span] = []
    for stretch in stretches:  # looked at every half second of every call: written out for speed
        if speaker is None or stretch.speaker is speaker:
            begins_s = stretch.start_s if stretch.start_s > from_s else from_s
            ends_s = now_s if stretch.open or stretch.end_s > now_s else stretch.end_s
            if ends_s > begins_s:
                cut.append((begins_s, ends_s))
    cut.sort()
    joined: list[Span] = []
    for start_s, end_s in cut:
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
