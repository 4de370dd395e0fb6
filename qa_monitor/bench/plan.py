"""Which calls are played: scripts in both languages in turn, every third one a recording where there is one. Pure."""

from collections.abc import Sequence
from pathlib import Path

from qa_monitor.bench.prompts import Prompt
from qa_monitor.bench.records import CallPlan, Source
from streams.records import Language

EVERY_RECORDING = 3
LANGUAGES = (Language.FR, Language.EN)
LONGEST_STAGGER_S = 10.0
FEWEST_PROMPTS = 4


def stagger_s(seconds: float) -> float:
    """Within this time from the first one all calls begin."""
    return min(LONGEST_STAGGER_S, seconds / 6)


def calls_at_once(count: int, seconds: float, recordings: Sequence[Path], seed: int) -> tuple[CallPlan, ...]:
    """So many calls, begun one shortly after the other, each `seconds` long."""
    scripts = 0
    plans = []
    for number in range(count):
        recorded = bool(recordings) and number % EVERY_RECORDING == EVERY_RECORDING - 1
        file = recordings[number // EVERY_RECORDING % len(recordings)] if recorded else None
        plans.append(
            CallPlan(
                number=number,
                source=Source.RECORDING if recorded else Source.SCRIPT,
                language=None if recorded else LANGUAGES[scripts % len(LANGUAGES)],
                seconds=seconds,
                seed=seed + number,
                starts_after_s=number * stagger_s(seconds) / count,
                file=None if file is None else str(file),
            )
        )
        scripts += not recorded
    return tuple(plans)


def calls_in_turn(seconds: float, seed: int) -> tuple[CallPlan, ...]:
    """One scripted call per language, one after the other, together `seconds` long: the same clips, nobody beside."""
    each_s = seconds / len(LANGUAGES)
    return tuple(
        CallPlan(
            number=number,
            source=Source.SCRIPT,
            language=language,
            seconds=each_s,
            seed=seed + 1000 + number,
            starts_after_s=number * (each_s + 1.0),
        )
        for number, language in enumerate(LANGUAGES)
    )


def chosen_prompts(prompts: Sequence[Prompt], seconds: float) -> tuple[Prompt, ...]:
    """Clips evenly spread over all, about as many as half of `seconds` takes: both runs say the same ones."""
    mean_s = sum(prompt.duration_s for prompt in prompts) / len(prompts)
    count = min(len(prompts), max(FEWEST_PROMPTS, round(seconds / 2 / (mean_s + 0.5))))
    step = len(prompts) / count
    return tuple(prompts[int(place * step)] for place in range(count))
