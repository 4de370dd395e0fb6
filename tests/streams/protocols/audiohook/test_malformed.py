"""Ten thousand broken AudioHook messages: never an exception, at most one ending, memory flat, answers in order."""

import gc
import json
import random
import tracemalloc

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from streams.protocols.audiohook.session import LINGER, AudioHook
from streams.protocols.audiohook.states import State
from streams.protocols.port import Downlink
from streams.protocols.route import Route
from streams.records import CallEnded, CallEvent, CallStarted
from tests.streams.hostile import Message
from tests.streams.protocols.audiohook.client import SESSION, Client
from tests.streams.protocols.audiohook.hostile import FAULTS, WRONG
from tests.streams.protocols.audiohook.sessions import a_hook, an_utterance
from tests.streams.sessions import after, assert_whole

SESSIONS = 1500
"""Each has at least one broken message among about eight."""
GROWTH = 500_000
"""Bytes that a run may leave behind: counters and interned odds and ends, no message."""
CODES = (1000, 1003, 1007, 1008, 1009)
MOST_REASONS = 25


def a_telling_hook() -> tuple[AudioHook, Downlink]:
    downlink = Downlink()
    return a_hook(route=Route(transcripts=True), downlink=downlink), downlink


def answer(dialect: AudioHook, seqs: list[int]) -> None:
    """Take the replies: all text, one envelope, numbered without a gap."""
    for reply in dialect.replies():
        assert isinstance(reply, str)
        message = json.loads(reply)
        assert message["id"] == SESSION
        seqs.append(message["seq"])
    assert seqs == list(range(1, len(seqs) + 1))


def play(messages: list[Message]) -> tuple[AudioHook, list[CallEvent]]:
    """A whole session, then the time in which every socket must be free."""
    dialect, downlink = a_telling_hook()
    seqs: list[int] = []
    events: list[CallEvent] = []
    for index, message in enumerate(messages):
        now = after(index * 0.01)
        events += dialect.receive(message, now)
        downlink.utterances.append(an_utterance())
        events += dialect.tick(now)
        answer(dialect, seqs)
    for second in range(1, 14):
        events += dialect.tick(after(index * 0.01 + second / 2))
        answer(dialect, seqs)
    return dialect, events


def test_row_15_malformed_messages_never_break_anything() -> None:
    """More than ten thousand messages of damaged sessions; whoever broke the protocol is out within five seconds."""
    sent = 0
    for seed in range(SESSIONS):
        chance = random.Random(seed)
        fault = chance.choice(FAULTS)
        messages = fault.session(chance)
        sent += len(messages)

        dialect, events = play(messages or ["{"])

        left_open = dialect.close is None
        assert not left_open or dialect.state.live, (seed, fault.name)
        assert left_open or dialect.close is not None and dialect.close.code in CODES, (seed, fault.name)
        events += dialect.closed(after(60))
        assert_whole(events)
        assert len(dialect.rejected) < MOST_REASONS
    assert sent > 10_000


def test_row_15_malformed_messages_leave_no_memory_behind() -> None:
    """What a thousand sessions leave is less than half a megabyte."""

    def run(seeds: range) -> None:
        for seed in seeds:
            chance = random.Random(seed)
            dialect, _ = play(chance.choice(FAULTS).session(chance) or ["{"])
            dialect.closed(after(60))

    run(range(50))
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        run(range(50, 250))
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert grown < GROWTH


def test_one_hostile_session_holds_little() -> None:
    """Ten thousand valid messages, each asking for something to be kept."""
    dialect, downlink = a_telling_hook()
    client = Client()
    dialect.receive(client.open(), after(0))
    tracemalloc.start()
    try:
        for index in range(10_000):
            now = after(index * 0.001)
            kind = index % 4
            if kind == 0:
                message = client.say("error", {"code": 400 + index % 9000, "message": "x" * 1000})
            elif kind == 1:
                message = client.say("update", {"language": f"x{chr(97 + index % 26)}-{index:05d}"})
            elif kind == 2:
                message = client.say("ping")
            else:
                message = client.say("discarded", {"start": f"PT{index}S", "discarded": "PT0.001S"})
            dialect.receive(message, now)
            if index % 20 == 0:
                downlink.utterances.append(an_utterance())
            dialect.tick(now)
            dialect.replies()
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert dialect.state is State.ACTIVE
    assert kept < GROWTH
    assert len(dialect.rejected) < MOST_REASONS


class Hostile(RuleBasedStateMachine):
    """Valid and invalid messages in any order, on a clock that moves or jumps."""

    def __init__(self) -> None:
        super().__init__()
        self.downlink = Downlink()
        self.hook = a_hook(route=Route(transcripts=True), downlink=self.downlink)
        self.client = Client()
        self.events: list[CallEvent] = []
        self.seqs: list[int] = []
        self.now_s = 0.0
        self.ended_at_s: float | None = None

    def give(self, message: Message) -> None:
        self.events += self.hook.receive(message, after(self.now_s))

    @rule(config=st.dictionaries(st.sampled_from(["call_id", "team", "x", "language"]), st.sampled_from(WRONG)))
    def open(self, config: dict[str, object]) -> None:
        self.give(self.client.open(customConfig=config))

    @rule(
        type_=st.sampled_from(["ping", "paused", "update", "close", "error", "open", "hello"]),
        parameters=st.dictionaries(
            st.sampled_from(["language", "reason", "code", "message", "rtt", "media"]),
            st.sampled_from([*WRONG, "fr-FR", "end", 400]),
        ),
    )
    def say(self, type_: str, parameters: dict[str, object]) -> None:
        self.give(self.client.say(type_, parameters))

    @rule(type_=st.sampled_from(["resumed", "discarded"]), start=st.integers(0, 90_000), length=st.floats(0, 90_000))
    def jump(self, type_: str, start: int, length: float) -> None:
        self.give(self.client.say(type_, {"start": f"PT{start}S", "discarded": f"PT{length:.3f}S"}))

    @rule(name=st.sampled_from(["seq", "serverseq", "id", "type", "version", "position"]), value=st.sampled_from(WRONG))
    def spoil(self, name: str, value: object) -> None:
        self.give(json.dumps(json.loads(self.client.say("ping")) | {name: value}))

    @rule(count=st.integers(0, 5000).map(lambda half: half * 2))
    def hear(self, count: int) -> None:
        self.give(bytes(count))

    @rule(message=st.one_of(st.text(max_size=40), st.binary(max_size=7)))
    def babble(self, message: Message) -> None:
        self.give(message)

    @rule(seconds=st.sampled_from([0.1, 0.1, 1.0, 6.0, 70.0]))
    def wait(self, seconds: float) -> None:
        self.now_s += seconds
        self.events += self.hook.tick(after(self.now_s))

    @rule(paused=st.booleans())
    def wish(self, paused: bool) -> None:
        self.downlink.paused = paused
        self.downlink.utterances.append(an_utterance())

    @rule()
    def vanish(self) -> None:
        self.events += self.hook.closed(after(self.now_s))

    @invariant()
    def answers_are_numbered(self) -> None:
        answer(self.hook, self.seqs)
        self.client.serverseq = len(self.seqs)

    @invariant()
    def a_call_begins_and_ends_once(self) -> None:
        assert sum(isinstance(event, CallStarted) for event in self.events) <= 1
        assert sum(isinstance(event, CallEnded) for event in self.events) <= 1
        if self.events and isinstance(self.events[-1], CallEnded):
            assert_whole(self.events)

    @invariant()
    def nobody_lingers(self) -> None:
        if self.hook.state in (State.DISCONNECTING, State.CLOSED):
            self.ended_at_s = self.now_s if self.ended_at_s is None else self.ended_at_s
        if self.ended_at_s is not None and self.now_s - self.ended_at_s > 2 * LINGER.total_seconds():
            assert self.hook._over

    def teardown(self) -> None:
        self.events += self.hook.closed(after(self.now_s))
        assert_whole(self.events)


TestHostile = Hostile.TestCase
TestHostile.settings = settings(
    max_examples=150,
    stateful_step_count=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
