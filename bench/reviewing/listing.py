"""The list of calls, with all kinds of filters."""

from datetime import timedelta
from random import Random

import httpx

from bench.reviewing.asking import Params, Question, Times, timed
from bench.reviewing.folder import Filled

PATH = "/v1/library/calls"
QUESTIONS = 200
RULES = ("cancellation", "refund", "supervisor", "repeat_call", "dead_air", "customer_anger")


def list_times(client: httpx.Client, filled: Filled) -> Times:
    """Two hundred questions as leads ask them: by team, agent, week, rule, length, silence and so on, and together."""
    dice = Random(7)
    return timed(client, [Question(path=PATH, params=_params(filled, dice)) for _ in range(QUESTIONS)], "calls")


def _params(filled: Filled, dice: Random) -> Params:
    since = filled.first + timedelta(days=dice.uniform(0, filled.days - 8))
    days = dice.choice((1, 7, 30, 90))
    choices: list[dict[str, str | int | float | list[str]]] = [
        {"team": dice.choice(filled.teams)},
        {"agent": dice.choice(filled.agents)},
        {"since": since.isoformat(), "until": (since + timedelta(days=days)).isoformat()},
        {"rule": dice.choice(RULES)},
        {"language": dice.choice(("fr", "en"))},
        {"min_duration_s": dice.choice((120, 300, 600)), "max_duration_s": dice.choice((900, 1200, 3600))},
        {"min_talk_over_s": dice.choice((2, 5, 10))},
        {"min_silence_s": dice.choice((30, 60, 120))},
        {"min_hold_s": dice.choice((10, 60))},
        {"min_flags": dice.choice((1, 2))},
        {"priority": "high", "min_flags": 1},
        {"verdict": dice.choice(("useful", "false_alarm"))},
        {"course": dice.choice(("upset", "calm", "recovering"))},
        {"direction": "outbound"},
        {},
    ]
    asked: dict[str, str | int | float | list[str]] = {"limit": 50}
    for chosen in dice.sample(choices, dice.randint(1, 3)):
        asked |= chosen
    return asked
