"""Heads to one ONNX file, with the prior they are held against and what they were made for."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from sentiment.baseline import Prior
from sentiment.prosody import FEATURES, Floats
from sentiment.records import Emotion
from sentiment.training.corpus import CLASSES
from sentiment.training.head import Head

OPSET, IR = 17, 9
HEADS = ("", "prosody_")
"""How the names of each head's outputs begin: encoder states and prosody, prosody alone."""


def export(voice: Head, prosody: Head, prior: Prior, speech_model: str, path: Path) -> None:
    """Write both heads: `voice` for utterances with encoder states, `prosody` for those without."""
    size = len(prior.mean)
    constants = {"prior_mean": prior.mean, "prior_deviation": prior.deviation}
    stored: dict[str, NDArray[np.float64]] = {}
    nodes = [node for mark, head in zip(HEADS, (voice, prosody), strict=True) for node in _head(mark, head, stored)]
    nodes += [
        helper.make_node("Constant", [], [name], value=_tensor(name, values)) for name, values in constants.items()
    ]
    each = {"probabilities": len(Emotion), "affect": 2, "moved": size}
    outputs = {f"{mark}{name}": width for mark in HEADS for name, width in each.items()}
    graph = helper.make_graph(
        nodes,
        "emotion",
        [helper.make_tensor_value_info("standardised", TensorProto.FLOAT, ["utterances", size])],
        [
            *(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["utterances", n]) for name, n in outputs.items()),
            *(helper.make_tensor_value_info(name, TensorProto.FLOAT, [size]) for name in constants),
        ],
        [_tensor(name, values) for name, values in stored.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    described = {
        "features": ",".join(FEATURES),
        "classes": ",".join(CLASSES),
        "width": str((size - len(FEATURES)) // 2),
        "speech_model": speech_model,
        "temperature": f"{voice.temperature:.6g}",
    }
    helper.set_model_props(model, described)
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))


def _head(mark: str, head: Head, stored: dict[str, NDArray[np.float64]]) -> Iterator[NodeProto]:
    """Scores of the feelings, softened, then summed into the product's classes and placed on the circle of affect."""
    stored[f"{mark}weights"] = head.weights / head.temperature
    stored[f"{mark}bias"] = head.bias / head.temperature
    stored[f"{mark}together"], stored[f"{mark}places"], stored[f"{mark}ways"] = head.together, head.affect, head.ways
    yield helper.make_node("Gemm", ["standardised", f"{mark}weights", f"{mark}bias"], [f"{mark}scores"])
    yield helper.make_node("Softmax", [f"{mark}scores"], [f"{mark}feelings"], axis=1)
    yield helper.make_node("MatMul", [f"{mark}feelings", f"{mark}together"], [f"{mark}probabilities"])
    yield helper.make_node("MatMul", [f"{mark}feelings", f"{mark}places"], [f"{mark}affect"])
    yield helper.make_node("MatMul", [f"{mark}feelings", f"{mark}ways"], [f"{mark}moved"])


def _tensor(name: str, values: NDArray[np.float64] | Floats) -> TensorProto:
    return numpy_helper.from_array(np.ascontiguousarray(values, dtype=np.float32), name)
