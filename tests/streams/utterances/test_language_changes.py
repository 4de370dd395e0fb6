"""Callers who change their language in the middle of a call, on the real model."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from qa_monitor.demo.truth import load_truth
from streams.activity.listener import ChannelListener
from streams.activity.segmenter import SegmentPolicy
from streams.activity.vad import VoiceModel
from streams.records import Language, Samples, Speaker, Utterance
from streams.utterances.language import ChannelLanguage
from streams.utterances.transcriber import ChannelFacts, ChannelTranscriber
from tests.streams.following import CALL, LANGUAGES, PatientEngine, frames_of

pytestmark = pytest.mark.model

FR, EN = Language.FR, Language.EN
RATE_HZ = 8000
PAUSE = np.zeros(RATE_HZ, np.int16)
Line = tuple[Language, str, Samples]
"""A language, what is said in it, and how it sounds."""


def lines_of(demo_calls: tuple[Path, ...], name: str, speaker: Speaker, least_s: float = 2.5) -> list[Line]:
    """What one speaker says at some length in a bundled call."""
    (file,) = [file for file in demo_calls if file.stem == name]
    truth = load_truth(file.with_suffix(".json"))
    samples, _ = soundfile.read(file, dtype="int16")
    channel: NDArray[np.int16] = samples[:, 0 if speaker is Speaker.CUSTOMER else 1]
    return [
        (truth.language, line.text, channel[round(line.start_s * RATE_HZ) : round(line.end_s * RATE_HZ)])
        for line in truth.utterances
        if line.speaker is speaker and line.end_s - line.start_s >= least_s
    ]


class Call:
    """Both channels of a call, followed faster than real time, with one engine."""

    def __init__(self, engine: PatientEngine, voice: VoiceModel, announced: Language | None) -> None:
        self._engine = engine
        speakers = (Speaker.CUSTOMER, Speaker.AGENT)
        # one utterance per line, whatever pauses it has, and no partials: they are not what this is about
        policy = SegmentPolicy(endpoint_s=0.7, partial_every_s=60.0)
        self._listeners = [ChannelListener(voice, policy, RATE_HZ) for _ in speakers]
        self._transcribers = [self._transcriber(channel, speakers[channel], announced) for channel in (0, 1)]

    def _transcriber(self, channel: int, speaker: Speaker, announced: Language | None) -> ChannelTranscriber:
        facts = ChannelFacts(call_id=CALL, channel=channel, speaker=speaker, languages=LANGUAGES, wants_embedding=False)
        language = ChannelLanguage(announced, LANGUAGES)
        language.attentive = True
        return ChannelTranscriber(facts, self._engine, language, lambda: None)

    def follow(self, *channels: list[Line]) -> list[list[Utterance]]:
        """The finals of each channel."""
        found: list[list[Utterance]] = [[] for _ in channels]
        for channel, lines in enumerate(channels):
            sound = np.concatenate([piece for _, _, samples in lines for piece in (samples, PAUSE)])
            listener, transcriber = self._listeners[channel], self._transcribers[channel]
            for frame in frames_of(sound, RATE_HZ, channel=channel):
                for noticed in listener.feed(replace(frame, channel=channel)):
                    transcriber.notice(noticed)
                    self._engine.settle()
                    found[channel] += [one.utterance for one in transcriber.collect() if one.utterance.final]
        return found


def word_errors(lines: list[Line], found: list[Utterance]) -> float:
    """Share of the words of all lines that are wrong, missing or too many."""
    said, heard = plain(" ".join(text for _, text, _ in lines)), plain(" ".join(one.text for one in found))
    return Levenshtein.distance(said, heard) / len(said)


def plain(text: str) -> list[str]:
    return re.sub(r"[^\w]+", " ", text.lower()).split()


def languages_by_line(lines: list[Line], found: list[Utterance]) -> list[set[Language]]:
    """In which languages each line was transcribed: an utterance belongs to the line in which its middle is."""
    ends = np.cumsum([(len(samples) + len(PAUSE)) / RATE_HZ for _, _, samples in lines])
    heard: list[set[Language]] = [set() for _ in lines]
    for one in found:
        heard[int(np.searchsorted(ends, (one.start_s + one.end_s) / 2))].add(one.language)
    return heard


@pytest.mark.parametrize("announced", [FR, None])
def test_a_call_that_changes_its_language_and_changes_it_back(
    announced: Language | None, demo_calls: tuple[Path, ...], speech_engine: PatientEngine, voice_model: VoiceModel
) -> None:
    """Announced in French or not at all: the second sentence in a language is always in that language."""
    sides: list[list[Line]] = []
    for speaker in (Speaker.CUSTOMER, Speaker.AGENT):
        french = lines_of(demo_calls, "fr-3-colis-perdu", speaker)
        english = lines_of(demo_calls, "en-3-lost-parcel", speaker)
        sides.append([*french[:2], *english[:3], *french[2:4]])

    found = Call(speech_engine, voice_model, announced).follow(*sides)

    for lines, heard in zip(sides, found, strict=True):
        assert word_errors(lines, heard) < 0.3
        languages = languages_by_line(lines, heard)
        spoken = [language for language, _, _ in lines]
        for index, language in enumerate(spoken):
            if index == 0 or spoken[index - 1] is language:
                assert languages[index] == {language}, (index, languages)


def test_each_channel_has_its_own_language(
    demo_calls: tuple[Path, ...], speech_engine: PatientEngine, voice_model: VoiceModel
) -> None:
    """An English caller whose agent answers in French, as announced for the call."""
    english = lines_of(demo_calls, "en-3-lost-parcel", Speaker.CUSTOMER)[:4]
    french = lines_of(demo_calls, "fr-3-colis-perdu", Speaker.AGENT)[:4]

    found = Call(speech_engine, voice_model, FR).follow(english, french)

    assert all(languages == {EN} for languages in languages_by_line(english, found[0])[1:])
    assert all(languages == {FR} for languages in languages_by_line(french, found[1]))
    assert word_errors(english, found[0]) < 0.3
