"""All that is told of one call, as its page asks for it."""

from collections.abc import Sequence
from random import Random

import httpx

from bench.reviewing.asking import Question, Times, timed

QUESTIONS = 100


def page_times(client: httpx.Client, call_ids: Sequence[str]) -> Times:
    """A hundred calls of any length, each once."""
    chosen = Random(13).sample(list(call_ids), min(QUESTIONS, len(call_ids)))
    return timed(client, [Question(path=f"/v1/calls/{call_id}", params={}) for call_id in chosen], "utterances")
