"""A card number typed on the telephone, through the whole service: heard as tones, told as events, kept as neither."""

import asyncio
import io
import re
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from bench.sounds.keys import LEAD_S, Typing, decoded
from qa_monitor.simulator.scenario import PlannedCall, StreamProtocol
from qa_monitor.simulator.sender import Line, play
from streams.samples.codec import Encoding, decode, encode
from tests.qa_monitor.listening import console
from tests.qa_monitor.playing import BOTH, a_planned_call, dictated
from tests.qa_monitor.service import Running, running, settings_for

pytestmark = pytest.mark.slow
MULAW = Encoding.MULAW
NAME = "en-2-charged-twice"
CARD = "4539148803436467"
FROM_S, UNTIL_S = 8.0, 16.0
TYPING = Typing(tone_s=0.09, gap_s=0.06)


def typing_call(protocol: StreamProtocol) -> PlannedCall:
    """While both speak, the customer types; 30 dB softer and 70 ms later it is heard on the agent's side."""
    call = a_planned_call(NAME, until_s=UNTIL_S, call_id=f"typed-{protocol}")
    keys = TYPING.samples(CARD)[round(LEAD_S * call.rate_hz) :]
    mixed = call.samples.astype(np.int32)
    for channel, at_s, softer in ((0, FROM_S, 1), (1, FROM_S + 0.07, 32)):
        first = round(at_s * call.rate_hz)
        mixed[first : first + len(keys), channel] += keys // softer
    return replace(call, samples=mixed.clip(-32768, 32767).astype(np.int16))


async def follow(service: Running, call: PlannedCall, line: Line) -> None:
    async with console(service.url) as listener:
        (sent,) = await play([call], line)
        assert sent.error is None
        await listener.until(
            lambda one: one.event == "call" and one.data["call_id"] == call.call_id and one.data["state"] == "ended", 60
        )


def audio_of(service: Running, path: str) -> NDArray[np.int16]:
    answer = httpx.get(f"{service.url}{path}", timeout=30)
    assert answer.status_code == 200, answer.text
    samples, _ = soundfile.read(io.BytesIO(answer.content), dtype="int16", always_2d=True)
    found: NDArray[np.int16] = samples
    return found


@pytest.mark.parametrize("protocol", BOTH)
def test_no_key_that_is_typed_can_be_read_off_what_is_kept(protocol: StreamProtocol, tmp_path: Path) -> None:
    """Neither in the recording nor in a clip nor on the disk; what was said before and after is as it was."""
    call = typing_call(protocol)
    assert len(decoded(call.samples[:, 0], least_share=0.3)) >= len(CARD)
    with running(settings_for(tmp_path), dictated(NAME, call)) as service:
        asyncio.run(follow(service, call, Line(url=service.url, protocol=protocol, speed=8.0)))
        audio = audio_of(service, f"/v1/calls/{call.call_id}/audio")
        clip = audio_of(service, f"/v1/calls/{call.call_id}/audio?start_s={FROM_S}&end_s={UNTIL_S}")
        metrics = httpx.get(f"{service.url}/metrics", timeout=60).text
    (file,) = tmp_path.rglob("*.wav")
    kept, _ = soundfile.read(file, dtype="int16", always_2d=True)

    typed_s = FROM_S + len(CARD) * (TYPING.tone_s + TYPING.gap_s)
    for samples in (audio, clip, kept):
        assert [decoded(samples[:, channel], least_share=0.3) for channel in (0, 1)] == ["", ""]
    before, after = round((FROM_S - 0.4) * call.rate_hz), round((typed_s + 3.2) * call.rate_hz)
    sent = call.samples
    if protocol is not StreamProtocol.PCM:
        sent = decode(encode(sent, MULAW), MULAW).reshape(sent.shape)
    assert np.array_equal(audio[:before], sent[:before])
    assert np.array_equal(audio[after : len(sent)], sent[after:])
    assert call.samples[:before].any()
    assert call.samples[after:].any()
    (counted,) = re.findall(r'redactions_total\{kind="keypad"\} ([0-9.]+)', metrics)
    assert float(counted) > 0


def test_keys_are_kept_where_keypad_is_left_out(tmp_path: Path) -> None:
    """`QA_MONITOR_REDACT` without it."""
    call = typing_call(StreamProtocol.PCM)
    settings = settings_for(tmp_path, redact="card,cvv,expiry,iban,phone,email")
    with running(settings, dictated(NAME, call)) as service:
        asyncio.run(follow(service, call, Line(url=service.url, speed=8.0)))
        audio = audio_of(service, f"/v1/calls/{call.call_id}/audio")

    assert np.array_equal(audio[: len(call.samples)], call.samples)
