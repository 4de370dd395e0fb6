"""Questions to a service, with the time each answer took."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

import httpx

Params = Mapping[str, str | int | float | Sequence[str]]
WARM_UP = 5
"""Answers that are not counted: the first open files and compile statements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One request."""

    path: str
    params: Params


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long answers took, in milliseconds."""

    taken_ms: tuple[float, ...]
    empty: int
    """Answers without anything found."""

    @property
    def p95_ms(self) -> float:
        """Of all."""
        return quantiles(self.taken_ms, n=20, method="inclusive")[-1]

    @property
    def median_ms(self) -> float:
        """Of all."""
        return quantiles(self.taken_ms, n=2, method="inclusive")[0]

    @property
    def worst_ms(self) -> float:
        """Of all."""
        return max(self.taken_ms)


def timed(client: httpx.Client, questions: Sequence[Question], found: str) -> Times:
    """Each question once, one after the other. `found`: the field of the answer that lists what was found.

    Raises `httpx.HTTPStatusError` for a refusal.
    """
    for question in questions[:WARM_UP]:
        answer(client, question)
    taken, empty = [], 0
    for question in questions:
        began = time.perf_counter()
        told = answer(client, question)
        taken.append((time.perf_counter() - began) * 1_000)
        empty += not told.json().get(found)
    return Times(taken_ms=tuple(taken), empty=empty)


def answer(client: httpx.Client, question: Question) -> httpx.Response:
    """Raises `httpx.HTTPStatusError`."""
    told = client.get(question.path, params=dict(question.params))
    told.raise_for_status()
    return told
