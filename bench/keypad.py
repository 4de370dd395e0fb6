"""Keys that are silenced in what is kept: what of speech goes for nothing, what of keys stays, and what it costs.

    python bench/keypad.py [--json keypad.json] [--voices 60]

Speech: all recordings below `--data` or `QA_MONITOR_DATA`, the prompts of Asterisk in French and English, and the
bundled calls, at 8 kHz. Nobody types in them: whatever is silenced is speech; with `--speeds 0.93 1 1.07` each is
played slower and faster too, so that it is several voices. Keys: made as Q.23 has them, sixteen at a time, with 40 ms
between them, through each codec and kind of line; `read` is what the block decoder of `bench/sounds/keys.py` reads
before and after, of as many keys as there are. Under voices: on one channel with a prompt that goes on all the time.
Cost: processor time on one core, per second of one channel, taken a second at a time in frames of 20 ms.
"""

import argparse
import io
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np
import soundfile
import soxr

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.sounds.keys import Typing, decoded
from bench.transcribing.telephone_prompts import SOUNDS
from qa_monitor.demo.truth import CALLS_DIR
from streams.keypad.key_tones import KeyTones
from streams.records import AudioFrame, CallId, Samples
from streams.samples.codec import Encoding, decode, encode

RATE_HZ = 8000
FRAME = 160
CALL = CallId("keypad")
KEYS = "4970101234567890"
CODECS = ("plain", "mulaw", "alaw", "gsm")
TONES_S, GAP_S = (0.025, 0.04, 0.06, 0.1, 0.2), 0.04
LINES = tuple(product((-6.0, -40.0), (-8.0, 6.0), (0.0, 0.015), (20.0, 10.0)))
"""Level, twist, how far off the tones are, and how far below them the noise is."""
BELOW_DB = (0.0, 3.0, 6.0, 10.0)
Row = dict[str, str | float]


def main() -> None:
    """Print what goes of speech, what is left of keys, and the cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("QA_MONITOR_DATA"))
    parser.add_argument("--voices", type=int, default=60, help="prompts that go on while somebody types")
    parser.add_argument("--speeds", type=float, nargs="+", default=[1.0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = {
        "cost": rows(cost_row(rate_hz) for rate_hz in (8000, 16_000, 48_000)),
        "keys": rows(keys_row(codec, tone_s) for codec, tone_s in product(CODECS, TONES_S)),
        "under voices": rows(voices_row(below_db, options.voices) for below_db in BELOW_DB),
        "speech": rows(speech_row(name, paths, options.speeds) for name, paths in recordings(options.data).items()),
    }
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


def rows(found: Iterator[Row]) -> list[Row]:
    """Printed as they come."""
    every = []
    for row in found:
        print("  ".join(f"{key} {value}" for key, value in row.items()), flush=True)
        every.append(row)
    return every


def recordings(data: Path | None) -> dict[str, Sequence[Path]]:
    """Files by where they are from."""
    folders = {f"prompts {language}": path for language, path in SOUNDS.items()} | {"bundled calls": CALLS_DIR}
    if data is not None:
        folders |= {f"recordings: {path.name}": path for path in sorted(Path(data).iterdir()) if path.is_dir()}
    return {
        name: sorted(path for path in folder.rglob("*") if path.suffix in (".wav", ".flac"))
        for name, folder in folders.items()
    }


def channels_of(path: Path) -> Iterator[Samples]:
    """Each channel at 8 kHz."""
    audio, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    for channel in range(audio.shape[1]):
        yield samples_of(soxr.resample(audio[:, channel], rate_hz, RATE_HZ))


def samples_of(audio: np.ndarray) -> Samples:
    """Of 16 bits, from -1 to 1."""
    return np.clip(np.round(audio * 32768), -32768, 32767).astype(np.int16)


def silenced(samples: Samples, rate_hz: int = RATE_HZ) -> tuple[np.ndarray, int]:
    """Per sample whether it goes, and how many keys were found."""
    tones, step, found = KeyTones(1, rate_hz), FRAME * rate_hz // RATE_HZ, []
    for start in range(0, len(samples), step):
        own = samples[start : start + step]
        tones.feed(AudioFrame(call_id=CALL, channel=0, start_s=start / rate_hz, samples=own, rate_hz=rate_hz))
        if start // step % 50 == 49:
            found += tones.take()
    mask = np.zeros(len(samples), bool)
    for tone in [*found, *tones.finish()]:
        mask[round(tone.start_s * rate_hz) : round(tone.end_s * rate_hz)] = True
    return mask, tones.count


def speech_row(name: str, paths: Sequence[Path], speeds: Sequence[float]) -> Row:
    """What goes of it for nothing."""
    whole_s = gone_s = 0.0
    times = 0
    for path in paths:
        for samples, speed in product(channels_of(path), speeds):
            played = samples
            if speed != 1:
                played = samples_of(soxr.resample(samples / np.float32(32768), RATE_HZ * speed, RATE_HZ))
            mask, count = silenced(played)
            whole_s, gone_s = whole_s + len(mask) / RATE_HZ, gone_s + float(mask.sum()) / RATE_HZ
            times += count
    return {
        "of": name,
        "hours": round(whole_s / 3600, 2),
        "times": times,
        "seconds": round(gone_s, 2),
        "seconds an hour": per_hour(gone_s, whole_s),
    }


def per_hour(seconds: float, of_s: float) -> float:
    """Seconds in each hour."""
    return round(3600 * seconds / max(1.0, of_s), 2)


def keys_row(codec: str, tone_s: float) -> Row:
    """What is left of keys on all kinds of lines."""
    keys = before = after = untouched = 0
    left_s, longest_s = 0.0, 0.0
    for level_db, twist_db, off, noise_db in LINES:
        typed = Typing(tone_s=tone_s, gap_s=GAP_S, level_db=level_db, twist_db=twist_db, off=off, noise_db=noise_db)
        samples = coded(typed.samples(KEYS), codec)
        mask, _ = silenced(samples)
        lefts = [
            float((~mask[round(a * RATE_HZ) : round(b * RATE_HZ)]).sum()) / RATE_HZ for a, b in typed.spans_s(KEYS)
        ]
        keys, before = keys + len(KEYS), before + len(decoded(samples))
        after += len(decoded(samples * ~mask))
        untouched += sum(left > 0.9 * tone_s for left in lefts)
        left_s, longest_s = left_s + sum(lefts), max(longest_s, *lefts)
    return {
        "codec": codec,
        "tone ms": round(1000 * tone_s),
        "keys": keys,
        "read before": before,
        "read after": after,
        "not found": untouched,
        "left %": round(100 * left_s / keys / tone_s, 2),
        "longest piece ms": round(1000 * longest_s, 1),
    }


def coded(samples: Samples, codec: str) -> Samples:
    """As a line brings it."""
    if codec == "plain":
        return samples
    if codec == "gsm":
        file = io.BytesIO()
        soundfile.write(file, samples, RATE_HZ, format="WAV", subtype="GSM610")
        return soundfile.read(io.BytesIO(file.getvalue()), dtype="int16")[0][: len(samples)]
    encoding = Encoding(codec)
    return decode(encode(samples, encoding), encoding)


def voices_row(below_db: float, count: int) -> Row:
    """Keys under a voice that goes on all the time, so far below them."""
    typed = Typing(tone_s=0.1, gap_s=0.1)
    keys = typed.samples(KEYS).astype(np.float64)
    paths = [path for folder in SOUNDS.values() for path in sorted(folder.glob("*.wav"))]
    before = after = voices = 0
    for path in paths[:: max(1, len(paths) // max(1, count))][:count]:
        voice = np.resize(next(channels_of(path)), len(keys)).astype(np.float64)
        loud = voice[np.abs(voice) > 300]
        if not len(loud):
            continue
        scaled = voice / np.sqrt(np.mean(loud**2)) * 32768 * 10 ** ((typed.level_db - below_db) / 20)
        both = np.clip(np.round(keys + scaled), -32768, 32767).astype(np.int16)
        mask, _ = silenced(both)
        voices += 1
        before, after = before + len(decoded(both)), after + len(decoded(both * ~mask))
    return {"voice below keys dB": below_db, "keys": voices * len(KEYS), "read before": before, "read after": after}


def cost_row(rate_hz: int) -> Row:
    """Of a bundled call, whose customer speaks about half the time, and of speech without a pause."""
    talk = next(channels_of(sorted(CALLS_DIR.glob("*.flac"))[0])) / np.float32(32768)
    loud = np.concatenate([part for part in np.array_split(talk, len(talk) // RATE_HZ) if np.abs(part).max() > 0.02])
    return {"rate": rate_hz} | {
        f"microseconds a second, {name}": spent_us(samples_of(soxr.resample(audio, RATE_HZ, rate_hz)), rate_hz)
        for name, audio in (("a side of a call", talk), ("speech without a pause", loud))
    }


def spent_us(samples: Samples, rate_hz: int) -> float:
    """The least of five times, of what it takes besides cutting frames."""
    spent_s = []
    for _ in range(5):
        tones, step = KeyTones(1, rate_hz), FRAME * rate_hz // RATE_HZ
        frames = [
            AudioFrame(call_id=CALL, channel=0, start_s=at / rate_hz, samples=samples[at : at + step], rate_hz=rate_hz)
            for at in range(0, len(samples), step)
        ]
        began_s = time.thread_time()
        for number, frame in enumerate(frames):
            tones.feed(frame)
            if number % 50 == 49:
                tones.take()
        spent_s.append(time.thread_time() - began_s)
    return round(min(spent_s) * 1e6 / (len(samples) / rate_hz))


if __name__ == "__main__":
    main()
