"""Other servers' protocols, as their adapters speak them; no server is started but our own plain one."""

import asyncio
import json
import struct
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from bench.peers.catalogue import all_peers
from bench.peers.conversation import Conversation, pcm16
from bench.peers.plain import Plain, PlainTalk
from bench.peers.port import RATE_HZ, Chunk, PeerError, PeerFinal
from bench.peers.process import running
from bench.peers.realtime_stt import RealtimeSttTalk
from bench.peers.whisper_live import WhisperLiveTalk
from bench.peers.whisper_live_kit import WhisperLiveKitTalk, seconds_of

SAID = "Nothing happened."


def segment(start: str, text: str, *, completed: bool) -> dict[str, str | bool]:
    return {"start": start, "end": "9.000", "text": text, "completed": completed}


def texts(talk: Conversation, *messages: dict[str, object]) -> list[list[str]]:
    return [[final.text for final in talk.hear(json.dumps(message), 1.0)] for message in messages]


def test_every_peer_has_a_name_of_its_own_and_says_why_it_cannot_be_run() -> None:
    peers = all_peers()

    assert len({peer.name for peer in peers}) == len(peers) == 4
    assert peers[0].available() is None
    assert all(peer.available() is None or "environment.py" in str(peer.available()) for peer in peers)


def test_samples_are_clipped_not_wrapped() -> None:
    assert np.frombuffer(pcm16(np.array([0, 0.5, 2, -2], np.float32)), "<i2").tolist() == [0, 16383, 32767, -32767]


def test_whisper_live_tells_a_completed_segment_once_however_often_it_is_repeated() -> None:
    talk = WhisperLiveTalk("en")
    first = segment("0.000", " One.", completed=True)

    heard = texts(
        talk,
        {"uid": "1", "message": "SERVER_READY"},
        {"uid": "1", "segments": [segment("0.000", " One", completed=False)]},
        {"uid": "1", "segments": [first, segment("2.000", " Tw", completed=False)]},
        {"uid": "1", "segments": [first, segment("2.000", " Two.", completed=True)]},
    )

    assert talk.welcome
    assert heard == [[], [], ["One."], ["Two."]]
    assert talk.remains(2.0) == []


def test_what_whisper_live_never_completed_counts_when_the_stream_is_given_up() -> None:
    talk = WhisperLiveTalk("en")
    texts(talk, {"uid": "1", "segments": [segment("2.000", " Two", completed=False)]})

    assert talk.remains(7.0) == [PeerFinal(text="Two", at_s=7.0, start_s=2.0, end_s=9.0)]


def test_a_full_whisper_live_is_an_error() -> None:
    with pytest.raises(PeerError, match="WAIT"):
        texts(WhisperLiveTalk("en"), {"uid": "1", "status": "WAIT", "message": 0.5})


def line(text: str | None) -> dict[str, object]:
    return {"speaker": 1 if text else -2, "text": text or "", "start": "0:00:01.00", "end": "0:00:04.50"}


def test_whisper_live_kit_tells_what_its_lines_have_grown_by() -> None:
    talk = WhisperLiveKitTalk()

    heard = texts(
        talk,
        {"type": "config"},
        {"type": "snapshot", "lines": []},
        {"type": "diff", "n_lines": 1, "new_lines": [line(" Good")]},
        {"type": "diff", "n_lines": 1, "buffer_transcription": "after"},
        {"type": "diff", "n_lines": 1, "new_lines": [line(" Good morning.")]},
        {"type": "diff", "n_lines": 3, "new_lines": [line(None), line(" Hello")]},
        {"type": "ready_to_stop"},
    )

    assert heard == [[], [], ["Good"], [], ["morning."], ["Hello"], []]
    assert talk.over


def test_whisper_live_kit_writes_times_as_a_clock() -> None:
    assert seconds_of("1:02:03.50") == 3723.5


def test_a_packet_for_realtime_stt_names_its_own_format() -> None:
    (packet,) = RealtimeSttTalk().sound(np.zeros(160, np.float32))
    assert isinstance(packet, bytes)
    (length,) = struct.unpack_from("<I", packet)

    assert json.loads(packet[4 : 4 + length])["frames"] == 160
    assert len(packet) == 4 + length + 320


def test_realtime_stt_is_ready_when_it_says_so_and_its_partials_are_not_final() -> None:
    talk = RealtimeSttTalk()

    heard = texts(
        talk,
        {"type": "hello"},
        {"type": "ready", "ok": True},
        {"type": "realtime", "segmentId": 1, "text": "Noth"},
        {"type": "final", "segmentId": 1, "text": SAID},
    )

    assert talk.welcome
    assert heard == [[], [], [], [SAID]]


def test_the_plain_server_ends_the_talk() -> None:
    talk = PlainTalk("fr")

    assert texts(talk, {"text": SAID, "start_s": 1.0, "end_s": 2.0}, {"end": True}) == [[SAID], []]
    assert talk.over


def test_a_server_that_ends_before_it_is_ready_shows_the_end_of_its_log() -> None:
    async def started() -> None:
        async with running("broken", {1: [sys.executable, "-c", "raise SystemExit('no such model')"]}, {}):
            pytest.fail("it was taken for ready")

    with pytest.raises(PeerError, match="no such model"):
        asyncio.run(started())


@pytest.mark.model
def test_the_plain_server_tells_a_real_sentence_while_the_stream_goes_on(
    model_folder: Path, demo_calls: tuple[Path, ...]
) -> None:
    """The real server in a process of its own, on some seconds of a bundled call."""
    assert asyncio.run(_played(model_folder, demo_calls[0])) != []


async def _played(model_folder: Path, recording: Path) -> list[PeerFinal]:
    import soundfile
    import soxr

    samples, rate = soundfile.read(recording, dtype="float32", always_2d=True)
    loudest = int(np.abs(samples[: 10 * rate]).mean(axis=0).argmax())
    audio: Chunk = soxr.resample(samples[: 10 * rate, loudest], rate, RATE_HZ)
    finals: list[PeerFinal] = []
    async with Plain().serve(model_folder, 2) as server:
        await server.stream(_at_once(audio), "fr", finals.append)
    return finals


async def _at_once(audio: Chunk) -> AsyncIterator[Chunk]:
    for start in range(0, len(audio), RATE_HZ // 10):
        yield audio[start : start + RATE_HZ // 10]
