"""A drawn sample of all clips, for a machine too small for them. Pure."""

from collections.abc import Sequence

import numpy as np

from bench.spoken.plan import Clip


def drawn(clips: Sequence[Clip], count: int, seed: int) -> list[Clip]:
    """So many of the clips: each is as likely as any other, and every rule, noise and voice has about its share.

    In an order by lot, so that a run that stops early has heard a fair part of them. All, where there are no more.
    """
    if count >= len(clips):
        return list(clips)
    generator = np.random.default_rng([seed, count])
    ranked = sorted(clips, key=_stratum)
    step = len(ranked) / max(1, count)
    start = generator.uniform(0.0, step)
    chosen = [ranked[int(start + number * step)] for number in range(count)]
    return [chosen[index] for index in generator.permutation(count)]


def _stratum(clip: Clip) -> tuple[bool, str, float, str, str, str]:
    said = clip.spoken
    return said.sentence.held, said.sentence.rule_id, clip.snr_db, clip.noise, said.voice.name, clip.key
