"""Where the decoder passed over speech, and what it hears there when it is given the audio in two. Pure.

In noise a decoder may end a text early or skip a sentence: seconds of speech without a word, which no rule can find
again. Half of the audio on its own holds less to skip.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import exp, log

import numpy as np

from streams.model.window import Recognised
from streams.records import Audio, Sought, Word
from streams.samples.loudness import level_db
from streams.samples.resample import SPEECH_RATE_HZ

LONGEST_S = 2.5
"""From one word to the next, with the pause between them: what lasts longer in speech that no endpoint has cut was
passed over."""
QUIETER_DB = 10.0
"""A stretch so much below the whole is a pause with noise in it."""
EDGE_S = 0.3
"""So far inside of a hole the audio is cut: a word may begin or end there."""
LEAST_SURE = 0.2
"""Confidence of a half below which it may as well be invented."""
_FRAME_S = 0.05
_SMOOTHED = 4
_LEAST = 1e-6


def hole_in(heard: Recognised, audio: Audio) -> tuple[float, float] | None:
    """The longest stretch that sounds like the rest and holds no word but its first, in seconds, if there is one.

    Where the decoder went round in circles nothing is known of the places of words: the middle half.
    """
    words, duration_s = heard.words, len(audio) / SPEECH_RATE_HZ
    if heard.looping:
        return (duration_s / 4, duration_s * 3 / 4) if duration_s > 2 * LONGEST_S else None
    begins = [0.0, *(word.start_s for word in words), duration_s] if words else []
    start_s, end_s = max(zip(begins, begins[1:], strict=False), key=lambda one: one[1] - one[0], default=(0.0, 0.0))
    if end_s - start_s <= LONGEST_S:
        return None
    quieter_db = level_db(audio) - level_db(_part(audio, start_s, end_s))
    return None if quieter_db > QUIETER_DB else (start_s, end_s)


def halves_of(audio: Audio, hole: tuple[float, float]) -> tuple[Audio, Audio]:
    """Cut at the quietest moment of the hole, where a word is least likely to be."""
    start_s, end_s = hole[0] + EDGE_S, hole[1] - EDGE_S
    size = round(_FRAME_S * SPEECH_RATE_HZ)
    part = _part(audio, start_s, end_s)
    frames = part[: len(part) // size * size].reshape(-1, size)
    energy = np.convolve((frames * frames).mean(axis=1), np.ones(_SMOOTHED), mode="same")
    cut = round(start_s * SPEECH_RATE_HZ) + int(energy.argmin()) * size + size // 2
    return audio[:cut], audio[cut:]


def better_of(whole: Recognised, halves: Sequence[Recognised], cut_s: float) -> Recognised | None:
    """What was heard in the halves, the second of which begins at `cut_s`; none, where they hold no more.

    Any half that is none itself is better than going round in circles.
    """
    sure = [(half, at_s) for half, at_s in zip(halves, (0.0, cut_s), strict=True) if _is_sure(half)]
    more = len(sure) == len(halves) and sum(len(half.text) for half in halves) > len(whole.text)
    return _joined(whole, sure) if sure and (more or whole.looping) else None


def _is_sure(half: Recognised) -> bool:
    return bool(half.words) and half.confidence >= LEAST_SURE and not half.looping


def _joined(whole: Recognised, parts: Sequence[tuple[Recognised, float]]) -> Recognised:
    """The words of the parts, each behind its second; what was found out about the voice is that of the whole."""
    words: list[Word] = []
    sought: list[Sought] = []
    for part, at_s in parts:
        sought += (replace(found, first=found.first + len(words)) for found in part.sought)
        words += (replace(word, start_s=word.start_s + at_s, end_s=word.end_s + at_s) for word in part.words)
    heard = [part for part, _ in parts]
    return replace(
        whole,
        text=" ".join(part.text for part in heard),
        words=tuple(words),
        confidence=_confidence(heard),
        no_speech=min(part.no_speech for part in heard),
        looping=False,
        sought=tuple(sought),
    )


def _confidence(parts: Sequence[Recognised]) -> float:
    """Geometric mean, each by its letters, as of one text."""
    logs = [log(max(_LEAST, part.confidence)) for part in parts]
    return exp(float(np.average(logs, weights=[len(part.text) for part in parts])))


def _part(audio: Audio, start_s: float, end_s: float) -> Audio:
    return audio[round(start_s * SPEECH_RATE_HZ) : round(end_s * SPEECH_RATE_HZ)]
