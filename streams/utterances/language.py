"""Which language a channel speaks, and when to ask the detector. Pure.

What is believed is kept as a probability per language and moves with every utterance: people rarely change their
language, so that one odd utterance changes nothing, and a clear one everything. A low confidence is a weaker sign: the
wrong language is understood badly, but so is the right one on a bad line.
"""

from collections import deque
from collections.abc import Mapping

from streams.model.language_chances import FEWEST_S, Chances, weighed
from streams.records import Language

CHANGES = 0.02
"""How often the next utterance is in another language."""
_DOUBTFUL = 0.45
"""Confidence under which a long utterance casts doubt on its language …"""
_DOUBT = 3.0
"""… by this factor; one above it speaks for its language as much."""
_SETTLED = 0.85
"""Belief from which the detector need not be asked about an announced language."""
_BELIEVED = 0.3
"""Confidence under which a text speaks for no language."""
_FIRST_GUESS = 0.7
"""What a short utterance is worth where nothing else is known."""
_FOREIGN_SHARE = 0.8
_FOREIGN_OF = 4
_FOREIGN_LEAST, _FOREIGN_LEFT = 3, 1


class ChannelLanguage:
    """The language of one channel: announced with the call, else detected. Not safe to share."""

    def __init__(self, announced: Language | None, allowed: tuple[Language, ...]) -> None:
        self.attentive = False
        """True: the detector is asked about every long utterance, and weighs `prior`; it costs a pass about 5 %."""
        self._allowed = allowed
        self._announced = announced is not None
        self._belief: dict[Language, float] | None = None
        self._heard: deque[str | None] = deque(maxlen=_FOREIGN_OF)
        self._foreign: str | None = None
        if len(allowed) == 1:
            self._belief = {allowed[0]: 1.0}
        elif announced is not None:
            self._belief = self._sure(announced)

    @property
    def current(self) -> Language | None:
        """What is believed now; none before the first answer."""
        return max(self._belief, key=self._belief.__getitem__) if self._belief else None

    @property
    def prior(self) -> Mapping[Language, float]:
        """How likely each language is for the next utterance; none of them 0."""
        count = len(self._allowed)
        if self._belief is None or count == 1:
            return dict.fromkeys(self._allowed, 1 / count)
        return {
            language: share * (1 - CHANGES) + (1 - share) * CHANGES / (count - 1)
            for language, share in self._belief.items()
        }

    @property
    def foreign(self) -> str | None:
        """The code of a language nobody expected, spoken for several utterances now; none otherwise."""
        return self._foreign

    def choose(self, duration_s: float) -> Language | None:
        """The language to transcribe a stretch in; none asks the model to detect it."""
        current = self.current
        if current is None:
            return None
        if duration_s < FEWEST_S:
            return current
        if self.attentive:
            return None
        fixed = len(self._allowed) == 1
        settled = self._announced and self._belief is not None and self._belief[current] >= _SETTLED
        return current if fixed or settled else None

    def learn(
        self,
        language: Language,
        probability: float,
        confidence: float,
        duration_s: float,
        chances: Chances | None = None,
    ) -> None:
        """What a final showed, however badly it was understood.

        `probability`: 1 where the detector was not asked. `chances`: all that it said, if it was.
        """
        if chances is not None and duration_s >= FEWEST_S:
            self._listen(chances)
        if len(self._allowed) == 1:
            return
        if chances is None and probability < 1.0:
            chances = self._two_sided(language, probability)
        if duration_s < FEWEST_S:
            if self._belief is None and confidence >= _BELIEVED:
                self._belief = self._sure(language, _FIRST_GUESS)
        elif chances is None:
            self._weigh_confidence(language, confidence)
        elif confidence >= _BELIEVED:
            self._belief = weighed(self.prior, chances, duration_s)

    def change(self, language: Language) -> None:
        """The source says so."""
        if language in self._allowed:
            self._announced, self._belief = True, self._sure(language)

    def _sure(self, language: Language, share: float = 1.0) -> dict[Language, float]:
        rest = (1.0 - share) / max(1, len(self._allowed) - 1)
        return {one: share if one is language else rest for one in self._allowed}

    def _two_sided(self, language: Language, probability: float) -> Chances:
        return Chances(expected=self._sure(language, probability), likeliest=language.value)

    def _weigh_confidence(self, language: Language, confidence: float) -> None:
        factor = 1 / _DOUBT if confidence < _DOUBTFUL else _DOUBT
        weights = {one: share * (factor if one is language else 1.0) for one, share in self.prior.items()}
        total = sum(weights.values())
        self._belief = {one: weight / total for one, weight in weights.items()}

    def _listen(self, chances: Chances) -> None:
        """Several of the last few, all of the same language: one alone is often a slip of the detector."""
        self._heard.append(chances.likeliest if chances.foreign > _FOREIGN_SHARE else None)
        often = {code: self._heard.count(code) for code in self._heard if code is not None}
        code = max(often, key=often.__getitem__, default=None)
        count = often[code] if code is not None else 0
        if count >= _FOREIGN_LEAST:
            self._foreign = code
        elif count <= _FOREIGN_LEFT:
            self._foreign = None
