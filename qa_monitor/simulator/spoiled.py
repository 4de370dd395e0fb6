"""Faults in the sound itself. Pure."""

from collections.abc import Sequence

import numpy as np

from qa_monitor.simulator.faults import Fault, FaultError, FaultName
from qa_monitor.simulator.planned import PlannedCall
from streams.records import Samples

FAR_TOO_LOUD = 20.0
_LOUDEST = 32_767
_PER_CHANNEL = frozenset({FaultName.SWAPPED, FaultName.SILENT_CHANNEL, FaultName.IDENTICAL_CHANNELS})


def spoiled_call(call: PlannedCall, faults: Sequence[Fault]) -> PlannedCall:
    """The call with the faults of sound among `faults`. Raises FaultError where it has too few channels for one."""
    samples = call.samples
    for fault in faults:
        if fault.name in _PER_CHANNEL and len(call.channels) != 2:
            raise FaultError(f"--fault {fault.name}: a recording with two channels is needed")
        samples = _spoiled(samples, fault)
    return call if samples is call.samples else call.sounding(samples)


def _spoiled(samples: Samples, fault: Fault) -> Samples:
    match fault.name:
        case FaultName.SWAPPED:
            return samples[:, ::-1]
        case FaultName.IDENTICAL_CHANNELS:
            return np.repeat(samples[:, :1], 2, axis=1)
        case FaultName.SILENT_CHANNEL:
            silenced = samples.copy()
            silenced[:, round(fault.value)] = 0
            return silenced
        case FaultName.CLIPPED:
            loud: Samples = np.clip(samples * FAR_TOO_LOUD, -_LOUDEST, _LOUDEST).astype(np.int16)
            return loud
        case _:
            return samples
