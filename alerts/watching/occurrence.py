"""Something a rule looks for has happened: alone, or several things taken together. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from alerts.causes import Cause
from streams.records import UtteranceId

Used: TypeAlias = tuple[int, str]
"""Part of the rule, and which of its occurrences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words stand in their utterance, counted in words."""

    utterance_id: UtteranceId
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One occurrence of a condition, with all that it rests on."""

    cause: Cause
    reached_s: float
    """When it had come true; what lasts goes on from there to `end_s`."""
    sure: bool = True
    """False where any of it rests on distrusted text or too little certainty."""
    fresh: bool = True
    """Whether any of it has just become known."""
    place: Place | None = None
    """None for what is not words of one utterance."""
    used: frozenset[Used] = frozenset()

    @property
    def start_s(self) -> float:
        """When the first of it begins."""
        return self.cause.start_s

    @property
    def end_s(self) -> float:
        """When the last of it ends."""
        return self.cause.end_s


def gap_s(one: Occurrence, other: Occurrence) -> float:
    """Seconds between the end of the one that ends first and the start of the other; 0 where they overlap."""
    return max(0.0, other.start_s - one.end_s, one.start_s - other.end_s)


def together(occurrences: Sequence[Occurrence]) -> Occurrence:
    """Several occurrences as one. The one that became known last names the episode, words before measures."""
    if len(occurrences) == 1:
        return occurrences[0]
    ordered = sorted(occurrences, key=lambda one: (one.start_s, one.end_s))
    causes = [one.cause for one in ordered]
    newest = min(ordered, key=lambda one: (not one.fresh, not one.cause.words, -one.start_s))
    speakers = {cause.speaker for cause in causes}
    texts = dict.fromkeys((cause.utterance_ids, cause.text) for cause in causes if cause.text)
    return Occurrence(
        cause=Cause(
            episode=newest.cause.episode,
            start_s=min(cause.start_s for cause in causes),
            end_s=max(cause.end_s for cause in causes),
            speaker=speakers.pop() if len(speakers) == 1 else None,
            utterance_ids=tuple(dict.fromkeys(name for cause in causes for name in cause.utterance_ids)),
            text=" … ".join(text for _, text in texts),
            words=tuple(dict.fromkeys(word for cause in causes for word in cause.words)),
            phrase=" + ".join(dict.fromkeys(cause.phrase for cause in causes if cause.phrase)),
            measured=tuple(measured for cause in causes for measured in cause.measured),
            explanation_en=_joined([cause.explanation_en for cause in causes], "; "),
            explanation_fr=_joined([cause.explanation_fr for cause in causes], " ; "),
        ),
        reached_s=max(one.reached_s for one in ordered),
        sure=all(one.sure for one in ordered),
        fresh=any(one.fresh for one in ordered),
        place=_around([one.place for one in ordered]),
        used=frozenset().union(*(one.used for one in ordered)),
    )


def stale(occurrence: Occurrence) -> Occurrence:
    """The same, known before."""
    return replace(occurrence, fresh=False)


def _joined(explanations: Sequence[str], between: str) -> str:
    """Each once: behind a sentence the next one, behind a part of one what goes on with it."""
    text = ""
    for explanation in dict.fromkeys(filter(None, explanations)):
        text += (" " if text.endswith(".") else between if text else "") + explanation
    return text


def _around(places: Sequence[Place | None]) -> Place | None:
    known = [place for place in places if place is not None]
    if len(known) < len(places) or len({place.utterance_id for place in known}) != 1:
        return None
    return Place(
        utterance_id=known[0].utterance_id,
        first=min(place.first for place in known),
        last=max(place.last for place in known),
    )
