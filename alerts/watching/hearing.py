"""The hits of one utterance to what a rule's conditions about words have come to. Pure."""

from collections.abc import Sequence

from alerts.causes import words_said
from alerts.conditions import WordsSaid
from alerts.policy import AlertPolicy
from alerts.watching.occurrence import Occurrence, Place
from keywords.normal import spoken_words
from keywords.records import KeywordHit
from streams.records import Utterance


def is_certain(condition: WordsSaid, hit: KeywordHit, policy: AlertPolicy) -> bool:
    """Whether the words are sure enough for the condition."""
    return hit.certainty >= least_certainty(condition, policy)


def least_certainty(condition: WordsSaid, policy: AlertPolicy) -> float:
    """How sure the words must be."""
    return policy.min_certainty if condition.min_certainty is None else condition.min_certainty


def occurrences(
    condition: WordsSaid, utterance: Utterance, hits: Sequence[KeywordHit], policy: AlertPolicy
) -> list[Occurrence]:
    """One for each hit, in order of time."""
    least = least_certainty(condition, policy)
    found = []
    for hit in sorted(hits, key=lambda hit: (hit.start_s, hit.end_s)):
        key = f"{utterance.utterance_id}@{hit.start_s:.3f}"
        found.append(
            Occurrence(
                cause=words_said(utterance, [hit], least),
                reached_s=max(hit.start_s, hit.end_s),
                sure=utterance.trusted and hit.certainty >= least,
                place=_place(utterance, hit),
                used=frozenset({(condition.part, key)}),
            )
        )
    return found


def _place(utterance: Utterance, hit: KeywordHit) -> Place | None:
    """Where the hit stands; None where its words are not those of the utterance."""
    words = spoken_words(utterance)
    if not hit.words or hit.words[0] not in words or hit.words[-1] not in words:
        return None
    first = words.index(hit.words[0])
    last = len(words) - 1 - words[::-1].index(hit.words[-1])
    return Place(utterance_id=utterance.utterance_id, first=first, last=last)
