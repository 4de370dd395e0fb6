"""How far reviewers agree on a question, with each other and with the machine, over all calls they calibrated. Pure.

Between people: the mean of kappa over all pairs of reviewers (R. J. Light, Psychological Bulletin 76, 1971), its error
by the jackknife over calls (B. Efron, C. Stein, Annals of Statistics 9, 1981). With the machine: Cohen's kappa of
what most of the people said of a call and what the machine said of it: one observation a call, so that a call that ten
people rated does not count ten times.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from qa_monitor.reviews.calibration import MACHINE, Said
from qa_monitor.reviews.kappa import Kappa, Pair, agreed, kappa_of, standard_error, with_interval
from qa_monitor.reviews.records import QuestionId, ReviewerId
from streams.records import CallId

Answers = Mapping[CallId, Mapping[ReviewerId, str]]
"""What each rater answered to one question, by call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """On one question."""

    question_id: QuestionId
    calls: int
    """Calls that anybody answered it for."""
    people_agreed: float | None
    """Share of pairs of reviewers who said the same of the same call; none: never two of one call."""
    people: Kappa | None
    """None: fewer than two calls that two reviewers share, or always one and the same answer."""
    machine_agreed: float | None
    machine: Kappa | None
    """None: no call with the machine's answer, or always one and the same answer."""
    machine_calls: int
    """Calls with an answer of the machine and of most people."""


def agreements(said: Iterable[Said]) -> tuple[Agreement, ...]:
    """Of every question, by name."""
    by_question: dict[QuestionId, dict[CallId, dict[ReviewerId, str]]] = defaultdict(lambda: defaultdict(dict))
    for one in said:
        by_question[one.question_id][one.call_id][one.by] = one.value.value
    return tuple(_agreement(question, by_question[question]) for question in sorted(by_question))


def _agreement(question_id: QuestionId, answers: Answers) -> Agreement:
    people = {call: {who: value for who, value in said.items() if who != MACHINE} for call, said in answers.items()}
    each = [pair for said in people.values() for pair in combinations(said.values(), 2)]
    machine = with_machine(answers)
    error = standard_error(machine)
    kappa = kappa_of(machine)
    return Agreement(
        question_id=question_id,
        calls=sum(bool(said) for said in people.values()),
        people_agreed=agreed(each) if each else None,
        people=between_people(people),
        machine_agreed=agreed(machine) if machine else None,
        machine=None if kappa is None or error is None else with_interval(kappa, error, len(machine)),
        machine_calls=len(machine),
    )


def between_people(answers: Answers) -> Kappa | None:
    """The mean kappa of all pairs of reviewers, with the interval by the jackknife over calls."""
    shared = [call for call, said in answers.items() if len(said) > 1]
    value = mean_kappa([answers[call] for call in shared])
    if value is None or len(shared) < 2:
        return None
    without = [mean_kappa([answers[other] for other in shared if other != call]) for call in shared]
    known = [one for one in without if one is not None]
    if len(known) < 2:
        return None
    centre, count = sum(known) / len(known), len(known)
    error = sqrt((count - 1) / count * sum((one - centre) ** 2 for one in known))
    return with_interval(value, error, len(shared))


def mean_kappa(calls: Sequence[Mapping[ReviewerId, str]]) -> float | None:
    """Light's kappa: pairs of reviewers for whom kappa is not defined are left out; none where it is for no pair."""
    raters = sorted({who for said in calls for who in said})
    found = [
        kappa
        for one, two in combinations(raters, 2)
        if (kappa := kappa_of([(said[one], said[two]) for said in calls if one in said and two in said])) is not None
    ]
    return sum(found) / len(found) if found else None


def with_machine(answers: Answers) -> list[Pair]:
    """What most people said of each call, and what the machine did. Calls where people are divided are left out."""
    found = []
    for said in answers.values():
        most = _majority([value for who, value in said.items() if who != MACHINE])
        if most is not None and MACHINE in said:
            found.append((most, said[MACHINE]))
    return found


def _majority(values: Sequence[str]) -> str | None:
    """What more of them said than anything else."""
    first = Counter(values).most_common(2)
    if not first or (len(first) == 2 and first[0][1] == first[1][1]):
        return None
    return first[0][0]
