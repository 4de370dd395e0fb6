"""The classifier: a linear discriminant with shrinkage, its temperature, and how it becomes ONNX."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from sentiment.baseline import Prior
from sentiment.prosody import FEATURES, Floats
from sentiment.records import Emotion
from sentiment.training.corpus import CLASSES, Whole

SHRINKAGE = 0.5
PROSODY_WEIGHT = 3.0
"""Twelve numbers against a thousand would drown otherwise."""
OPSET, IR = 17, 9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Head:
    """Standardised features to probabilities."""

    weights: NDArray[np.float64]
    """Features by classes."""
    bias: NDArray[np.float64]
    temperature: float = 1.0
    """Above 1 softens."""

    def scores(self, standardised: Floats) -> NDArray[np.float64]:
        """Before temperature and softmax."""
        found: NDArray[np.float64] = standardised @ self.weights + self.bias
        return found

    def probabilities(self, standardised: Floats) -> NDArray[np.float64]:
        """One row each, over `CLASSES`."""
        return softmax(self.scores(standardised) / self.temperature)

    def at(self, temperature: float) -> "Head":
        """The same, softer or sharper."""
        return replace(self, temperature=temperature)


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows that sum to 1."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def fit(standardised: Floats, emotion: Whole) -> Head:
    """The discriminant, with every class as likely as any other beforehand."""
    scale = np.ones(standardised.shape[1], dtype=np.float32)
    scale[: len(FEATURES)] = PROSODY_WEIGHT
    even = np.full(len(CLASSES), 1 / len(CLASSES))
    found = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=SHRINKAGE, priors=even)
    found.fit(standardised * scale, emotion)
    return Head(weights=(found.coef_ * scale).T, bias=found.intercept_)


def best_temperature(scores: NDArray[np.float64], emotion: Whole) -> float:
    """The one that makes the probabilities most honest: least mean surprise at what was the case."""
    candidates = np.geomspace(0.5, 50, 200)
    return float(candidates[int(np.argmin([surprise(softmax(scores / each), emotion) for each in candidates]))])


def surprise(probabilities: NDArray[np.float64], emotion: Whole) -> float:
    """Mean negative log-probability of the true class."""
    return float(-np.log(probabilities[np.arange(len(emotion)), emotion] + 1e-12).mean())


def export(head: Head, prior: Prior, speech_model: str, path: Path) -> None:
    """Write one ONNX file that holds the head, the prior, and what they were made for."""
    size = len(prior.mean)
    graph = helper.make_graph(
        [
            helper.make_node("Gemm", ["standardised", "weights", "bias"], ["scores"]),
            helper.make_node("Softmax", ["scores"], ["probabilities"], axis=1),
            helper.make_node("Constant", [], ["prior_mean"], value=_tensor("mean", prior.mean)),
            helper.make_node("Constant", [], ["prior_deviation"], value=_tensor("deviation", prior.deviation)),
        ],
        "emotion",
        [helper.make_tensor_value_info("standardised", TensorProto.FLOAT, ["utterances", size])],
        [
            helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["utterances", len(Emotion)]),
            helper.make_tensor_value_info("prior_mean", TensorProto.FLOAT, [size]),
            helper.make_tensor_value_info("prior_deviation", TensorProto.FLOAT, [size]),
        ],
        [_tensor("weights", head.weights / head.temperature), _tensor("bias", head.bias / head.temperature)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    described = {
        "features": ",".join(FEATURES),
        "classes": ",".join(CLASSES),
        "width": str((size - len(FEATURES)) // 2),
        "speech_model": speech_model,
    }
    helper.set_model_props(model, described)
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))


def _tensor(name: str, values: NDArray[np.float64] | Floats) -> onnx.TensorProto:
    return numpy_helper.from_array(np.ascontiguousarray(values, dtype=np.float32), name)
