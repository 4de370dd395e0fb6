"""A fault does what it says, no more, and the same again with the same seed."""

import base64
import json
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_monitor.simulator.disturbed import PAUSED, RESUMED, Trouble, disturbed
from qa_monitor.simulator.faults import (
    FAULTS,
    NEAR,
    Fault,
    FaultError,
    FaultName,
    check_carried,
    described_faults,
    read_fault,
)
from qa_monitor.simulator.line import Line
from qa_monitor.simulator.planned import Act, PlannedCall, StreamProtocol, TimedAct, TimedItem, TimedMessage, Wire
from qa_monitor.simulator.protocols.wav import wav_header
from qa_monitor.simulator.scenario import messages
from qa_monitor.simulator.spoiled import spoiled_call
from streams.samples.codec import Encoding, encode
from tests.qa_monitor.simulator.builders import a_call

CALL = a_call(80_000)
"""Ten seconds."""


def sent_with(
    *asked: str, protocol: StreamProtocol = StreamProtocol.TWILIO, call: PlannedCall = CALL, seed: int = 0
) -> list[TimedItem]:
    """What is really sent of a call with these faults."""
    trouble = Trouble(
        faults=[read_fault(one) for one in asked], protocol=protocol, duration_s=call.duration_s, seed=seed
    )
    return disturbed(messages(call, protocol), trouble)


def sounds(items: Sequence[TimedItem]) -> list[str | bytes]:
    return [item.data for item in items if isinstance(item, TimedMessage) and item.audio]


PLAIN = sounds(sent_with())


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("loss", Fault(name=FaultName.LOSS, value=0.01)),
        ("loss=2.5%", Fault(name=FaultName.LOSS, value=0.025)),
        ("reorder=0.05", Fault(name=FaultName.REORDER, value=0.05)),
        ("stall=3s@10s", Fault(name=FaultName.STALL, value=3.0, at_s=10.0)),
        ("jitter=250ms", Fault(name=FaultName.JITTER, value=0.25)),
        ("abrupt@5", Fault(name=FaultName.ABRUPT, at_s=5.0)),
        ("drift=100ppm", Fault(name=FaultName.DRIFT, value=100.0)),
        ("silent-channel=0", Fault(name=FaultName.SILENT_CHANNEL, value=0.0)),
    ],
)
def test_a_fault_is_read(asked: str, wanted: Fault) -> None:
    """Name, value in its unit, second of the call."""
    found = read_fault(asked)

    assert (found.name, found.at_s) == (wanted.name, wanted.at_s)
    assert found.value == pytest.approx(wanted.value)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("lag", "--fault: found 'lag'; allowed: loss, duplicates, "),
        ("loss=3s", "--fault loss: found '3s'; allowed: a share such as 1%"),
        ("loss=101%", "--fault loss: found '101%'; allowed: a share"),
        ("stall=soon", "--fault stall: found 'soon'; allowed: a time such as 3s"),
        ("silent-channel=2", "--fault silent-channel: found '2'; allowed: a channel: 0 or 1"),
        ("abrupt=5s", "--fault abrupt: found '5s'; allowed: no value"),
        ("loss@5s", "--fault loss: happens all along"),
    ],
)
def test_a_fault_that_is_none_is_refused_in_words(asked: str, message: str) -> None:
    """What was found, and what there is."""
    with pytest.raises(FaultError) as caught:
        read_fault(asked)

    assert str(caught.value).startswith(message)


def test_every_fault_is_described() -> None:
    """A line each."""
    assert [line.split()[0] for line in described_faults().splitlines()] == list(FaultName)


@pytest.mark.parametrize(
    ("asked", "protocol", "why"),
    [
        ("duplicates", StreamProtocol.PCM, "no numbers"),
        ("reorder", StreamProtocol.AUDIOHOOK, "no numbers"),
        ("pause", StreamProtocol.JAMBONZ, "use stall"),
        ("bad-signature", StreamProtocol.AUDIOSOCKET, "not signed"),
        ("bad-token", StreamProtocol.AUDIOHOOK, "use bad-signature"),
        ("swapped", StreamProtocol.VONAGE, "in one channel"),
    ],
)
def test_what_a_protocol_cannot_have_is_refused_in_words(asked: str, protocol: StreamProtocol, why: str) -> None:
    """Before anything is sent."""
    with pytest.raises(FaultError, match=f"--fault {asked}: {protocol} cannot have it: .*{why}"):
        check_carried([read_fault(asked)], protocol)
    with pytest.raises(FaultError):
        Line(url="http://host", protocol=protocol, faults=(read_fault(asked),))


@given(name=st.sampled_from(FaultName), seed=st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_the_same_seed_gives_the_same_faults(name: FaultName, seed: int) -> None:
    """And another seed others, where chance has a say."""
    once = sent_with(name, seed=seed)

    assert sent_with(name, seed=seed) == once
    if name in (FaultName.LOSS, FaultName.REORDER, FaultName.DUPLICATES, FaultName.JITTER, FaultName.GARBAGE):
        assert sent_with(name, seed=seed + 1) != once


@pytest.mark.parametrize("share", [0.01, 0.2])
def test_loss_leaves_that_share_out(share: float) -> None:
    """The rest in order, the words around it whole."""
    items = sent_with(f"loss={share}")
    left = sounds(items)

    assert len(PLAIN) - len(left) == pytest.approx(share * len(PLAIN), rel=0.6)
    assert [one for one in PLAIN if one in set(left)] == left
    assert len(items) - len(left) == 3  # connected, start, stop


def test_a_source_that_counts_its_sound_tells_what_it_lost() -> None:
    """AudioHook says `discarded` with the length of every frame that is missing."""
    call = a_call(16_000)
    trouble = Trouble(faults=[read_fault("loss=50%")], protocol=StreamProtocol.AUDIOHOOK, duration_s=2.0)
    frames = [TimedMessage(at_s=0.2 * number, data=b"x", audio=True) for number in range(1, 11)]

    items = disturbed(frames, trouble)

    told = [item.length_s for item in items if isinstance(item, TimedAct)]
    assert len(items) == 10
    assert told == pytest.approx([0.2] * len(told))
    assert call.duration_s == 2.0


def test_duplicates_are_sent_twice_in_a_row() -> None:
    """That share of the sound, and nothing else."""
    counted = Counter(sounds(sent_with("duplicates=20%")))
    twice = sum(number == 2 for number in counted.values())

    assert set(counted) == set(PLAIN)
    assert set(counted.values()) == {1, 2}
    assert twice == pytest.approx(0.2 * len(PLAIN), rel=0.3)


def test_reordered_messages_are_late_by_a_few() -> None:
    """Every message still comes once, none earlier than its turn by more than the others' delay."""
    order = sounds(sent_with("reorder=10%"))
    places = {message: place for place, message in enumerate(PLAIN)}
    late = [place - places[message] for place, message in enumerate(order)]

    assert Counter(order) == Counter(PLAIN)
    assert 0 < max(late) <= NEAR
    assert sum(delay > 0 for delay in late) == pytest.approx(0.1 * len(PLAIN), rel=0.4)


def test_reordering_leaves_the_times_of_sending() -> None:
    """It is the messages that change places."""
    assert [item.at_s for item in sent_with("reorder=10%")] == [item.at_s for item in sent_with()]


def test_a_bunch_is_held_back_and_sent_at_once() -> None:
    """Nothing leaves for two seconds, then all of it; what follows is in time."""
    times = [item.at_s for item in sent_with("bunch=2s@4s")]

    assert not [at_s for at_s in times if 4.0 <= at_s < 6.0]
    assert len(times) == len(sent_with())
    assert times == sorted(times)


def test_jitter_delays_and_never_reorders() -> None:
    """Each by no more than what was asked for."""
    late = [(new.at_s, old.at_s) for new, old in zip(sent_with("jitter=80ms"), sent_with(), strict=True)]

    assert all(0 <= new - old <= 0.08 for new, old in late)
    assert [new for new, _ in late] == sorted(new for new, _ in late)
    assert sounds(sent_with("jitter=80ms")) == PLAIN


def test_a_stall_loses_that_stretch() -> None:
    """Three seconds of both tracks; the numbers of what follows show it."""
    left = sounds(sent_with("stall=3s@2s"))
    chunks = {int(json.loads(one)["media"]["chunk"]) for one in left}

    assert set(range(1, 501)) - chunks == set(range(101, 251))


def test_a_fast_clock_sends_early() -> None:
    """Half a millisecond for every second."""
    assert sent_with("drift=500ppm")[-1].at_s == pytest.approx(10 / 1.0005)


def test_our_own_protocol_has_words_for_a_pause() -> None:
    """Said where the pause begins and ends; nothing is sent between."""
    items = sent_with("pause=2s@3s", protocol=StreamProtocol.PCM)
    words = [(item.at_s, item.data) for item in items if isinstance(item, TimedMessage) and not item.audio][1:-1]

    assert words == [(3.0, PAUSED), (5.0, RESUMED)]
    assert len(sounds(items)) == 400


@pytest.mark.parametrize(("asked", "act"), [("abrupt@4s", Act.RESET), ("half-open@4s", Act.HOLD)])
def test_a_source_breaks_at_its_second(asked: str, act: Act) -> None:
    """After everything due by then, and nothing after."""
    items = sent_with(asked)

    assert items[-1] == TimedAct(at_s=4.0, act=act, length_s=50.0 if act is Act.HOLD else 0.0)
    assert len(sounds(items)) == 400
    assert all(isinstance(item, TimedMessage) for item in items[:-1])


def test_a_source_that_never_starts_says_nothing() -> None:
    """It only waits."""
    assert sent_with("no-start") == [TimedAct(at_s=0.0, act=Act.SILENCE)]


@pytest.mark.parametrize("protocol", [StreamProtocol.TWILIO, StreamProtocol.PCM])
def test_garbage_damages_that_share_of_the_sound(protocol: StreamProtocol) -> None:
    """The others stay as they are."""
    plain, items = sounds(sent_with(protocol=protocol)), sounds(sent_with("garbage=10%", protocol=protocol))
    changed = sum(one != two for one, two in zip(plain, items, strict=True))

    assert changed == pytest.approx(0.1 * len(plain), rel=0.4)


def test_a_wav_header_opens_every_channel_once() -> None:
    """44 bytes that describe the sound after them."""
    plan = messages(CALL, StreamProtocol.EXOTEL, wire=Wire(wav_header=True))
    media = [base64.b64decode(json.loads(one.data)["media"]["payload"]) for one in plan if one.audio]
    header = wav_header(Encoding.PCM16, 8000, 1)

    assert len(header) == 44
    assert [payload.startswith(b"RIFF") for payload in media] == [True, True, *[False] * (len(media) - 2)]
    assert media[0] == header + encode(CALL.samples[:800, 0], Encoding.PCM16)


def test_a_wrong_codec_contradicts_the_announcement() -> None:
    """Mu-law bytes where samples were announced, samples where mu-law was."""
    wire = Line(url="http://host", faults=(read_fault("wrong-codec"),)).wire

    assert (wire.announced, wire.sent) == (Encoding.PCM16, Encoding.MULAW)
    assert wire.write(CALL.samples[:10, 0]) == encode(CALL.samples[:10, 0], Encoding.MULAW)


def test_faults_of_sound_change_the_sound() -> None:
    """Which channel carries what, and how loud."""

    def heard(asked: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
        return spoiled_call(CALL, [read_fault(asked)]).samples

    assert np.array_equal(heard("swapped"), CALL.samples[:, ::-1])
    assert np.array_equal(heard("identical-channels")[:, 1], CALL.samples[:, 0])
    assert not heard("silent-channel=1")[:, 1].any()
    assert np.array_equal(heard("silent-channel=1")[:, 0], CALL.samples[:, 0])
    assert (np.abs(heard("clipped")) == 32_767).mean() > 0.9
    assert spoiled_call(CALL, [read_fault("loss")]) is CALL


def test_a_fault_of_two_channels_needs_two() -> None:
    """Said before anything is sent."""
    with pytest.raises(FaultError, match="--fault swapped: a recording with two channels is needed"):
        spoiled_call(a_call(channels=1), [read_fault("swapped")])


def test_the_table_of_faults_is_whole() -> None:
    """Every name has its meaning."""
    assert set(FAULTS) == set(FaultName)
