"""What judging voices costs: milliseconds of one core for an utterance, step by step, and as a share of speech.

    python bench/emotion_cost.py --data FOLDER --json cost.json

CPU time of the one thread that does it, not wall time: other work on the machine disturbs less. `judging` is everything
beside the pitch track and the encoder states, which the speech engine has computed anyway. The share is that of the
recorded call in FOLDER/calls, pitch included: the customer's utterances judged, against voice activity and one final
text of both channels' utterances, without word times and text while speaking, so against less than a live call spends.
"""

import argparse
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import soundfile

from qa_monitor.config import load_settings
from sentiment.baseline import SpeakerBaseline
from sentiment.pitch import PitchTracker
from sentiment.policy import CustomerVoice, customer_voice
from sentiment.prosody import Floats, measure
from sentiment.timbre import Frames
from sentiment.training.neutral import Line8k, utterances
from sentiment.voice import VoiceModel
from streams.consent import Consent, Notice
from streams.models import ensure_model
from streams.records import CallId, CallStarted, Embedding, Language, Speaker, Utterance, UtteranceId
from streams.vad import VoiceModel as VoiceActivity
from streams.whisper import SpeechModel
from streams.window import Window

RATE_HZ = 16_000
LENGTH_S = 3.0
TIMES = 60
CALL = CallId("cost")
PITCH, JUDGING = "pitch", "judging"


def main() -> None:
    """Print each step, and the share of what speech costs where there is a recorded call."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures: dict[str, float] = {f"{name.replace(' ', '_')}_ms": round(found, 3) for name, found in steps_ms().items()}
    for path in sorted((options.data / "calls").glob("*.flac"))[:1]:
        figures |= share_of_speech(path)
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def ms_per_utterance() -> float:
    """Median milliseconds of one core for an utterance of `LENGTH_S`, without the pitch track in it."""
    return steps_ms()[JUDGING]


def steps_ms() -> dict[str, float]:
    """Median milliseconds of each step: the pitch track, spectra, all other figures, and judging without pitch."""
    model, baseline, samples, rng = VoiceModel.load(), SpeakerBaseline(), _sound(), np.random.default_rng(1)
    tracker = PitchTracker()
    track = tracker.track(samples, RATE_HZ)
    voices = iter([_voice(number, samples, _embedding(model.width, rng)) for number in range(TIMES)])
    pitch_ms = _median_ms(lambda: tracker.track(samples, RATE_HZ))
    return {
        PITCH: pitch_ms,
        "spectra": _median_ms(lambda: Frames.cut(samples, RATE_HZ, len(track.pitch_hz), track.hop_s)),
        "figures with spectra": _median_ms(lambda: measure(samples, RATE_HZ, track)),
        JUDGING: _median_ms(lambda: model.score(next(voices), baseline)) - pitch_ms,
    }


def share_of_speech(path: Path) -> dict[str, float]:
    """CPU seconds for speech and for emotion in one recorded call: customer first, agent second."""
    model, activity = VoiceModel.load(), VoiceActivity()
    speech = SpeechModel(ensure_model("base", load_settings().models_dir), workers=1)
    samples, rate_hz = soundfile.read(path, dtype="int16", always_2d=True)
    baseline, speech_s, emotion_s, judged = SpeakerBaseline(), 0.0, 0.0, 0
    for channel, side in enumerate(samples.T):
        began_s = time.process_time()
        heard = list(utterances(Line8k(samples=np.ascontiguousarray(side), rate_hz=rate_hz), activity))
        speech_s += time.process_time() - began_s
        for number, audio in enumerate(heard):
            began_s = time.process_time()
            window = Window(
                audio=audio, language=Language.EN, languages=tuple(Language), wants_embedding=True, wants_times=False
            )
            (text,) = speech.recognise([window])
            ended_s = time.process_time()
            speech_s += ended_s - began_s
            if channel == 0 and text.embedding is not None:
                model.score(_voice(number, audio, text.embedding), baseline)
                emotion_s += time.process_time() - ended_s
                judged += 1
    return {
        "call_s": round(len(samples) / rate_hz, 1),
        "speech_cpu_s": round(speech_s, 3),
        "emotion_cpu_s": round(emotion_s, 3),
        "utterances_judged": judged,
        "share_of_speech": round(emotion_s / speech_s, 4),
    }


def _median_ms(step: Callable[[], object]) -> float:
    spent_ms = []
    for _ in range(TIMES):
        began_s = time.thread_time()
        step()
        spent_ms.append(1000 * (time.thread_time() - began_s))
    return float(np.median(spent_ms))


def _voice(number: int, samples: Floats, embedding: Embedding) -> CustomerVoice:
    length_s = len(samples) / RATE_HZ
    start_s = number * (length_s + 1)
    call = CallStarted(
        call_id=CALL,
        channels=(Speaker.CUSTOMER,),
        rate_hz=RATE_HZ,
        started_at=datetime(2025, 3, 3, tzinfo=UTC),
        dialect="files",
        notice=Notice.CONTRACT,
        consent=Consent.GRANTED,
    )
    utterance = Utterance(
        call_id=CALL,
        utterance_id=UtteranceId(f"0-{start_s:.2f}"),
        speaker=Speaker.CUSTOMER,
        channel=0,
        start_s=start_s,
        end_s=start_s + length_s,
        text="",
        words=(),
        language=Language.EN,
        confidence=0.0,
        final=True,
        revision=1,
        embedding=embedding,
    )
    voice = customer_voice(call, utterance, samples, RATE_HZ)
    if voice is None:
        raise SystemExit("the voice was refused")
    return voice


def _embedding(width: int, rng: np.random.Generator) -> Embedding:
    return Embedding(
        mean=rng.normal(0, 0.5, width).astype(np.float32), deviation=rng.uniform(0.5, 1.5, width).astype(np.float32)
    )


def _sound() -> Floats:
    """A buzz in syllables."""
    at_s = np.arange(int(LENGTH_S * RATE_HZ)) / RATE_HZ
    buzz = sum(np.sin(2 * np.pi * 140 * order * at_s) / order for order in range(1, 24))
    found: Floats = (0.1 * buzz * np.abs(np.sin(2 * np.pi * 2 * at_s))).astype(np.float32)
    return found


if __name__ == "__main__":
    main()
