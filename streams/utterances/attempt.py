"""One pass of the speech engine over a stretch of speech, from its asking to its end."""

from concurrent.futures import Future
from dataclasses import dataclass, replace

from streams.engine.engine import Pass
from streams.records import Audio, Word


@dataclass(slots=True, kw_only=True, eq=False)
class Attempt:
    """One pass under way."""

    start_s: float
    end_s: float
    last_speech_s: float
    voiced_s: float
    audio: Audio
    future: "Future[Pass] | None"
    """None: the engine had no room for it, or was not asked."""

    @property
    def is_done(self) -> bool:
        """Nothing more is to be waited for."""
        return self.future is None or self.future.done()

    def placed(self, word: Word) -> Word:
        """On the call's clock, inside the utterance: the window reaches a little beyond it on both sides."""
        latest_s = max(self.start_s, self.last_speech_s)
        start_s = min(self.start_s + word.start_s, latest_s)
        return replace(word, start_s=round(start_s, 3), end_s=round(min(self.start_s + word.end_s, latest_s), 3))
