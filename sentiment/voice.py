"""Adapter: the customer's voice to emotion, through onnxruntime."""

from pathlib import Path

import numpy as np
import onnxruntime

from sentiment.baseline import Prior, SpeakerBaseline
from sentiment.comparison import compare, pace_wps
from sentiment.explanation import explain
from sentiment.pitch import PitchTracker
from sentiment.policy import CustomerVoice, VoiceRefused, voice_allowed
from sentiment.prosody import FEATURES, Floats, VoiceMeasures, analysed, feature_row, measure
from sentiment.records import Emotion, EmotionScore
from streams.records import Embedding

WEIGHTS = Path(__file__).with_name("weights") / "emotion.onnx"
SHORTEST_S = 0.8
LEAST_VOICED_S = 0.3
FULL_TRUST_S = 9.0
"""Speech heard before, from which on the baseline is trusted fully."""
FIRST_TRUST = 0.5
"""How far a score is trusted when nothing was heard before."""
FULL_VOICE_S = 1.0
PLACE = {
    Emotion.ANGER: (0.8, -0.8),
    Emotion.DISTRESS: (-0.1, -0.7),
    Emotion.NEUTRAL: (-0.1, 0.0),
    Emotion.HAPPY: (0.6, 0.8),
}
"""Arousal and valence of each class. Distress lies between sad (low arousal) and afraid (high)."""


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
        self.width = int(described["width"])
        """Size of that model's encoder states."""
        nothing = {"standardised": np.zeros((1, len(FEATURES) + 2 * self.width), dtype=np.float32)}
        mean, deviation = self._session.run(["prior_mean", "prior_deviation"], nothing)
        self._prior = Prior(mean=mean, deviation=deviation)
        self._pitch = PitchTracker()

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> "VoiceModel":
        """The weights that come with the product, or others."""
        return cls(path)

    def score(self, voice: CustomerVoice, baseline: SpeakerBaseline) -> EmotionScore:
        """Judge one final utterance against the same speaker's baseline, which learns it too.

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
        features = self._features(utterance.embedding, measures)
        probabilities, trust = dict.fromkeys(Emotion, 1 / len(Emotion)), 0.0
        enough = features is not None and spoken_s >= SHORTEST_S and measures.voiced_s >= LEAST_VOICED_S
        if features is not None and enough:
            trust = _trust(baseline.spoken_s, measures.voiced_s)
            baseline.learn(features, spoken_s, self._prior, pace)
            probabilities = self._judge(baseline.standardise(features, self._prior))
        english, french = explain(prosody, enough=enough)
        return EmotionScore(
            call_id=utterance.call_id,
            utterance_id=utterance.utterance_id,
            probabilities=probabilities,
            arousal=sum(share * PLACE[emotion][0] for emotion, share in probabilities.items()),
            valence=sum(share * PLACE[emotion][1] for emotion, share in probabilities.items()),
            certainty=trust * _concentration(probabilities),
            enough=enough,
            prosody=prosody,
            explanation_en=english,
            explanation_fr=french,
        )

    def _measure(self, voice: CustomerVoice) -> VoiceMeasures:
        samples = analysed(voice.samples, voice.rate_hz)
        if not len(samples):
            samples = np.zeros(1, dtype=np.float32)
        return measure(samples, voice.rate_hz, self._pitch.track(samples, voice.rate_hz))

    def _features(self, embedding: Embedding | None, measures: VoiceMeasures) -> Floats | None:
        """One row for the model; none where the speech model gave nothing that fits it."""
        if embedding is None or embedding.mean.shape != (self.width,) or embedding.deviation.shape != (self.width,):
            return None
        return feature_row(measures, embedding)

    def _judge(self, standardised: Floats) -> dict[Emotion, float]:
        (rows,) = self._session.run(["probabilities"], {"standardised": standardised[None]})
        return {emotion: float(share) for emotion, share in zip(Emotion, rows[0], strict=True)}


def _session(path: Path) -> onnxruntime.InferenceSession:
    if not path.is_file():
        raise EmotionModelError(path, "no such file")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
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
