"""What is usual, what surges, and what has grown: numbers that are known beforehand."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from qa_monitor.themes.grouping import grouped, surges_of
from qa_monitor.themes.growth import Tally, discoveries, growths, upper_tail
from qa_monitor.themes.records import EVERY, Theme
from qa_monitor.themes.sayers import Sayers
from qa_monitor.themes.surging import Alarm, Lately, alarms
from qa_monitor.themes.usual import HOURS, Usual
from streams.records import CallId
from tests.qa_monitor.builders import NOON

BOX, BILL = Theme("fr:box"), Theme("fr:factur")
NOBODY: frozenset[Theme] = frozenset()


def a_usual(weeks: int = 4, seed: int = 1, box: float = 0.05) -> Usual:
    """A centre with 200 calls each hour, of which some name a box, and a quarter the bill."""
    dice = np.random.default_rng(seed)
    usual = Usual()
    for hour in range(weeks * HOURS):
        calls = int(dice.poisson(200))
        named = {BOX: int(dice.binomial(calls, box)), BILL: int(dice.binomial(calls, 0.25))}
        usual.learn(hour % HOURS, named, {EVERY: calls, "fr": calls}, NOBODY)
    return usual


def the_last_hours(box: list[int], calls: int = 33) -> Lately:
    every = np.full((2, len(box)), calls, dtype=np.int64)
    bill = np.full(len(box), calls // 4, dtype=np.int64)
    named: NDArray[np.int64] = np.stack([np.array(box, dtype=np.int64), bill])
    hours = tuple(10 + slot // 6 for slot in range(len(box)))
    since = np.zeros(2, dtype=np.int64)
    return Lately(themes=(BOX, BILL), named=named, calls=every, hours=hours, since=since)


def test_the_usual_share_is_learnt_and_drawn_to_that_of_the_week() -> None:
    usual = a_usual()
    shares = usual.shares([BOX, BILL, Theme("fr:inconnu")], 10)

    assert shares[0] == pytest.approx(0.05, abs=0.012)
    assert shares[1] == pytest.approx(0.25, abs=0.03)
    assert 0 < shares[2] < 0.0001


def test_an_hour_of_the_week_keeps_its_own_share() -> None:
    usual = Usual()
    for hour in range(4 * HOURS):
        monday = hour % HOURS < 24
        usual.learn(hour % HOURS, {BOX: 100 if monday else 10}, {EVERY: 1000, "fr": 1000}, NOBODY)

    assert usual.shares([BOX], 10)[0] > 3 * usual.shares([BOX], 60)[0]


def test_a_theme_in_a_surge_is_not_learnt_from() -> None:
    usual = a_usual()
    before = usual.shares([BOX], 10)[0]
    usual.learn(10, {BOX: 150}, {EVERY: 200, "fr": 200}, frozenset({BOX}))

    assert usual.shares([BOX], 10)[0] <= before


def test_what_is_rarely_named_is_as_usual_at_every_hour_alike() -> None:
    """Five calls a week, at hours that chance has chosen: no hour is one in which it is never named."""
    dice = np.random.default_rng(5)
    usual = Usual()
    for hour in range(4 * HOURS):
        usual.learn(hour % HOURS, {BOX: int(dice.poisson(5 / HOURS)), BILL: 50}, {EVERY: 200, "fr": 200}, NOBODY)
    shares = [usual.shares([BOX], hour)[0] for hour in range(HOURS)]

    assert min(shares) > 0.5 * max(shares)
    assert np.mean(shares) == pytest.approx(5 / HOURS / 200, rel=0.6)


def test_hours_of_a_surge_make_the_next_ones_look_no_rarer() -> None:
    usual = a_usual()
    before = usual.shares([BOX], 10)[0]
    for _ in range(4):
        usual.learn(10, {BOX: 150}, {EVERY: 200, "fr": 200}, frozenset({BOX}))

    assert usual.shares([BOX], 10)[0] == pytest.approx(before, rel=0.1)


def test_days_that_differ_are_told_from_chance() -> None:
    dice = np.random.default_rng(3)
    steady, wild = Usual(), Usual()
    for hour in range(6 * HOURS):
        factor = math.exp(dice.normal(0, 0.4))
        steady.learn(hour % HOURS, {BOX: int(dice.poisson(50))}, {EVERY: 1000, "fr": 1000}, NOBODY)
        wild.learn(hour % HOURS, {BOX: int(dice.poisson(50 * factor))}, {EVERY: 1000, "fr": 1000}, NOBODY)

    assert steady.dispersion([BOX])[0] < 0.02
    assert wild.dispersion([BOX])[0] == pytest.approx(0.18, abs=0.12)


def test_an_hour_of_five_times_as_many_is_a_surge_and_says_since_when() -> None:
    found = alarms(the_last_hours([2, 1, 2, 2, 1, 2, 8, 9, 8, 9, 8, 9]), a_usual())

    assert [alarm.theme for alarm in found] == [BOX]
    assert found[0].began == 6
    assert found[0].calls == 51
    assert found[0].expected == pytest.approx(9.9, abs=3)


def test_the_usual_is_no_surge_and_neither_is_a_busy_day() -> None:
    usual = a_usual()

    assert alarms(the_last_hours([2, 1, 3, 2, 1, 2, 2, 1, 0, 2, 3, 1]), usual) == ()
    assert alarms(the_last_hours([8, 9, 8, 9, 8, 9], calls=165), usual) == ()


def test_nothing_is_told_before_a_week_is_known() -> None:
    usual = Usual()
    for hour in range(HOURS - 1):
        usual.learn(hour, {BOX: 1}, {EVERY: 100, "fr": 100}, NOBODY)

    assert alarms(the_last_hours([20] * 6), usual) == ()


def test_words_never_heard_before_surge_with_few_calls() -> None:
    lately = the_last_hours([0, 0, 2, 4, 3, 3])
    fresh = Lately(
        themes=(Theme("fr:cyberattaqu"), BILL),
        named=lately.named,
        calls=lately.calls,
        hours=lately.hours,
        since=lately.since,
    )

    assert [alarm.theme for alarm in alarms(fresh, a_usual())] == ["fr:cyberattaqu"]


def test_what_came_before_the_end_of_a_surge_starts_no_new_one() -> None:
    lately = the_last_hours([8, 9, 8, 9, 8, 9, 2, 1, 2])
    since = np.array([6, 0], dtype=np.int64)
    after = Lately(themes=lately.themes, named=lately.named, calls=lately.calls, hours=lately.hours, since=since)

    assert alarms(lately, a_usual()) != ()
    assert alarms(after, a_usual()) == ()


def test_weeks_of_chance_give_hardly_any_alarm() -> None:
    """200 themes, looked at every ten minutes through three weeks: at most one false alarm is allowed for in two."""
    dice = np.random.default_rng(7)
    themes = tuple(Theme(f"fr:mot{number}") for number in range(200))
    shares = dice.uniform(0.005, 0.08, len(themes))
    usual, told = Usual(), set()
    for hour in range(4 * HOURS):
        if 8 <= hour % 24 < 18:
            named = dict(zip(themes, dice.binomial(300, shares).tolist(), strict=True))
            usual.learn(hour % HOURS, named, {EVERY: 300, "fr": 300}, NOBODY)
        else:
            usual.learn(hour % HOURS, {}, {}, NOBODY)
    for day in range(15):
        drawn = dice.binomial(50, np.repeat(shares[:, None], 60, axis=1))
        for last in (12, 24, 36, 48, 60):
            part = slice(max(0, last - 36), last)
            hours = tuple(day % 5 * 24 + 8 + slot // 6 for slot in range(60))[part]
            calls = np.full((len(themes), len(hours)), 50, dtype=np.int64)
            since = np.zeros(len(themes), dtype=np.int64)
            lately = Lately(themes=themes, named=drawn[:, part], calls=calls, hours=hours, since=since)
            told |= {(day, group.themes) for group in surges_of(alarms(lately, usual), {})}

    assert len(told) <= 1


def test_what_is_rarer_today_is_found_when_it_doubles_and_a_day_of_half_as_many_more_is_no_surge() -> None:
    """Of 1000 calls in ten minutes 50 say it as a rule; today 32 until it doubles, on another day 75 all along."""
    usual = a_usual()
    rarer = the_last_hours([32] * 24 + [65] * 6, calls=1000)
    commoner = the_last_hours([75] * 30, calls=1000)

    assert BOX in [alarm.theme for alarm in alarms(rarer, usual)]
    assert surges_of(alarms(commoner, usual), {}) == ()


def test_what_is_over_is_told_no_more_however_strong_it_was() -> None:
    lasting, over = [2] * 6 + [20] * 6, [2] * 6 + [20] * 6 + [2] * 6

    assert surges_of(alarms(the_last_hours(lasting), a_usual()), {}) != ()
    assert surges_of(alarms(the_last_hours(over), a_usual()), {}) == ()


def test_themes_that_are_too_weak_each_are_a_surge_together_where_the_same_calls_name_them() -> None:
    box, network = an_alarm("fr:box", weight=-0.5), an_alarm("fr:réseau", weight=-0.6)
    same, apart = ids(range(10)), ids(range(20, 30))

    assert len(surges_of([box, network], {box.theme: same, network.theme: same})) == 1
    assert surges_of([box, network], {box.theme: same, network.theme: apart}) == ()
    assert len(surges_of([an_alarm("fr:box", weight=0.1)], {})) == 1


def test_themes_of_the_same_calls_are_one_surge() -> None:
    box, network, bill = (an_alarm(name) for name in ("fr:box", "fr:réseau", "fr:factur"))
    calls = {box.theme: ids(range(10)), network.theme: ids(range(4, 12)), bill.theme: ids(range(50, 60))}
    found = grouped([box, network, bill], calls)

    assert [group.themes for group in found] == [("fr:box", "fr:réseau"), ("fr:factur",)]


def test_a_word_that_only_goes_along_with_a_surge_is_no_surge_of_its_own() -> None:
    """Half of the forty calls that say "voisin" are usual; of the other twenty, fifteen are about the box."""
    box = an_alarm("fr:box")
    voisin = Alarm(theme=Theme("fr:voisin"), began=0, calls=40, expected=20.0, evidence=15.0)
    along = {box.theme: ids(range(60)), voisin.theme: ids(range(45, 85))}
    apart = {box.theme: ids(range(60)), voisin.theme: ids(range(58, 98))}

    assert len(grouped([box, voisin], along)) == 1
    assert len(grouped([box, voisin], apart)) == 2


def an_alarm(theme: str, weight: float = 5.0) -> Alarm:
    return Alarm(theme=Theme(theme), began=0, calls=9, expected=1.0, evidence=20.0, weight=weight)


def ids(numbers: range) -> Sayers:
    return Sayers(calls={CallId(str(number)): NOON for number in numbers})


@pytest.mark.parametrize(
    ("count", "mean", "dispersion", "expected"),
    [
        (5, 2.0, 0.0, 0.052653),  # Poisson
        (20, 10.0, 0.0, 0.003454),
        (8, 4.0, 0.25, 0.113281),  # negative binomial of size 4, probability 1/2
        (3, 4.0, 0.1, 1.0),
    ],
)
def test_the_tail_is_that_of_the_textbook(count: int, mean: float, dispersion: float, expected: float) -> None:
    assert upper_tail(count, mean, dispersion) == pytest.approx(expected, rel=2e-3)


def test_growth_comes_with_its_interval_and_only_what_is_beyond_chance_is_told() -> None:
    found = growths([a_tally(BOX, 60, 80), a_tally(BILL, 105, 400), a_tally(Theme("fr:rare"), 4, 0)])
    box, bill = found

    assert (box.theme, box.grown, bill.grown) == (BOX, True, False)
    assert box.times == pytest.approx(3.0, abs=0.1)
    assert 1.8 < box.low < box.times < box.high < 5
    assert box.expected == pytest.approx(20.1, abs=0.1)


def a_tally(theme: Theme, now: int, before: int) -> Tally:
    return Tally(theme=theme, now=now, calls=1000, before=before, calls_before=4000, dispersion=0.01)


def test_of_many_the_false_discovery_rate_is_held() -> None:
    """Benjamini and Hochberg's own step: the largest k whose p-value is at most k/m of the share."""
    chances = {Theme(str(place)): value for place, value in enumerate([0.001, 0.012, 0.018, 0.04, 0.5])}

    assert discoveries(chances) == {"0", "1", "2", "3"}
    assert discoveries({Theme("a"): 0.06}) == frozenset()
