"""What scoring phrases on the audio finds besides and what it invents, at several bars. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bench.spoken.figures import Figures, point
from bench.spoken.judging import Books, Case
from bench.spoken.kept import Heard
from keywords.sought.weighing import Weights

TRIED = tuple(float(needed) for needed in range(-15, 10, 2))
"""Gains to be needed."""


def scoring_figures(cases: Sequence[Case], heard: Mapping[str, Heard], books: Books) -> Figures:
    """How many phrases were proposed, and recall and false hits per hour by the gain that is needed."""
    proposed = sum(len(utterance.sought) for case in cases for utterance in heard[case.key].utterances)
    return {
        "weighed": proposed,
        "by_needed": [{"needed": needed, **_at(cases, heard, books, needed)} for needed in TRIED],
    }


def _at(cases: Sequence[Case], heard: Mapping[str, Heard], books: Books, needed: float) -> dict[str, float]:
    weights = Weights(needed=needed)
    found = [_weighed(case, heard[case.key], books, weights) for case in cases]
    tuned, held = (point([case for case in found if case.held is wanted]) for wanted in (False, True))
    return {
        "recall_tuned": tuned.recall,
        "false_per_hour_tuned": tuned.false_per_hour,
        "recall_held_out": held.recall,
        "false_per_hour_held_out": held.false_per_hour,
    }


def _weighed(case: Case, heard: Heard, books: Books, weights: Weights) -> Case:
    """The case with such weights; the same where no phrase was proposed."""
    if not any(utterance.sought for utterance in heard.utterances):
        return case
    return replace(case, found=books.found(heard.utterances, weights))
