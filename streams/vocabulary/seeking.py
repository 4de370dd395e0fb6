"""Phrases that somebody listens for, where other words were recognised: proposed from outside, weighed on the audio."""

from collections.abc import Sequence
from typing import Protocol

from streams.records import Language, Sought, Word
from streams.vocabulary.terms import Candidate
from streams.vocabulary.text_scores import Scores, compared

MOST_BEHIND = 20.0
"""By how much a phrase may be less likely on the audio than what was recognised to be weighed any further."""

NEAR = 3
"""So many words around what may have been said are held against the audio with it."""


class Seeker(Protocol):
    """Knows the phrases. Asked from the threads of the speech engine, once for each final: it takes milliseconds."""

    def proposals(self, words: Sequence[Word], language: Language, guesses: Sequence[str] = ()) -> Sequence[Candidate]:
        """Which phrases may have been said, and where; each is tried on the audio, so that a few are enough.

        `guesses`: what else the recogniser took the utterance for, the likeliest first; before those,
        what it made of it when it heard it again.
        """


def sought_in(
    seeker: Seeker, words: Sequence[Word], language: Language, scores: Scores, guesses: Sequence[str] = ()
) -> tuple[Sought, ...]:
    """Phrases that may have been said, with what the audio says of them; whether they count is not decided here.

    `scores` is asked only where a phrase may have been said.
    """
    proposals = seeker.proposals(words, language, guesses)
    found = compared(proposals, words, scores, lambda one, by_audio: by_audio > -MOST_BEHIND, near=NEAR)
    return tuple(
        Sought(
            text=one.written,
            heard=" ".join(word.text for word in words[one.first : one.last + 1]),
            first=one.first,
            likeness=one.likeness,
            brevity=one.brevity,
            by_audio=against.by_audio,
            by_habit=against.by_habit,
            guessed=one.guessed,
        )
        for one, against in found.items()
    )
