"""Adapter: the customer's voice to emotion, through onnxruntime."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from sentiment.baseline import Prior, SpeakerBaseline
from sentiment.clipping import clipped_share
from sentiment.comparison import compare, pace_wps
from sentiment.explanation import explain
from sentiment.pitch import PitchTracker
from sentiment.policy import CustomerVoice, VoiceRefused, voice_allowed
from sentiment.prosody import FEATURES, Floats, VoiceMeasures, analysed, feature_row, measure
from sentiment.records import Emotion, EmotionScore
from streams.machine.networks import network
from streams.records import Embedding

WEIGHTS = Path(__file__).with_name("weights")
USUAL_SPEECH_MODEL = "base"
SHORTEST_S = 0.6
LEAST_VOICED_S = 0.2
FULL_TRUST_S = 9.0
"""Speech heard before, from which on the baseline is trusted fully."""
FIRST_TRUST = 0.5
"""How far a score is trusted when nothing was heard before."""
PROSODY_TRUST = 0.7
"""How far, against others, one that was made without encoder states."""
FULL_VOICE_S = 1.0
CLIPPED_SHARE = 0.2
"""Share of samples cut off by the end of the scale from which on nothing can be told; below, the less is certain. What
is overdriven loses the rise and fall of its level, as the voice of somebody afraid does: anger was called distress."""
VOICE_HEAD, PROSODY_HEAD = "", "prosody_"
"""How the outputs of the two heads begin: one judges encoder states and prosody, one prosody alone."""


class EmotionModelError(RuntimeError):
    """The weights cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"emotion model {path}: {reason}")
        self.path, self.reason = path, reason


class VoiceModel:
    """The loaded model, shared by all calls and threads. All state of a speaker is in their `SpeakerBaseline`."""

    def __init__(self, path: Path) -> None:
        """Raises EmotionModelError where the file is missing, unreadable, or made for other features."""
        self._session = _session(path)
        described: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        for name, wanted in (("features", ",".join(FEATURES)), ("classes", ",".join(Emotion))):
            if described.get(name) != wanted:
                raise EmotionModelError(path, f"made for {name} {described.get(name)!r}, not {wanted!r}")
        self.speech_model = described["speech_model"]
        """The speech model whose encoder states the weights were fitted on. Those of another mean nothing to them."""
        self.takes_states = True
        """False where utterances come from another speech model: then prosody alone is judged."""
        self.width = int(described["width"])
        """Size of that model's encoder states."""
        nothing = {"standardised": np.zeros((1, len(FEATURES) + 2 * self.width), dtype=np.float32)}
        mean, deviation = self._session.run(["prior_mean", "prior_deviation"], nothing)
        self._prior = Prior(mean=mean, deviation=deviation)
        self.pitch = PitchTracker()
        """What hears the pitch: most of what judging costs."""

    @classmethod
    def load(cls, speech_model: str = USUAL_SPEECH_MODEL, folder: Path = WEIGHTS) -> "VoiceModel":
        """The weights for the encoder states of this speech model; where there are none, others', by prosody alone."""
        own = folder / f"emotion-{Path(speech_model).name}.onnx"
        found = cls(own if own.is_file() else folder / f"emotion-{USUAL_SPEECH_MODEL}.onnx")
        found.takes_states = found.speech_model == Path(speech_model).name
        return found

    def fits(self, baseline: SpeakerBaseline) -> bool:
        """Whether it can judge against this baseline: one that was made with other weights may know other features."""
        return baseline.fits(self._prior)

    def score(self, voice: CustomerVoice, baseline: SpeakerBaseline) -> EmotionScore:
        """Judge one final utterance against the same speaker's baseline, which learns it too, unless it is cut off.

        Safe from several threads as long as one speaker's utterances come one after the other. About 15 ms of one core
        per second of audio, 6 s of audio at most. Raises VoiceRefused where the voice is not the customer's own.
        """
        utterance = voice.utterance
        if not voice_allowed(voice.call, utterance):
            raise VoiceRefused(f"call {voice.call.call_id}, channel {utterance.channel}: this voice must not be judged")
        if not utterance.final:
            raise ValueError(f"utterance {utterance.utterance_id} is not final: a baseline learns each utterance once")
        measures, pace = self._measure(voice), pace_wps(utterance)
        prosody = compare(measures, pace, baseline)
        # the audio bounds what was said: the times of an utterance may reach into a gap
        spoken_s = min(utterance.end_s - utterance.start_s, len(voice.samples) / voice.rate_hz)
        voiced = spoken_s >= SHORTEST_S and measures.voiced_s >= LEAST_VOICED_S
        clear = max(0.0, 1 - clipped_share(voice.samples) / CLIPPED_SHARE)
        judged, trust = UNTOLD, 0.0
        if voiced:
            head, features = self._features(utterance.embedding, measures)
            trust = (
                clear * _trust(baseline.spoken_s, measures.voiced_s) * (PROSODY_TRUST if head == PROSODY_HEAD else 1.0)
            )
            judged = self._judge(head, baseline.standardise(features, self._prior))
        if voiced and clear:
            baseline.learn(features, spoken_s, self._prior, pace, judged.moved)
            judged = self._judge(head, baseline.standardise(features, self._prior))
        probabilities = dict(zip(Emotion, judged.probabilities, strict=True))
        english, french = explain(prosody, voiced=voiced, clear=clear > 0)
        return EmotionScore(
            call_id=utterance.call_id,
            utterance_id=utterance.utterance_id,
            probabilities=probabilities,
            arousal=judged.arousal,
            valence=judged.valence,
            certainty=trust * _concentration(probabilities),
            enough=voiced and clear > 0,
            prosody=prosody,
            explanation_en=english,
            explanation_fr=french,
        )

    def _measure(self, voice: CustomerVoice) -> VoiceMeasures:
        samples = analysed(voice.samples, voice.rate_hz)
        if not len(samples):
            samples = np.zeros(1, dtype=np.float32)
        return measure(samples, voice.rate_hz, self.pitch.track(samples, voice.rate_hz))

    def _features(self, embedding: Embedding | None, measures: VoiceMeasures) -> tuple[str, Floats]:
        """Which head can judge it, and one row for it: without states where the speech model gave none that fit."""
        fits = self.takes_states and embedding is not None and embedding.mean.shape == (self.width,)
        return (VOICE_HEAD if fits else PROSODY_HEAD), feature_row(measures, embedding if fits else None, self.width)

    def _judge(self, head: str, standardised: Floats) -> "_Judged":
        names = [head + name for name in ("probabilities", "affect", "moved")]
        shares, affect, moved = self._session.run(names, {"standardised": standardised[None]})
        return _Judged(
            probabilities=tuple(float(share) for share in shares[0]),
            arousal=float(affect[0, 0]),
            valence=float(affect[0, 1]),
            moved=moved[0],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Judged:
    probabilities: tuple[float, ...]
    """In the order of `Emotion`."""
    arousal: float
    valence: float
    moved: Floats
    """By how many of the prior's deviations the feeling is thought to move each feature from calm."""


UNTOLD = _Judged(
    probabilities=(1 / len(Emotion),) * len(Emotion), arousal=0.0, valence=0.0, moved=np.zeros(0, dtype=np.float32)
)
"""What is said where there is not enough to tell."""


def _session(path: Path) -> onnxruntime.InferenceSession:
    if not path.is_file():
        raise EmotionModelError(path, "no such file")
    try:
        return network(path)
    except Exception as error:  # onnxruntime raises kinds of its own that share no public parent
        raise EmotionModelError(path, "not a readable ONNX model") from error


def _trust(heard_before_s: float, voiced_s: float) -> float:
    """0 to 1: less where little was heard before, or where this utterance holds little voice."""
    known = FIRST_TRUST + (1 - FIRST_TRUST) * min(1.0, heard_before_s / FULL_TRUST_S)
    return known * min(1.0, voiced_s / FULL_VOICE_S)


def _concentration(probabilities: dict[Emotion, float]) -> float:
    """0 where all are equally probable, 1 where one is certain."""
    shares = np.maximum(np.array(list(probabilities.values())), 1e-9)
    return float(np.clip(1 + (shares * np.log(shares)).sum() / np.log(len(shares)), 0.0, 1.0))
