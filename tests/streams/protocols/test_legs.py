"""Two websockets with one voice each are one call; one without a side is what it was before."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.consent import Consent
from streams.protocols.legs import AdmitSide, OneVoice, OpenPairs
from streams.protocols.pcm.asterisk import ASTERISK
from streams.protocols.pcm.session import Pcm
from streams.protocols.port import Admit
from streams.protocols.route import Route
from streams.records import (
    AgentChanged,
    CallEnded,
    CallEvent,
    CallId,
    CallStarted,
    Dtmf,
    EndReason,
    Gap,
    GapReason,
    LanguageChanged,
    Paused,
    Resumed,
    Samples,
    Speaker,
)
from streams.refusals import POLICY, WRONG_TYPE, Refused
from streams.samples.codec import Encoding, decode
from tests.streams.protocols.voices import RATE_HZ, Sockets, Timed, hello, paced, side, sound_of
from tests.streams.sessions import NOON, after, assert_whole, everyone, gaps, some_bytes, sound

BOTH = (Speaker.CUSTOMER, Speaker.AGENT)


def samples_of(data: bytes) -> Samples:
    return decode(data, Encoding.PCM16)


def starts(sockets: Sockets) -> list[CallStarted]:
    return [event for event in sockets.events if isinstance(event, CallStarted)]


def ends(sockets: Sockets) -> list[CallEnded]:
    return [event for event in sockets.events if isinstance(event, CallEnded)]


def reason_of(voice: OneVoice) -> tuple[int, str]:
    assert voice.close is not None
    return voice.close.code, voice.close.reason


def asterisk(admit: Admit) -> Pcm:
    return Pcm(opened_at=NOON, admit=admit, route=Route(), dialect=ASTERISK)


def announced_as(channels: tuple[Speaker, ...]) -> AdmitSide:
    def admit(token: str | None, call: CallStarted, which: Speaker) -> CallStarted:
        return replace(call, call_id=CallId("announced"), channels=channels)

    return admit


@pytest.mark.parametrize("dialect", ["asterisk", "vonage"])
@pytest.mark.parametrize("first", BOTH)
def test_both_sides_make_one_call_and_every_sample_arrives(dialect: str, first: Speaker) -> None:
    """Customer on channel 0 and agent on 1, whoever comes first."""
    sockets = Sockets(dialect)
    data = {Speaker.CUSTOMER: sound_of(1, 2), Speaker.AGENT: sound_of(2, 2)}
    order = [first, *(other for other in BOTH if other is not first)]

    sockets.play({each: [(0.0, hello(dialect, each)), *paced(data[each]), (2.05, None)] for each in order})

    assert_whole(sockets.events)
    (call,) = starts(sockets)
    assert (call.call_id, call.channels, call.dialect) == ("c-1", BOTH, dialect)
    assert "side" not in call.metadata
    for channel, each in enumerate(BOTH):
        np.testing.assert_array_equal(sound(sockets.events, channel), samples_of(data[each]))
        assert gaps(sockets.events, channel) == []


def test_each_side_is_asked_for_as_part_of_the_whole_call() -> None:
    """Whoever lets calls in is told of both channels, and which of them is here."""
    sockets = Sockets()
    sockets.play({"customer": side("customer", b""), "agent": side("agent", b"")})

    assert [(which, call.channels) for which, call in sockets.asked] == [(each, BOTH) for each in BOTH]


def test_a_stream_that_names_no_side_is_a_call_of_its_own() -> None:
    """Event for event what its own dialect says."""
    sockets = Sockets()
    sockets.play({"one": [(0.0, hello("asterisk", None)), *paced(sound_of(1, 1)), (1.05, None)]})

    (call,) = starts(sockets)
    assert call.channels == (Speaker.MIXED,)
    assert sockets.asked == []
    assert sockets.voices["one"].seat is None
    assert_whole(sockets.events)


@pytest.mark.parametrize("named", ["mixed", "unknown", "left", ""])
def test_what_is_no_side_of_a_call_pairs_nothing(named: str) -> None:
    """Only customer and agent are."""
    sockets = Sockets()
    sockets.say("one", hello("asterisk", named), 0.0)

    assert len(starts(sockets)[0].channels) == 1


def test_the_call_begins_with_the_first_preamble() -> None:
    """So that it counts from there on; keys and events of either side have their call."""
    sockets = Sockets()
    (call,) = sockets.say("agent", hello("asterisk", "agent"), 0.0)
    assert isinstance(call, CallStarted)

    assert sockets.say("customer", hello("asterisk", "customer"), 0.1) == []
    (pressed,) = sockets.say("customer", '{"event":"DTMF_END","digit":"5"}', 0.2)
    assert isinstance(pressed, Dtmf)
    assert pressed.channel == 0


def test_without_the_other_side_the_call_goes_on_one_sided() -> None:
    """After five seconds its silence is marked as it goes on."""
    sockets = Sockets()
    sockets.play({"customer": side("customer", sound_of(1, 7), end_s=7.01)})

    assert_whole(sockets.events)
    assert [round(start_s + length_s, 1) for start_s, length_s in gaps(sockets.events, 1)] == [5.0, 6.0, 7.0]
    assert gaps(sockets.events, 0) == []
    assert sockets.pairs.waiting is False


def test_the_other_side_is_heard_two_seconds_more_and_told_why() -> None:
    """The call ends with its first reason."""
    sockets = Sockets()
    sockets.play({"customer": side("customer", sound_of(1, 1), end_s=1.01), "agent": side("agent", sound_of(2, 6))})

    assert_whole(sockets.events)
    assert ends(sockets)[0].reason is EndReason.END
    assert ends(sockets)[0].end_s == pytest.approx(3.0, abs=0.15)
    assert reason_of(sockets.voices["agent"]) == (1000, "the call has ended")


def test_another_rate_on_the_second_side_is_refused_in_words() -> None:
    """The call goes on with the first."""
    sockets = Sockets()
    sockets.say("customer", hello("asterisk", "customer"), 0.0)
    sockets.say("agent", hello("asterisk", "agent", rate_hz=16000), 0.1)

    assert reason_of(sockets.voices["agent"]) == (WRONG_TYPE, "16000 Hz; the other side of this call has 8000 Hz")
    assert sockets.voices["customer"].close is None
    assert ends(sockets) == []


def test_a_side_that_is_there_already_is_refused_in_words() -> None:
    sockets = Sockets()
    sockets.say("one", hello("asterisk", "customer"), 0.0)
    sockets.say("two", hello("asterisk", "customer"), 0.1)

    assert reason_of(sockets.voices["two"]) == (POLICY, "this side of the call is connected already")


@pytest.mark.parametrize("later", [Consent.REFUSED, Consent.OBJECTED, Consent.OFF_RECORD])
def test_a_customer_who_refuses_on_the_second_side_is_not_overheard_with_the_first_side_s_consent(
    later: Consent,
) -> None:
    """A call that has begun with consent cannot lose it: the second side stays out."""
    sockets = Sockets()
    sockets.say("agent", hello("asterisk", "agent", facts={"consent": "granted"}), 0.0)
    sockets.say("customer", hello("asterisk", "customer", facts={"consent": later.value}), 0.1)

    code, reason = reason_of(sockets.voices["customer"])
    assert code == POLICY
    assert reason.startswith("consent: ")


@pytest.mark.parametrize("facts", [{"call_id": "c-2"}, {"tenant": "other"}])
def test_another_call_or_tenant_is_another_pair(facts: Mapping[str, str]) -> None:
    sockets = Sockets()
    sockets.say("customer", hello("asterisk", "customer"), 0.0)
    sockets.say("agent", hello("asterisk", "agent", facts=facts), 0.1)

    assert len(starts(sockets)) == 2


def test_after_its_end_a_call_may_begin_anew() -> None:
    """Both sides that come again are a new call."""
    sockets = Sockets()
    sockets.play({"one": side("customer", sound_of(1, 1), end_s=1.01)})
    sockets.play({"two": side("customer", sound_of(1, 1), begin_s=2.0)})

    assert len(starts(sockets)) == 2
    assert sockets.pairs.waiting


def test_while_the_other_side_speaks_a_quiet_one_is_not_given_up() -> None:
    """A telephone on hold need not send anything; when neither does for 60 s, the call is over."""
    sockets = Sockets()
    sockets.say("agent", hello("asterisk", "agent"), 0.0)
    sockets.say("customer", hello("asterisk", "customer"), 0.0)
    for at_s in range(1, 91):
        sockets.say("agent", some_bytes(at_s, 1600), at_s)
        sockets.tick(at_s)
    assert ends(sockets) == []

    for at_s in range(91, 160):
        sockets.tick(at_s)
    assert [ended.reason for ended in ends(sockets)] == [EndReason.TIMEOUT]
    assert all(voice.close is not None for voice in sockets.voices.values())


def test_what_a_paused_side_misses_is_no_loss() -> None:
    """The call is paused while either side is."""
    sockets = Sockets("vonage")
    pause, resume = '{"event":"pause"}', '{"event":"resume"}'
    customer: list[Timed] = [(0.0, hello("vonage", "customer")), *paced(sound_of(1, 1))]
    customer += [(1.01, pause), (6.0, resume), *paced(sound_of(3, 1), begin_s=6.0), (7.01, None)]
    agent: list[Timed] = [(0.0, hello("vonage", "agent")), *paced(sound_of(2, 7)), (7.01, None)]
    agent += [(2.0, pause), (2.5, resume)]

    sockets.play({"customer": customer, "agent": sorted(agent, key=lambda each: each[0])})

    assert_whole(sockets.events)
    told = [type(event) for event in sockets.events if isinstance(event, Paused | Resumed)]
    assert told == [Paused, Resumed]
    reasons = {event.reason for event in sockets.events if isinstance(event, Gap)}
    assert reasons == {GapReason.PAUSED}


def test_what_one_side_says_of_the_call_is_placed_on_the_call_s_clock() -> None:
    """Another agent, another language."""
    sockets = Sockets("vonage")
    sockets.say("customer", hello("vonage", "customer"), 0.0)
    sockets.say("customer", sound_of(1, 0.5), 0.5)
    sockets.say("agent", hello("vonage", "agent"), 0.6)
    (language,) = sockets.say("agent", '{"event":"language","language":"en"}', 0.7)
    (agent,) = sockets.say("agent", '{"event":"agent","agent_id":"a-8"}', 0.7)

    assert isinstance(language, LanguageChanged)
    assert isinstance(agent, AgentChanged)
    assert (language.at_s, agent.at_s, agent.call_id) == (0.5, 0.5, "c-1")


def test_a_refused_token_opens_no_side() -> None:
    """Nothing began, so that the other side may still be first."""

    def nobody(token: str | None, call: CallStarted, which: Speaker) -> CallStarted:
        raise Refused(POLICY, "not authorised")

    pairs = OpenPairs()
    voice = OneVoice(make=asterisk, admit=everyone, admit_side=nobody, pairs=pairs)

    assert list(voice.receive(hello("asterisk", "agent"), after(0.1))) == []
    assert reason_of(voice) == (POLICY, "not authorised")
    assert pairs.waiting is False


def test_channels_are_in_the_order_in_which_they_were_announced() -> None:
    """Whoever lets the call in may know it as agent first; as unknown, the sides themselves say who they are."""
    for announced, expected in ((BOTH[::-1], BOTH[::-1]), ((Speaker.UNKNOWN, Speaker.UNKNOWN), BOTH)):
        pairs = OpenPairs()
        voice = OneVoice(
            make=asterisk,
            admit=everyone,
            admit_side=announced_as(announced),
            pairs=pairs,
        )
        (call,) = voice.receive(hello("asterisk", "agent"), NOON)
        assert isinstance(call, CallStarted)
        assert (call.call_id, call.channels) == ("announced", expected)
        assert voice.seat is not None
        assert expected[voice.seat.channel] is Speaker.AGENT


MESSAGES = st.one_of(
    st.sampled_from(
        [
            *(hello(dialect, name) for dialect in ("vonage",) for name in ("customer", "agent")),
            hello("vonage", "customer", rate_hz=16000),
            '{"event":"pause"}',
            '{"event":"resume"}',
            '{"event":"end"}',
            '{"event":"websocket:dtmf","digit":"5"}',
            '{"event":"language","language":"fr"}',
            "{",
        ]
    ),
    st.sampled_from([320, 321, 3200, 1]).map(lambda size: some_bytes(size, size)),
    st.none(),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["one", "two", "three"]), MESSAGES, st.sampled_from([0.0, 0.02, 0.1, 1.5, 30.0])),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(steps=STEPS)
def test_whatever_three_sockets_say_the_calls_are_whole(steps: list[tuple[str, str | bytes | None, float]]) -> None:
    """One start, one end, channels end to end and equally long; nothing after the end; nobody is left waiting."""
    sockets = Sockets("vonage")
    at_s = 0.0
    for name, message, later_s in steps:
        at_s += later_s
        sockets.tick(at_s)
        sockets.say(name, message, at_s)
    for name in list(sockets.voices):
        sockets.say(name, None, at_s)

    for events in one_by_one(sockets.events):
        assert_whole(events)
    assert not sockets.pairs.waiting


def one_by_one(events: list[CallEvent]) -> list[list[CallEvent]]:
    """Every call of this name; they follow one another."""
    calls: list[list[CallEvent]] = []
    for event in events:
        if isinstance(event, CallStarted):
            calls.append([])
        calls[-1].append(event)
    return calls


@settings(max_examples=25, deadline=None)
@given(
    late_s=st.floats(0, 4),
    jitter=st.lists(st.integers(0, 3), min_size=100, max_size=100),
    lengths=st.tuples(st.integers(40, 100), st.integers(40, 100)),
)
def test_both_channels_are_equally_long_within_a_frame(
    late_s: float, jitter: list[int], lengths: tuple[int, int]
) -> None:
    """Whenever the second side comes, and however unevenly both arrive."""
    sockets = Sockets()
    frame = 320
    customer = side("customer", some_bytes(1, lengths[0] * frame))
    agent = side("agent", some_bytes(2, lengths[1] * frame), begin_s=late_s)
    uneven: list[Timed] = [(at_s + jitter[n % 100] * 0.005, message) for n, (at_s, message) in enumerate(agent)]
    last_s = max(customer[-1][0], max(at_s for at_s, _ in uneven)) + 0.05

    sockets.play({"customer": [*customer, (last_s, None)], "agent": [*_in_order(uneven), (last_s, None)]})

    assert_whole(sockets.events)
    heard_s = len(sound(sockets.events, 1)) / RATE_HZ
    assert heard_s == pytest.approx(lengths[1] * 0.02, abs=0.1)
    (ended,) = ends(sockets)
    assert ended.end_s == pytest.approx(max(lengths[0] * 0.02, late_s + lengths[1] * 0.02), abs=0.1)


def _in_order(timed: list[Timed]) -> list[Timed]:
    """A network that is uneven, but does not overtake."""
    latest, found = 0.0, []
    for at_s, message in timed:
        latest = max(latest, at_s)
        found.append((latest, message))
    return found
