"""The audio of a call that was put aside for a while, whole again. It blocks on the disk."""

from collections.abc import Sequence

import numpy as np

from qa_monitor.late_listening.put_aside import Span
from qa_monitor.store.port import AudioStore, Blocks
from streams.records import CallStarted

READ_S = 30.0


def joined_audio(
    call: CallStarted,
    live: AudioStore,
    late: AudioStore,
    spans: Sequence[Span],
    silent: Sequence[Span],
    whole: AudioStore,
) -> None:
    """Into `whole`: within `spans` what was screened late, elsewhere what was live; `silent` is silenced.

    Raises `StoreError`.
    """
    whole.open(call)
    end_s = max(live.duration_s(call.call_id), late.duration_s(call.call_id))
    start_s = 0.0
    while start_s < end_s:
        until_s = min(start_s + READ_S, end_s)
        block = _read(call, live, start_s, until_s)
        other = _read(call, late, start_s, until_s)
        for span in spans:
            part = _part(call, span, start_s, len(block))
            block[part] = other[part]
        for span in silent:
            block[_part(call, span, start_s, len(block))] = 0
        whole.append(call.call_id, start_s, block)
        start_s = until_s
    whole.close(call.call_id)


def _read(call: CallStarted, audio: AudioStore, start_s: float, end_s: float) -> Blocks:
    """As it is kept, with silence behind its end."""
    wanted = round(end_s * call.rate_hz) - round(start_s * call.rate_hz)
    block = np.zeros((wanted, len(call.channels)), np.int16)
    found = audio.read(call.call_id, start_s, end_s)
    if found is not None:
        block[: len(found)] = found[:wanted]
    return block


def _part(call: CallStarted, span: Span, start_s: float, count: int) -> slice:
    """The samples of a span in a block that begins at `start_s`."""
    first, last = (round((second - start_s) * call.rate_hz) for second in span)
    return slice(min(max(first, 0), count), min(max(last, 0), count))
