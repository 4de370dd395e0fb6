"""Whether a linear judge of the words around a hit silences traps that the grammar lets through: an experiment.

    python bench/clause_judge.py [--folds] [--json OUT]

A logistic regression over the words around a hit (`clauses/features.py`), taught with all sentences that are not held
out, takes back what the grammar let stand where it is surer than `BAR` that it is not meant. `--folds` shows, from
five-fold cross-validation by template and nothing held out, what each bar takes back, rightly and wrongly: this is what
`STIFFNESS` and `BAR` were chosen by. Without it, the held-out sentences are judged: the grammar, and both together,
with 95 % intervals and the exact two-sided test of the sentences on which they differ. The service does not use it.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import comb, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.clauses.features import told
from bench.traps import Trap, TrapSet, load_traps, said, starter_rules
from keywords.matcher import Matcher
from keywords.negation.negated import HitKind, is_negated
from keywords.normal import spoken_words, tokens
from streams.records import Language

STIFFNESS = 0.3
"""How much a weight costs: more, and each word tells less."""
BAR = -3.0
"""Log odds at and below which a hit is not meant."""
BARS = (-4.5, -4.0, -3.5, -3.0, -2.5, -2.0, -1.5, -1.0)
FOLDS = 5
STEPS = 6
LEAST_OFTEN = 2
"""Names met more rarely have no weight."""
Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A hit of a sentence's rule, and what the grammar makes of it."""

    trap: Trap
    told: Mapping[str, float]
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What was learnt."""

    places: Mapping[str, int]
    values: Numbers

    def of(self, hits: Sequence[Judged]) -> Numbers:
        """Log odds that each is meant."""
        return _matrix(hits, self.places) @ self.values


def hits_of(matcher: Matcher, trap: Trap, language: Language) -> list[Judged]:
    """Every stretch of the sentence in which its rule has a phrase, negated or not."""
    utterance = said(trap.text, language)
    spoken = tokens([word.text for word in spoken_words(utterance)], language)
    found = {
        (match.start, match.stop, match.entry.phrase.negative, match.entry.phrase.even_reported)
        for match in matcher._matches(spoken, language, utterance.speaker)  # hits before the grammar: nobody else asks
        if match.entry.rule.rule_id == trap.rule
    }
    return [
        Judged(
            trap=trap,
            told=told(spoken, start, stop, language),
            stands=not is_negated(spoken, start, stop, language, HitKind(own_negation=own, even_reported=even)),
        )
        for start, stop, own, even in sorted(found)
    ]


def taught(hits: Sequence[Judged]) -> Weights:
    """Logistic regression with a penalty on squared weights, by Newton's steps over sentences, not over words."""
    counts = Counter(name for hit in hits for name in hit.told)
    places = {name: at for at, name in enumerate(sorted(name for name in counts if counts[name] >= LEAST_OFTEN))}
    seen = _matrix(hits, places)
    meant = np.array([hit.trap.fires for hit in hits], np.float32)
    alike = seen @ seen.T / STIFFNESS
    shares = np.zeros(len(hits), np.float32)
    for _ in range(STEPS):
        odds = alike @ shares
        likely = 1 / (1 + np.exp(-odds))
        doubt = np.maximum(likely * (1 - likely), 1e-6)
        wanted = odds + (meant - likely) / doubt
        shares = np.linalg.solve(alike + np.diag(1 / doubt), wanted).astype(np.float32)
    return Weights(places=places, values=seen.T @ shares / STIFFNESS)


def _matrix(hits: Sequence[Judged], places: Mapping[str, int]) -> Numbers:
    matrix = np.zeros((len(hits), len(places)), np.float32)
    for row, hit in enumerate(hits):
        for name, value in hit.told.items():
            if name in places:
                matrix[row, places[name]] = value
    return matrix


def show_folds(hits: Sequence[Judged], language: Language) -> None:
    """What each bar takes back of what the grammar lets stand."""
    fold = [int(hashlib.sha256(hit.trap.template.encode()).hexdigest(), 16) % FOLDS for hit in hits]
    odds = np.zeros(len(hits), np.float32)
    for left_out in range(FOLDS):
        apart = [at for at in range(len(hits)) if fold[at] == left_out]
        weights = taught([hit for at, hit in enumerate(hits) if fold[at] != left_out])
        odds[apart] = weights.of([hits[at] for at in apart])
    for bar in BARS:
        back = [hit for hit, sure in zip(hits, odds, strict=True) if hit.stands and sure <= bar]
        new = [hit for hit in back if hit.trap.template.startswith("clause.")]
        rightly = sum(not hit.trap.fires for hit in new)
        tuned = sum(hit.trap.fires for hit in back) - (len(new) - rightly)
        print(f"{language.value} {bar:5.1f}: new sentences {rightly} rightly, {len(new) - rightly} wrongly; ", end="")
        print(f"sentences the grammar is tuned on {tuned} wrongly")


def compared(
    matcher: Matcher, weights: Weights, traps: Collection[Trap], language: Language
) -> dict[str, int | float | str]:
    """The grammar, and the grammar with the judge, over sentences."""
    right, both_right = [], []
    for trap in traps:
        hits = hits_of(matcher, trap, language)
        standing = [bool(hit.stands) for hit in hits]
        meant = list(weights.of(hits) > BAR) if hits else []
        right.append(any(standing) is trap.fires)
        both_right.append(any(a and b for a, b in zip(standing, meant, strict=True)) is trap.fires)
    gained = sum(both and not one for one, both in zip(right, both_right, strict=True))
    lost = sum(one and not both for one, both in zip(right, both_right, strict=True))
    return {
        "sentences": len(right),
        "grammar": interval(sum(right), len(right)),
        "with_judge": interval(sum(both_right), len(right)),
        "gained": gained,
        "lost": lost,
        "by_chance": round(by_chance(gained, lost), 4),
    }


def interval(right: int, total: int) -> str:
    """The share and its 95 % interval after Wilson, in per cent."""
    share, z = right / total, 1.96
    middle, half = share + z * z / 2 / total, z * sqrt(share * (1 - share) / total + (z / 2 / total) ** 2)
    low, high = (100 * (middle + side * half) / (1 + z * z / total) for side in (-1, 1))
    return f"{right} of {total}, {100 * share:.1f} ({low:.1f} to {high:.1f})"


def by_chance(gained: int, lost: int) -> float:
    """How likely so uneven a split is if neither is better."""
    both = gained + lost
    return min(1.0, 2 * sum(comb(both, count) for count in range(min(gained, lost) + 1)) / 2.0**both)


def main() -> None:
    """Teach; show the folds, or what comes of the held-out sentences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", action="store_true", help="cross-validation, and nothing that is held out")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures of the held-out sentences here")
    options = parser.parse_args()
    matcher, results = Matcher(starter_rules()), {}
    for language in Language:
        traps = [trap for one in TrapSet for trap in load_traps(language, one)]
        hits = [hit for trap in traps if not trap.held_out for hit in hits_of(matcher, trap, language)]
        if options.folds:
            show_folds(hits, language)
            continue
        weights = taught(hits)
        for one in (TrapSet.FIRST, TrapSet.FRESH, TrapSet.UNSEEN, TrapSet.LATER):
            held_out = [trap for trap in load_traps(language, one) if trap.held_out]
            found = results[f"{language.value} {one.value}"] = compared(matcher, weights, held_out, language)
            print(language.value, one.value, found)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
