"""Keys that are typed during a call are silent in what is kept of it and played: their tones can be read off."""

from keywords.records import RedactionKind
from qa_monitor.call.recording.screened_audio import ScreenedAudio
from qa_monitor.metrics import Metrics
from streams.keypad.key_tones import KeyTone, KeyTones
from streams.records import AudioFrame, CallStarted, Gap


class KeySilence:
    """One per call, told all that is held of it. Which keys they are is known to nobody: they are counted only."""

    def __init__(self, call: CallStarted, metrics: Metrics) -> None:
        self._tones, self._metrics = KeyTones(len(call.channels), call.rate_hz), metrics
        self._counted = 0

    def add(self, frame: AudioFrame) -> None:
        """What was held just now."""
        self._tones.feed(frame)

    def add_gap(self, gap: Gap) -> None:
        """Nothing will come for these seconds."""
        self._tones.skip(gap)

    def silence(self, held: ScreenedAudio) -> float:
        """Silence the keys in it. Gives the second up to which there will be no more of them."""
        self._mute(held, self._tones.take())
        return self._tones.settled_s

    def silence_rest(self, held: ScreenedAudio) -> None:
        """Silence all keys in it, since all of it is let through now: a key that has only begun is found too."""
        self._mute(held, self._tones.finish())

    def _mute(self, held: ScreenedAudio, tones: list[KeyTone]) -> None:
        for tone in tones:
            held.mute(tone.start_s, tone.end_s)
        for _ in range(self._tones.count - self._counted):
            self._metrics.redaction(RedactionKind.KEYPAD)
        self._counted = self._tones.count
