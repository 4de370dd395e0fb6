"""One side of a call, cut to utterances by the real voice activity and segmenter: composed of prompts, or recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import faster_whisper
import numpy as np
import soundfile
import soxr

from bench.transcribing.telephone_prompts import RATE_HZ, Choice, Clip, prompts_of
from bench.transcribing.word_errors import numbered
from streams.activity.listener import ChannelListener
from streams.activity.segmenter import SegmentPolicy, SpeechEnded
from streams.activity.vad import VoiceModel
from streams.records import Audio, AudioFrame, CallId, Language, Samples

LINE_HZ = 8000
HISS_DB = -55.0
NOT_SAID = ("letters/", "phonetic/", "spy-", "dir-multi", "beep")
"""Prompts whose text is not what people say: single letters, code words, names of products."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """One utterance, as the segmenter cut it."""

    audio: Audio
    start_s: float
    end_s: float
    text: str
    """What was said, or what the stronger passes agree on."""
    sure: bool
    """False where they do not."""

    @property
    def duration_s(self) -> float:
        """Length of its audio."""
        return len(self.audio) / RATE_HZ


def composed(language: Language, count: int) -> Iterator[Said]:
    """Sentences, each followed by a short prompt, as one side of a call."""
    generator = np.random.default_rng(3)
    short = prompts_of(language, Choice(shortest_s=0.3, longest_s=1.5, fewest_words=1))
    short = [clip for clip in short if not clip.name.startswith(NOT_SAID)]
    sentences = prompts_of(language, Choice(shortest_s=1.8, longest_s=7.0, fewest_words=4))
    clips: list[Clip] = []
    for index in generator.permutation(len(short))[:count]:
        clips += [sentences[generator.integers(len(sentences))], short[index]]
    pieces, middles, at = [np.zeros(RATE_HZ // 2, np.float32)], [], RATE_HZ // 2
    for clip in clips:
        middles.append((at + len(clip.audio) / 2) / RATE_HZ)
        pause = np.zeros(round(generator.uniform(0.75, 2.0) * RATE_HZ), np.float32)
        pieces += [clip.audio, pause]
        at += len(clip.audio) + len(pause)
    channel = np.concatenate(pieces)
    channel += generator.standard_normal(len(channel)).astype(np.float32) * np.float32(10 ** (HISS_DB / 20))
    for event, audio in utterances(_line(channel)):
        inside = [
            clip.text for clip, middle in zip(clips, middles, strict=True) if event.start_s <= middle <= event.end_s
        ]
        yield Said(audio=audio, start_s=event.start_s, end_s=event.end_s, text=" ".join(inside), sure=bool(inside))


def real(file: Path, language: Language, strong: faster_whisper.WhisperModel) -> Iterator[list[Said]]:
    """Each channel of a recorded call, with what two stronger passes agree on."""
    samples, rate_hz = soundfile.read(file, dtype="int16", always_2d=True)
    for number in range(samples.shape[1]):
        channel = np.ascontiguousarray(samples[:, number])
        audio = soxr.resample(channel / np.float32(32768), rate_hz, RATE_HZ).astype(np.float32)
        passes = [words_of(strong, audio, language, told=told) for told in (True, False)]
        said = []
        for event, own in utterances(channel):
            texts = [" ".join(text for text, at_s in words if event.start_s <= at_s <= event.end_s) for words in passes]
            sure = numbered(texts[0], language) == numbered(texts[1], language)
            said.append(Said(audio=own, start_s=event.start_s, end_s=event.end_s, text=texts[0], sure=sure))
        yield said


def words_of(
    strong: faster_whisper.WhisperModel, audio: Audio, language: Language, *, told: bool
) -> list[tuple[str, float]]:
    """Every word of a whole channel and the second at its middle; `told`: with the text so far as context."""
    segments, _ = strong.transcribe(
        audio,
        language=language.value,
        beam_size=5,
        temperature=(0.0, 0.2, 0.4),
        condition_on_previous_text=told,
        word_timestamps=True,
    )
    return [(word.word.strip(), (word.start + word.end) / 2) for segment in segments for word in segment.words]


def utterances(samples: Samples) -> Iterator[tuple[SpeechEnded, Audio]]:
    """What the real voice activity and segmenter make of a channel."""
    listener = ChannelListener(VoiceModel(), SegmentPolicy(), LINE_HZ)
    for start in range(0, len(samples), LINE_HZ):
        frame = AudioFrame(
            call_id=CallId("bench"),
            channel=0,
            start_s=start / LINE_HZ,
            samples=samples[start : start + LINE_HZ],
            rate_hz=LINE_HZ,
        )
        for noticed in listener.feed(frame):
            if isinstance(noticed.event, SpeechEnded) and noticed.audio is not None:
                yield noticed.event, noticed.audio
    for noticed in listener.finish():
        if isinstance(noticed.event, SpeechEnded) and noticed.audio is not None:
            yield noticed.event, noticed.audio


def _line(audio: Audio) -> Samples:
    """As it arrives over a telephone line: 8 kHz, 16 bits."""
    narrow = soxr.resample(audio, RATE_HZ, LINE_HZ)
    samples: Samples = np.clip(np.round(narrow * 32767), -32768, 32767).astype(np.int16)
    return samples
