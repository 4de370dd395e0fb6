"""The figures of a run: recall, false hits per hour, by stage, by certainty, by voice, noise and rule. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.spoken.judging import (
    ANY,
    REASONS,
    Bar,
    Case,
    false_hits,
    is_right,
    is_right_on_text,
    starter_rules_on_text,
    starter_rules_right,
)
from bench.transcribing.word_errors import errors, normalised
from qa_monitor.rules.precision import Interval, wilson
from streams.records import Language

Figures = dict[str, object]
FLOORS = tuple(round(0.02 * step, 2) for step in range(51))


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Recall and false hits with one bar."""

    recall: float
    recall_interval: Interval
    """Where it lies 95 times of 100, were the clips drawn by lot."""
    false_per_hour: float


def point(cases: Sequence[Case], bar: Bar = ANY) -> Point:
    """The two figures of some clips; recall is 0 where nothing was said to find."""
    wanted = [case for case in cases if case.wanted is not None]
    right = sum(is_right(case, bar) for case in wanted)
    wrong = sum(len(false_hits(case, bar)) for case in cases)
    hours = sum(case.duration_s for case in cases) / 3600
    return Point(
        recall=round(right / len(wanted), 4) if wanted else 0.0,
        recall_interval=wilson(right, len(wanted)),
        false_per_hour=round(wrong / hours, 3) if hours else 0.0,
    )


def stages(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    """The figures when only hits up to each reason count."""
    points = {reason.value: point(cases, Bar(boldest=reason)) for reason in REASONS}
    return {
        name: {
            "recall": one.recall,
            "recall_from": round(one.recall_interval.low, 4),
            "recall_to": round(one.recall_interval.high, 4),
            "false_per_hour": one.false_per_hour,
        }
        for name, one in points.items()
    }


def curve(cases: Sequence[Case]) -> list[tuple[float, Point]]:
    """The figures when only hits of at least each certainty count."""
    return [(floor, point(cases, Bar(certainty=floor))) for floor in FLOORS]


def of_language(cases: Sequence[Case]) -> Figures:
    """All figures of the clips of one language."""
    spoken = [case for case in cases if case.wanted is not None]
    tuned, held = ([case for case in cases if case.held is wanted] for wanted in (False, True))
    every, first, second = point(cases), point(tuned), point(held)
    return {
        "recall": every.recall,
        "recall_from_to": [round(every.recall_interval.low, 4), round(every.recall_interval.high, 4)],
        "false_per_hour": every.false_per_hour,
        "recall_tuned": first.recall,
        "false_per_hour_tuned": first.false_per_hour,
        "recall_held_out": second.recall,
        "false_per_hour_held_out": second.false_per_hour,
        "recall_on_text": _share(spoken, is_right_on_text),
        "recall_of_starter_rules": _share([case for case in spoken if starter_rules_on_text(case)], _any_starter_rule),
        "word_error_rate": _wer(spoken),
        "clips": len(spoken),
        "sentences": len({case.said for case in spoken}),
        "hours": round(sum(case.duration_s for case in cases) / 3600, 3),
        "by_noise": _recall_by(spoken, lambda case: case.group),
        "by_voice": _recall_by(spoken, lambda case: case.voice),
        "by_rule": _recall_by(spoken, lambda case: case.wanted.rule_id if case.wanted else ""),
        "false_hits": [
            {
                "rule": found.rule_id,
                "phrase": found.phrase,
                "words": found.words,
                "certainty": round(found.certainty, 2),
            }
            for case in cases
            for found in false_hits(case)
            if not case.held
        ],
    }


def table(by_language: Mapping[Language, Sequence[Case]]) -> list[str]:
    """The stages of all languages, for a reader."""
    lines = [f"{'':28}" + "".join(f"{language.value:>16}" for language in by_language)]
    for reason in REASONS:
        points = [point(cases, Bar(boldest=reason)) for cases in by_language.values()]
        lines.append(
            f"{'up to ' + reason.value:28}" + "".join(f"{one.recall:8.1%}{one.false_per_hour:6.2f}/h" for one in points)
        )
    return lines


def _recall_by(cases: Sequence[Case], name: Callable[[Case], str]) -> dict[str, float]:
    names = sorted({name(case) for case in cases})
    return {one: point([case for case in cases if name(case) == one]).recall for one in names}


def _share(cases: Sequence[Case], is_so: Callable[[Case], bool]) -> float:
    return round(sum(map(is_so, cases)) / len(cases), 4) if cases else 0.0


def _any_starter_rule(case: Case) -> bool:
    return bool(starter_rules_right(case))


def _wer(cases: Sequence[Case]) -> float:
    wrong = sum(errors(normalised(case.said), normalised(case.heard)) for case in cases)
    return round(wrong / max(1, sum(len(normalised(case.said)) for case in cases)), 4)
