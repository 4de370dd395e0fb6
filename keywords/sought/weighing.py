"""Whether a phrase was said where other words were recognised, by what the audio says of both. Pure.

As with names (`streams/vocabulary/scoring.py`): what the model makes of the words with nothing to hear is taken off in
part, and a phrase that sounds like what was recognised needs less from the audio. One that the recogniser wrote itself,
in another guess or another hearing, only must not be far less likely.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from keywords.forms.known_words import is_known_word
from keywords.phrases.likeness import similarity
from streams.records import Language, Sought
from streams.vocabulary.sounds import sounds
from streams.vocabulary.spelling import cores_of
from streams.vocabulary.terms import brevity_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How the decision weighs what it knows, in natural logarithms of probability."""

    habit: float = 0.3
    """How much of the difference that is there without audio is taken off."""
    likeness: float = 25.0
    """What sounding wholly alike is worth over not sounding alike."""
    usual_likeness: float = 0.7
    brevity: float = 20.0
    """What the shortest phrase needs more than a long one."""
    known: float = 6.0
    """What a phrase needs more where all that was recognised in its place are words that exist: "la conférence" for
    "la concurrence"."""
    guessed: float = 3.0
    """How far ahead of what is needed a phrase is that the recogniser wrote itself: it need not sound alike."""
    guessed_audio: float = 0.15
    """What the audio counts for it."""
    guessed_alike: float = 0.4
    """How alike it has to sound to the words recognised there: "because I'm old" for "for the moment" was made up."""
    guessed_unlike: float = 20.0
    """What it needs more where it does not."""
    guessed_brevity: float = 4.0
    """What the shortest of these needs more than a long one: « bonjour » for « bonne journée »."""
    needed: float = -5.0
    """The gain above which a phrase counts as said."""


USUAL = Weights()


def head_start(heard: str, language: Language, *, likeness: float, brevity: float, weights: Weights = USUAL) -> float:
    """What a phrase has for it, or against it, before the audio is asked; `heard`: what was recognised in its place."""
    by_sound = weights.likeness * (likeness - weights.usual_likeness) - weights.brevity * brevity
    return by_sound - (weights.known if _is_known(heard, language) else 0.0)


def gain(sought: Sought, language: Language, weights: Weights = USUAL) -> float:
    """How much better the phrase fits than what was recognised."""
    if sought.guessed:
        return weights.needed + _ahead(sought, language, weights)
    start = head_start(sought.heard, language, likeness=sought.likeness, brevity=sought.brevity, weights=weights)
    return sought.by_audio - weights.habit * sought.by_habit + start


def _ahead(sought: Sought, language: Language, weights: Weights) -> float:
    """Of what is needed, for a phrase that the recogniser wrote itself."""
    said, heard = sounds(sought.text, language), sounds(sought.heard, language)
    against = weights.guessed_brevity * brevity_of(said)
    against += weights.guessed_unlike if similarity(said, heard) < weights.guessed_alike else 0.0
    return weights.guessed + weights.guessed_audio * sought.by_audio - against


def chance(sought: Sought, language: Language, weights: Weights = USUAL) -> float:
    """0 to 1: how sure it is that the phrase was said; 0.5 where it just counts."""
    behind = weights.needed - gain(sought, language, weights)
    return 1 / (1 + exp(max(-50.0, min(50.0, behind))))


def accepted(found: Sequence[Sought], language: Language, weights: Weights = USUAL) -> list[Sought]:
    """Those that count as said, the surest first, none over the words of a surer one."""
    chosen: list[Sought] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: -gain(one, language, weights)):
        place = range(one.first, one.first + len(one.heard.split()))
        if gain(one, language, weights) > weights.needed and taken.isdisjoint(place):
            chosen.append(one)
            taken.update(place)
    return chosen


def _is_known(heard: str, language: Language) -> bool:
    """Whether every word that was recognised exists; signs that stand alone, such as a dash, are no words."""
    cores = (cores_of(word, language)[-1].text.casefold() for word in heard.split())
    return all(is_known_word(core, language) for core in cores if core)
