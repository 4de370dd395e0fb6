"""What it costs to listen for music, and how often speech is taken for it."""

from pathlib import Path
from time import process_time

import numpy as np
import soundfile
import soxr

from bench.flowing.clips import LINE_HZ, Wave
from bench.flowing.hearing import followed
from bench.transcribing.telephone_prompts import RATE_HZ, Choice, prompts_of
from streams.activity.music import MusicEar
from streams.activity.vad import CHUNK, VoiceModel
from streams.records import Language, Samples
from streams.samples.codec import Encoding, decode, encode

_GAP_S = 0.5
_STRETCH_S = 600.0


def ear_share(channels: tuple[Samples, Samples]) -> float:
    """CPU seconds for every second of one channel, as a share of a core."""
    spent_s = heard_s = 0.0
    for samples in channels:
        audio = soxr.resample(samples.astype(np.float32) / 32768, LINE_HZ, RATE_HZ).astype(np.float32)
        ear = MusicEar()
        began_s = process_time()
        for start in range(0, len(audio) - CHUNK, CHUNK):
            list(ear.feed(audio[start : start + CHUNK], [0.0], (start + CHUNK) / RATE_HZ))
        spent_s += process_time() - began_s
        heard_s += len(samples) / LINE_HZ
    return round(spent_s / heard_s, 5)


def false_holds(data: Path, model: VoiceModel) -> dict[str, float]:
    """Holds told of real speech, over all prompts strung into calls and all recordings of calls."""
    hours, holds = 0.0, 0
    for channels in _calls(data):
        coded = tuple(decode(encode(one, Encoding.MULAW), Encoding.MULAW) for one in channels)
        on_hold = [dynamics.hold_since_s for dynamics in followed((coded[0], coded[1]), model)]
        holds += len({since_s for since_s in on_hold if since_s is not None})
        hours += len(channels[0]) / LINE_HZ / 3600
    return {"hours": round(hours, 2), "holds": holds, "per_hour": round(holds / max(1e-9, hours), 2)}


def _calls(data: Path) -> list[tuple[Samples, Samples]]:
    calls = []
    for language in Language:
        wave = np.concatenate(
            [_spaced(clip.audio) for clip in prompts_of(language, Choice(shortest_s=0.3, longest_s=60))]
        )
        for start in range(0, len(wave), int(_STRETCH_S * LINE_HZ)):
            stretch = _samples(wave[start : start + int(_STRETCH_S * LINE_HZ)])
            calls.append((stretch, np.zeros_like(stretch)))
    for path in sorted([*(data / "calls").glob("*.flac"), *(data / "telephone").glob("*.wav")]):
        recorded, rate_hz = soundfile.read(path, always_2d=True)
        sides = [_samples(soxr.resample(side, rate_hz, LINE_HZ)) for side in recorded.T]
        calls.append((sides[0], sides[1] if len(sides) > 1 else np.zeros_like(sides[0])))
    return calls


def _spaced(audio: np.ndarray[tuple[int], np.dtype[np.float32]]) -> Wave:
    wave = soxr.resample(audio, RATE_HZ, LINE_HZ)
    return np.concatenate([wave, np.zeros(int(_GAP_S * LINE_HZ))])


def _samples(wave: Wave) -> Samples:
    return np.clip(np.round(wave * 32767), -32768, 32767).astype(np.int16)
