"""What the speech model is asked, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from streams.model.company import Before
from streams.model.language_chances import Chances
from streams.records import Audio, Embedding, Language, Sought, Word
from streams.samples.resample import SPEECH_RATE_HZ
from streams.vocabulary.seeking import Seeker
from streams.vocabulary.terms import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Window:
    """What the model is asked to transcribe."""

    audio: Audio
    """Mono, 16 kHz, -1 to 1, at most 28 s."""
    language: Language | None
    """None: choose among `languages`, by the sound and `prior`."""
    languages: tuple[Language, ...]
    prior: Mapping[Language, float] | None = None
    """How likely each of them was before this was said; none: equally."""
    wants_embedding: bool = False
    wants_times: bool = True
    """False: words are only about where they are said, spread evenly."""
    vocabulary: Vocabulary | None = None
    """Names that are written where they were said; for finals."""
    seeker: Seeker | None = None
    """Phrases to be weighed where something like them was heard; for finals."""
    twice: bool = False
    """With `seeker`: an unsure one is heard a second time, at a slower pace, for the phrases in what comes of that."""
    final: bool = False
    """The utterance has ended: what was passed over in it is worth a second try."""
    before: Before | None = None
    """Company for a fragment: heard with it, told to the decoder, and in no part of the result."""
    beam: int | None = None
    """Guesses followed at once, where that is more than the recipe says. In a pass: the fewest any window asks for."""
    pause: Callable[[], None] | None = None
    """Called before a part of the work that takes long: others may go first. The engine sets it."""

    @property
    def shown(self) -> Audio:
        """What the encoder hears."""
        return self.audio if self.before is None else np.concatenate([self.before.audio, self.audio])

    @property
    def shown_s(self) -> float:
        """How long that is."""
        return self.before_s + len(self.audio) / SPEECH_RATE_HZ

    @property
    def before_s(self) -> float:
        """How much of that is company."""
        return 0.0 if self.before is None else len(self.before.audio) / SPEECH_RATE_HZ


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What the model heard. Word times are seconds from the start of the window."""

    text: str
    words: tuple[Word, ...]
    language: Language
    language_probability: float
    """0 to 1: by the sound and the prior; 1 where it was not asked for."""
    confidence: float
    """0 to 1: geometric mean of the token probabilities."""
    no_speech: float
    """0 to 1: how sure the model is that nobody spoke."""
    retried: bool
    """The decoder went round in circles and was given a full window."""
    looping: bool
    """It still did."""
    embedding: Embedding | None
    chances: Chances | None = None
    """What the sound alone says about the language; none where it was not asked for."""
    again_s: float = 0.0
    """Worker seconds that went into hearing it again, in halves or slower."""
    sought: tuple[Sought, ...] = ()
    """Phrases that may have been said in place of some of the words."""
