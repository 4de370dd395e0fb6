"""Company for fragments: a word or two are understood far better behind what the same speaker said just before. Pure.

The earlier audio goes in front of the fragment and its text, which is known, is put in the decoder's mouth: the decoder
goes on from there, so that nothing has to be cut off again and no word is heard twice.
"""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz

from streams.records import Audio, Language, Word
from streams.samples.resample import SPEECH_RATE_HZ

_JOINTS = " ,.;:!?…-–"
_FEWEST_ECHOED = 3
_ALIKE = 75.0
"""Per cent of the words: a decoder that echoes changes one now and then."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Before:
    """What is put in front of a fragment."""

    audio: Audio
    """Mono, 16 kHz, -1 to 1. Between it and the fragment the speaker may have paused."""
    text: str
    """What was said in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPolicy:
    """How much company a fragment gets, in seconds. Measured with `bench/conversation.py`."""

    fragment_s: float = 2.1
    """A stretch up to this long is a fragment: 1.5 s of speech with the room before and behind it."""
    longest_s: float = 6.0
    """More costs time and helps no further; with 3 s many an utterance is cut in two, which takes half the gain."""
    stale_s: float = 30.0
    """What ended longer ago is no company: somebody else may have taken over."""


class Company:
    """What one channel said last, and what of it keeps the next fragment company. Bounded. Not safe to share."""

    def __init__(self, policy: CompanyPolicy | None = None) -> None:
        self._policy = policy or CompanyPolicy()
        self._pieces: deque[Before] = deque()
        self._language: Language | None = None
        self._end_s = 0.0

    def heard(self, audio: Audio, words: Sequence[Word], language: Language, end_s: float) -> None:
        """An utterance was understood and believed; it ends at `end_s` of the call.

        Word times are seconds from the start of `audio`, as aligned: guessed ones would put the wrong words to the
        audio. Utterances come in order.
        """
        if not words:
            return
        piece = _last(audio, words, self._policy.longest_s)
        whole = piece is not None and len(piece.audio) == len(audio)
        if not whole or language is not self._language or self._stale(end_s - len(audio) / SPEECH_RATE_HZ):
            self._pieces.clear()
        self._language, self._end_s = language, end_s
        if piece is not None:
            self._pieces.append(piece)
        while len(self._pieces) > 1 and self._kept_s > self._policy.longest_s:
            self._pieces.popleft()

    def before(self, start_s: float, duration_s: float, language: Language | None) -> Before | None:
        """Company for the stretch that begins at `start_s` of the call, if it is a fragment and there is any.

        `language`: of the stretch. None where it is yet to be detected: on its own sound alone, or what was said
        before would answer for it.
        """
        fragment = 0.0 < duration_s <= self._policy.fragment_s
        if not fragment or not self._pieces or language is not self._language or self._stale(start_s):
            return None
        return Before(
            audio=np.concatenate([piece.audio for piece in self._pieces]),
            text=" ".join(piece.text for piece in self._pieces),
        )

    def forget(self) -> None:
        """Somebody else may speak from here on, or nothing of before may be kept."""
        self._pieces.clear()

    @property
    def _kept_s(self) -> float:
        return sum(len(piece.audio) for piece in self._pieces) / SPEECH_RATE_HZ

    def _stale(self, start_s: float) -> bool:
        return start_s - self._end_s > self._policy.stale_s


def echoes(text: str, told: str) -> bool:
    """Whether the decoder only says again what it was told, as it does where nothing is said: to be heard alone.

    A word or two may well be said twice; so they count only when they are all that was told.
    """
    said, before = _plain(text), _plain(told)
    if len(said) < _FEWEST_ECHOED:
        return len(said) > 0 and said == before
    near = max(
        fuzz.ratio(said, before[start : start + len(said)]) for start in range(max(1, len(before) - len(said) + 1))
    )
    return near >= _ALIKE


def without_joint(text: str) -> str:
    """The decoder goes on from what it was told: the comma or dash it may begin with belongs to neither."""
    return text.lstrip(_JOINTS)


def words_without_joint(words: Sequence[Word]) -> tuple[Word, ...]:
    """The same for words."""
    for index, word in enumerate(words):
        if text := without_joint(word.text):
            return (replace(word, text=text), *words[index + 1 :])
    return ()


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _last(audio: Audio, words: Sequence[Word], longest_s: float) -> Before | None:
    """The last words that fit, with their audio; none where not even one does."""
    duration_s = len(audio) / SPEECH_RATE_HZ
    if duration_s <= longest_s:
        return Before(audio=audio, text=" ".join(word.text for word in words))
    first = next((index for index, word in enumerate(words) if word.start_s >= duration_s - longest_s), None)
    if first is None:
        return None
    # between two words, but never more than fits
    middle_s = (words[first - 1].end_s + words[first].start_s) / 2 if first else 0.0
    begin_s = max(middle_s, duration_s - longest_s)
    return Before(
        audio=audio[round(begin_s * SPEECH_RATE_HZ) :].copy(), text=" ".join(word.text for word in words[first:])
    )
