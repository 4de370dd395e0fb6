"""Recordings of one speaker each, judged one after the other as a live call would judge them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from qa_monitor.one_voice import OneVoiceError, one_voice
from sentiment.baseline import SpeakerBaseline
from sentiment.policy import VoiceRefused, customer_voice
from sentiment.prosody import Floats
from sentiment.records import EmotionScore
from sentiment.trimming import spoken_part
from sentiment.voice import SHORTEST_S, VoiceModel
from streams.consent import Consent, Notice
from streams.model.whisper import SpeechModel
from streams.records import CallId, CallStarted, Language, Speaker, Utterance, UtteranceId
from streams.samples.resample import SPEECH_RATE_HZ

CHANNEL = 0
LONGEST_S = 28
"""Of a longer recording the end is judged: the speech model hears 30 s at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """What judging a file takes."""

    speech: SpeechModel
    voice: VoiceModel


@dataclass(slots=True, kw_only=True, eq=False)
class _Speaker:
    """One folder: everything in it is said by one person in one call."""

    call: CallStarted
    baseline: SpeakerBaseline = field(default_factory=SpeakerBaseline)
    heard_s: float = 0.0


def judged(
    files: Sequence[Path], models: Models, *, telephone: bool
) -> Iterator[tuple[Path, EmotionScore | OneVoiceError]]:
    """Each file, in order, with its score, or with what keeps it from being judged.

    The files of one folder share the online baseline of one speaker. `telephone`: pass them through 8 kHz G.711 first.
    Only for people who agreed to it, never for agents: whoever names the files answers for that.
    """
    speakers: dict[Path, _Speaker] = {}
    for path in files:
        speaker = speakers.setdefault(path.resolve().parent, _Speaker(call=_call(path)))
        try:
            audio = _heard(path, telephone=telephone)
        except OneVoiceError as error:
            yield path, error
        else:
            yield path, _score(audio, speaker, models)


def _call(path: Path) -> CallStarted:
    return CallStarted(
        call_id=CallId(path.resolve().parent.name or "recordings"),
        channels=(Speaker.CUSTOMER,),
        rate_hz=SPEECH_RATE_HZ,
        started_at=datetime.fromtimestamp(0, UTC),
        dialect="files",
        notice=Notice.CONTRACT,
        consent=Consent.GRANTED,
    )


def _heard(path: Path, *, telephone: bool) -> Floats:
    """16 kHz mono, -1 to 1, without the silence at both ends."""
    return spoken_part(one_voice(path, telephone=telephone), SPEECH_RATE_HZ)[-LONGEST_S * SPEECH_RATE_HZ :]


def _score(audio: Floats, speaker: _Speaker, models: Models) -> EmotionScore:
    start_s, duration_s = speaker.heard_s, len(audio) / SPEECH_RATE_HZ
    speaker.heard_s += duration_s
    utterance = Utterance(
        call_id=speaker.call.call_id,
        utterance_id=UtteranceId(f"{CHANNEL}-{start_s:.2f}"),
        speaker=Speaker.CUSTOMER,
        channel=CHANNEL,
        start_s=start_s,
        end_s=start_s + duration_s,
        text="",
        words=(),
        language=Language.EN,
        confidence=0.0,
        final=True,
        revision=1,
    )
    if duration_s >= SHORTEST_S:
        utterance = replace(utterance, embedding=models.speech.embedding(audio))
    voice = customer_voice(speaker.call, utterance, audio, SPEECH_RATE_HZ)
    if voice is None:
        raise VoiceRefused("the speaker of a recording must be a customer who agreed")
    return models.voice.score(voice, speaker.baseline)
