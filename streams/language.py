"""Which language a channel speaks, and when to think again. Pure."""

from streams.records import Language

_SURE = 0.75
_ENOUGH_S = 1.5
"""Shorter stretches say too little about the language."""
_DOUBTFUL = 0.45
"""Confidence under which a long utterance casts doubt on the language."""
_DOUBTS = 2
_BELIEVED = 0.3
"""Confidence under which a text casts doubt on its language and speaks for none."""


class ChannelLanguage:
    """The language of one channel: announced with the call, else detected, revisited when the words look wrong."""

    def __init__(self, announced: Language | None, allowed: tuple[Language, ...]) -> None:
        self._current = announced if len(allowed) > 1 else allowed[0]
        self._fixed = len(allowed) == 1
        self._announced = announced is not None
        self._doubts = 0

    @property
    def current(self) -> Language | None:
        """What is believed now; none before the first answer."""
        return self._current

    def choose(self, duration_s: float) -> Language | None:
        """The language to transcribe a stretch in; none asks the model to detect it."""
        if self._fixed or duration_s < _ENOUGH_S:
            return self._current
        settled = self._announced and self._doubts < _DOUBTS
        return self._current if settled else None

    def learn(self, language: Language, probability: float, confidence: float, duration_s: float) -> None:
        """What a final showed, however badly it was understood: the wrong language is understood badly."""
        believed = confidence >= _BELIEVED
        if self._fixed or duration_s < _ENOUGH_S:
            self._current = self._current or (language if believed else None)
            return
        if self._announced and self._doubts < _DOUBTS:
            self._doubts = self._doubts + 1 if confidence < _DOUBTFUL else 0
            return
        if believed and (probability >= _SURE or self._current is None):
            self._doubts = 0
            self._current = language

    def change(self, language: Language) -> None:
        """The source says so."""
        self._current, self._announced, self._doubts = language, True, 0
