"""Some seconds of a call as a WAV file."""

import io

import soundfile

from qa_monitor.store.port import AudioStore
from streams.records import CallId


def clip_of(audio: AudioStore, call_id: CallId, start_s: float, end_s: float) -> bytes | None:
    """These seconds, 16 bits, one channel per person; none where no audio of them is kept. Blocks on the disk."""
    rate_hz = audio.rate_hz(call_id)
    block = audio.read(call_id, start_s, end_s)
    if rate_hz is None or block is None or not len(block):
        return None
    file = io.BytesIO()
    soundfile.write(file, block, rate_hz, subtype="PCM_16", format="WAV")
    return file.getvalue()
