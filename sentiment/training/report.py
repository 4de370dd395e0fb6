"""Figures as lines of text, the ones in the model card."""

from collections.abc import Iterator

import numpy as np

from sentiment.training.corpus import CLASSES
from sentiment.training.evaluation import Scored
from sentiment.training.figures import ANGER, anger_auc, calibration_error, confusion, recall_interval, recalls
from sentiment.training.head import best_temperature, softmax, surprise
from sentiment.training.neutral import AT_LEAST, FalseAnger

STEPS_S = ((0.0, 0.1), (0.1, 6.0), (6.0, 15.0), (15.0, 30.0), (30.0, 1e9))


def probabilities_of(
    scored: Scored, temperature: float | None = None
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Of what is asked for, at this temperature, or at the one that suits these very scores."""
    found = best_temperature(scored.scores, scored.together, scored.truth) if temperature is None else temperature
    return softmax(scored.scores / found) @ scored.together


def summary(title: str, scored: Scored) -> str:
    """One line."""
    mean = recalls(probabilities_of(scored), scored.truth).mean()
    return f"{title}: unweighted recall {mean:.1%}"


def details(scored: Scored, temperature: float, seed: int) -> Iterator[str]:
    """Recall per class, by how much was heard before, confusion and calibration, of the product's classes."""
    probabilities = probabilities_of(scored, temperature)
    each = recalls(probabilities, scored.truth)
    low, high = recall_interval(probabilities, scored.truth, scored.speaker, seed)
    interval = f"95% over speakers {low:.1%} to {high:.1%}"
    yield f"unweighted recall {each.mean():.1%} ({interval}), {len(scored.truth)} answers"
    yield "recall: " + ", ".join(f"{name.value} {share:.1%}" for name, share in zip(CLASSES, each, strict=True))
    for start_s, end_s in STEPS_S:
        chosen = (scored.before_s >= start_s) & (scored.before_s < end_s)
        part = recalls(probabilities[chosen], scored.truth[chosen]).mean()
        yield f"  {start_s:g} to {min(end_s, 999):g} s heard before: {part:.1%} ({chosen.sum()} answers)"
    yield "confusion (rows are what it was): " + " ".join(name.value for name in CLASSES)
    for name, row in zip(CLASSES, confusion(probabilities, scored.truth), strict=True):
        yield f"  {name.value:9}" + "".join(f"{share:8.1%}" for share in row)
    over, angry = probabilities[:, ANGER] >= AT_LEAST, scored.truth == ANGER
    yield (
        f"anger: AUC {anger_auc(probabilities, scored.truth):.3f}; at {AT_LEAST:g}, "
        f"{np.mean(over[angry]):.1%} of angry utterances and {np.mean(over[~angry]):.1%} of others"
    )
    yield (
        f"temperature {temperature:.2f}, calibration error {calibration_error(probabilities, scored.truth):.3f}, "
        f"mean surprise {surprise(probabilities, scored.truth):.3f}"
    )


def neutral_line(name: str, found: FalseAnger) -> str:
    """One line on calm speech."""
    return (
        f"neutral speech {name}: {found.utterances} utterances, {found.hours * 60:.1f} min; called neutral "
        f"{found.called_neutral:.1%}, anger {found.called_anger:.1%}, "
        f"anger at {AT_LEAST:g} {found.over_threshold:.1%}; "
        f"starter rule met {found.flags} times ({found.flags / found.hours:.1f} per hour of speech)"
    )
