"""Adapter: small networks through onnxruntime, each in the thread that asks for it, with memory only while it runs.

By itself every network keeps the most that it ever needed, rounded up to a power of two, and that once for every
thread that asked at the same moment, and twice where lengths differ: 130 MiB for the pitch network with two threads,
70 without, at the same speed (docs/performance.md).
"""

from pathlib import Path

import onnxruntime


def network(weights: Path | bytes) -> onnxruntime.InferenceSession:
    """Ready to run, safe to share between threads. Raises what onnxruntime raises where it cannot be read."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what goes wrong is raised; the rest are remarks on how a network was exported
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    source = weights if isinstance(weights, bytes) else str(weights)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
