"""What judging voices and following the flow cost: milliseconds of one core, step by step, and as a share of speech.

    python bench/emotion_cost.py --data FOLDER --json cost.json

CPU time of the one thread that does it, not wall time, and of the quietest tenth of sixty times: what else the machine
does only adds to it, by caches and by the other half of a core. `judging` is everything beside the pitch track and the
encoder states, which the speech engine has computed anyway. The share is that of the recorded call in FOLDER/calls: the
customer's utterances judged, pitch included, and music, tones and who speaks when followed on both channels; against
voice activity and one final text of both channels' utterances with word times, without text while speaking, so against
less than a live call spends.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import repeat
from pathlib import Path

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.flowing.cost import ear_share
from qa_monitor.config import load_settings
from sentiment.baseline import SpeakerBaseline
from sentiment.dynamics import Conversation
from sentiment.pitch import PitchTracker
from sentiment.policy import CustomerVoice, customer_voice
from sentiment.prosody import Floats, Numbers, PitchTrack, measure
from sentiment.timbre import Frames
from sentiment.training.neutral import FRAME_S, Line8k, utterances
from sentiment.voice import VoiceModel
from streams.activity.channel_voice import ChannelVoice
from streams.activity.listener import ChannelListener
from streams.activity.segmenter import SegmentPolicy
from streams.activity.vad import VoiceModel as VoiceActivity
from streams.consent import Consent, Notice
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.model_files.models import ensure_model
from streams.records import (
    AudioFrame,
    CallId,
    CallStarted,
    ChannelActivity,
    Embedding,
    Language,
    Samples,
    Speaker,
    Utterance,
    UtteranceId,
)

RATE_HZ = 16_000
LENGTH_S = 3.0
TIMES = 60
QUIET = 10
TICK_S = 0.5
"""How often the flow is looked at."""
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
    """Milliseconds of one core for an utterance of `LENGTH_S`, without the pitch track in it."""
    return steps_ms()[JUDGING]


def steps_ms() -> dict[str, float]:
    """Milliseconds of each step: the pitch track, spectra, all other figures, and judging without pitch."""
    model, baseline, samples, rng = VoiceModel.load(), SpeakerBaseline(), _sound(), np.random.default_rng(1)
    track = model.pitch.track(samples, RATE_HZ)
    model.pitch = timed = TimedPitch()
    voices = [_voice(number, samples, _embedding(model.width, rng)) for number in range(TIMES)]
    whole_ms = _each_ms([partial(model.score, voice, baseline) for voice in voices])
    cut, figures = partial(Frames.cut, samples, RATE_HZ, len(track.pitch_hz), track.hop_s), partial(measure, samples)
    return {
        PITCH: _quiet(timed.spent_ms),
        "spectra": _quiet(_each_ms(repeat(cut, TIMES))),
        "figures with spectra": _quiet(_each_ms(repeat(partial(figures, RATE_HZ, track), TIMES))),
        JUDGING: _quiet(np.subtract(whole_ms, timed.spent_ms)),
    }


class TimedPitch(PitchTracker):
    """Notes what each utterance took."""

    def __init__(self) -> None:
        self.spent_ms: list[float] = []
        super().__init__()
        self.spent_ms.clear()

    def track(self, samples: Floats, rate_hz: int) -> PitchTrack:
        began_s = time.thread_time()
        found = super().track(samples, rate_hz)
        self.spent_ms.append(1000 * (time.thread_time() - began_s))
        return found


def share_of_speech(path: Path) -> dict[str, float]:
    """CPU seconds for speech, emotion and dynamics in one recorded call: customer first, agent second."""
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
                audio=audio, language=Language.EN, languages=tuple(Language), wants_embedding=True, wants_times=True
            )
            (text,) = speech.recognise([window])
            ended_s = time.process_time()
            speech_s += ended_s - began_s
            if channel == 0 and text.embedding is not None:
                model.score(_voice(number, audio, text.embedding), baseline)
                emotion_s += time.process_time() - ended_s
                judged += 1
    sides = (np.ascontiguousarray(samples[:, 0]), np.ascontiguousarray(samples[:, 1]))
    call_s = len(samples) / rate_hz
    sounds_s = 2 * call_s * ear_share(sides)
    speech_s -= sounds_s  # voice activity listened for music as well
    flow_s = flow_cpu_s(sides, rate_hz, activity)
    return {
        "call_s": round(call_s, 1),
        "speech_cpu_s": round(speech_s, 3),
        "emotion_cpu_s": round(emotion_s, 3),
        "sounds_cpu_s": round(sounds_s, 3),
        "flow_cpu_s": round(flow_s, 3),
        "utterances_judged": judged,
        "share_of_speech": round((emotion_s + sounds_s + flow_s) / speech_s, 4),
    }


def flow_cpu_s(sides: tuple[Samples, Samples], rate_hz: int, activity: VoiceActivity) -> float:
    """CPU seconds for following who speaks when, looked at as often as live."""
    call = _call((Speaker.CUSTOMER, Speaker.AGENT), rate_hz)
    told = [one for channel, side in enumerate(sides) for one in spoken(call, channel, side, activity)]
    conversation, spent_s = Conversation(call), 0.0
    for now_s in np.arange(TICK_S, len(sides[0]) / rate_hz, TICK_S):
        due = [one for one in told if now_s - TICK_S < one.end_s <= now_s]
        began_s = time.process_time()
        for one in due:
            conversation.feed(one)
        conversation.at(float(now_s))
        spent_s += time.process_time() - began_s
    return spent_s


def spoken(call: CallStarted, channel: int, side: Samples, activity: VoiceActivity) -> Iterator[ChannelActivity]:
    """Who begins to speak, or has spoken, on one channel."""
    listener, voice = ChannelListener(activity, SegmentPolicy(), call.rate_hz), ChannelVoice(call, channel)
    step = round(FRAME_S * call.rate_hz)
    for start in range(0, len(side), step):
        frame = AudioFrame(
            call_id=call.call_id,
            channel=channel,
            start_s=start / call.rate_hz,
            samples=side[start : start + step],
            rate_hz=call.rate_hz,
        )
        for noticed in listener.feed(frame):
            if (one := voice.told(noticed.event)) is not None:
                yield one


def _call(channels: tuple[Speaker, ...], rate_hz: int) -> CallStarted:
    return CallStarted(
        call_id=CALL,
        channels=channels,
        rate_hz=rate_hz,
        started_at=datetime(2025, 3, 3, tzinfo=UTC),
        dialect="files",
        notice=Notice.CONTRACT,
        consent=Consent.GRANTED,
    )


def _each_ms(steps: Iterable[Callable[[], object]]) -> list[float]:
    spent_ms = []
    for step in steps:
        began_s = time.thread_time()
        step()
        spent_ms.append(1000 * (time.thread_time() - began_s))
    return spent_ms


def _quiet(spent_ms: Sequence[float] | Numbers) -> float:
    return float(np.percentile(spent_ms, QUIET))


def _voice(number: int, samples: Floats, embedding: Embedding) -> CustomerVoice:
    length_s = len(samples) / RATE_HZ
    start_s = number * (length_s + 1)
    call = _call((Speaker.CUSTOMER,), RATE_HZ)
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
