"""Every peer there is an adapter for, whether or not it can be run here."""

from .plain import Plain
from .port import Peer
from .realtime_stt import RealtimeStt
from .whisper_live import WhisperLive
from .whisper_live_kit import WhisperLiveKit


def all_peers() -> list[Peer]:
    """The simplest first."""
    return [Plain(), WhisperLive(), WhisperLiveKit(), RealtimeStt()]
