"""From what a player saw to the figures of a run, of a search for the limit and of an overload."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qa_monitor.bench.counters import counters_in
from qa_monitor.bench.figures import Figures, figures_of, shed_times, trouble
from qa_monitor.bench.limit import Climb
from qa_monitor.bench.overload import AFTER_S, Overload, cpu_share_of, overload_calls, overload_of, recovered_after_s
from qa_monitor.bench.plan import calls_at_once, calls_in_turn
from qa_monitor.bench.plot import plot
from qa_monitor.bench.records import Beat, Heard, Source, Usage
from streams.records import Language
from tests.qa_monitor.bench_logs import GOOD_PER_S, SECONDS, a_call, a_plan, a_run, without_final


def test_figures_of_a_run_that_went_well() -> None:
    figures = figures_of(a_run(a_call(0), a_call(1)))

    assert (figures.calls, figures.utterances, figures.finals, figures.lost) == (2, 12, 12, 0)
    assert figures.final_p50_s == figures.final_p95_s == 0.8
    assert figures.final_by_times_p95_s == 0.8
    assert figures.partial_p50_s == 1.0
    assert figures.partial_late_p50_s == pytest.approx(0.4)
    assert (figures.wer, figures.wer_en, figures.wer_fr) == (0.0, 0.0, None)
    assert figures.cpu_s_per_audio_s == 0.5
    assert figures.cpu_share == 1.0
    assert figures.mib_per_call == 1.0
    assert figures.speech_share == 0.75
    assert figures.shed_level == 1
    assert dict(figures.shed_s)[1] == 4.0
    assert (figures.flags, figures.flags_withdrawn, figures.scored_voices) == (2, 1, 6)
    assert not figures.player_was_late
    assert trouble(figures) is None


def test_latency_is_from_when_the_message_left_that_carried_the_end() -> None:
    """A message carries 0.2 s: an utterance that ends within it has been sent at its end."""
    call = a_call()
    spoken = tuple(replace(one, end_s=one.end_s - 0.15) for one in call.spoken)

    assert figures_of(a_run(replace(call, spoken=spoken))).final_p50_s == 0.8


def test_a_lost_utterance_is_named() -> None:
    figures = figures_of(a_run(without_final(a_call(), 2), lost=1))

    assert figures.lost == 1
    assert figures.lost_keys == ("followed by the pound key",)
    assert figures.not_transcribed == 1
    assert trouble(figures) == "1 utterances lost, 1 not transcribed live"


def test_a_recording_counts_by_the_service_s_own_times_and_not_by_its_words() -> None:
    recorded = replace(a_call(1, late_s=1.5), plan=a_plan(1, source=Source.RECORDING), spoken=())
    figures = figures_of(a_run(a_call(0), recorded))

    assert figures.utterances == 6
    assert figures.wer == 0.0
    assert (figures.final_p50_s, figures.final_p95_s) == (0.8, 1.5)


def test_a_refused_call_is_trouble_and_nothing_else_of_it_counts() -> None:
    refused = replace(a_call(1), error="the service refused", finals=(), spoken=(), guesses=())
    figures = figures_of(a_run(a_call(0), refused))

    assert figures.refused == 1
    assert figures.cpu_s_per_audio_s == 1.0
    assert trouble(figures) == "1 calls refused: the service refused"


def test_what_is_said_before_the_last_call_began_does_not_count() -> None:
    early = replace(a_call(0, late_s=0.8), plan=a_plan(0))
    slow_start = replace(early, finals=(replace(early.finals[0], at_s=early.finals[0].at_s + 9), *early.finals[1:]))
    later = a_call(1, started_at_s=109.0)

    assert figures_of(a_run(slow_start)).final_max_s == 9.8
    assert figures_of(a_run(replace(slow_start, started_at_s=96.0), later)).final_max_s != 9.8


def test_lateness_that_grows_is_trouble() -> None:
    figures = figures_of(a_run(a_call(growth_s=0.4)))

    assert figures.lag_growth_s == pytest.approx(0.8)
    assert figures.lag_slope_s_per_min == pytest.approx(1.6, abs=0.1)
    assert trouble(figures) == "lateness grows by 0.80 s"


def test_a_late_player_is_told() -> None:
    log = a_run(a_call())

    assert figures_of(replace(log, player=replace(log.player, late_p95_s=0.2))).player_was_late


def test_levels_last_until_the_next_heartbeat() -> None:
    beats = [Beat(at_s=at_s, lag_s=0, shed_level=level, calls_live=1) for at_s, level in ((0, 0), (2, 1), (5, 0))]

    assert shed_times(beats) == ((0, 2), (1, 3))


@pytest.mark.parametrize(
    ("capacity", "tried", "limit"),
    [(30, [8, 16, 24, 32, 28], 28), (24, [8, 16, 24, 32, 28], 24), (4, [8, 4], 4), (3, [8, 4], 0), (99, None, 40)],
)
def test_the_limit_is_found_in_large_and_then_in_small_steps(
    capacity: int, tried: list[int] | None, limit: int
) -> None:
    climb = Climb(start=8, coarse=8, fine=4, most=40)
    steps = []
    while (count := climb.next) is not None:
        steps.append(count)
        climb.note(count, followed=count <= capacity)

    assert climb.limit == limit
    assert tried is None or steps == tried


def test_every_third_call_is_a_recording_and_languages_take_turns() -> None:
    plans = calls_at_once(7, 60.0, (Path("a.flac"), Path("b.flac")), seed=1)

    assert [plan.source is Source.RECORDING for plan in plans] == [False, False, True, False, False, True, False]
    assert [plan.file for plan in plans if plan.file] == ["a.flac", "b.flac"]
    scripted = [plan.language for plan in plans if plan.source is Source.SCRIPT]
    assert scripted == [Language.FR, Language.EN, Language.FR, Language.EN, Language.FR]
    assert sorted(plan.starts_after_s for plan in plans)[-1] < 10.0
    assert len({plan.seed for plan in plans}) == 7


def test_one_call_at_a_time_means_that_none_begins_before_the_other_has_ended() -> None:
    first, second = calls_in_turn(60.0, seed=1)

    assert first.seconds == second.seconds == 30.0
    assert second.starts_after_s > first.seconds
    assert {first.language, second.language} == {Language.FR, Language.EN}


def an_overload(seconds: float = SECONDS) -> Overload:
    calls = overload_calls(2, 2.0, seconds, (), seed=1)
    followed = [replace(a_call(number, late_s=1.0), plan=calls[number]) for number in range(3)]
    refused = replace(a_call(3), plan=calls[3], error="call x: busy", finals=(), spoken=(), guesses=())
    calm = replace(a_call(4, started_at_s=165.0), plan=calls[4])
    log = a_run(*followed, refused, calm)
    counters = {'shed_total{what="partials"}': 7.0, "speech_later_done_s_total": 30.0, "speech_later_waiting_s": 10.0}
    nominal = figures_of(a_run(a_call(0), a_call(1)))
    return overload_of(replace(log, counters_after=counters), 2.0, seconds, 2.5, nominal)


def test_an_overload_offers_so_many_calls_and_then_half_of_capacity() -> None:
    calls = overload_calls(24, 5.0, 60.0, (), seed=1)

    assert sum(plan.seconds == 60.0 for plan in calls) == 120
    assert sum(plan.seconds == 60.0 and plan.watched for plan in calls) == 24
    calm = [plan for plan in calls if plan.seconds == AFTER_S]
    assert len(calm) == 12
    assert min(plan.starts_after_s for plan in calm) > 60.0
    assert [plan.number for plan in calls] == list(range(132))


def test_an_overload_is_held_against_what_capacity_gives() -> None:
    found = an_overload()

    assert (found.offered, found.watched, found.followed) == (4, 2, 3)
    assert [(one.told, one.calls) for one in found.refused] == [("busy", 1)]
    assert found.goodput_per_s == pytest.approx(GOOD_PER_S)
    assert found.goodput_share == pytest.approx(0.8)
    assert found.final_p95_s == 1.0
    assert found.final_p95_times_nominal == pytest.approx(1.25)
    assert found.shed['shed_total{what="partials"}'] == 7.0
    assert found.later_share == 0.75


def test_an_overload_tells_what_the_player_and_the_service_took() -> None:
    """The service's part counts while all calls are live, not before or after."""
    found = an_overload()
    run_of_one = a_run(a_call())

    assert found.player_cpu_share == figures_of(run_of_one).player_cpu_share
    assert found.player_late_p95_s == run_of_one.player.late_p95_s
    assert found.cpu_share == 1.0
    before = (Usage(at_s=-50.0, cpu_s=0.0, rss_mib=0.0), Usage(at_s=-40.0, cpu_s=9.0, rss_mib=0.0))
    assert cpu_share_of(replace(run_of_one, usage=before + run_of_one.usage), SECONDS) == 1.0
    assert cpu_share_of(replace(run_of_one, usage=before), SECONDS) is None


def test_recovery_is_the_last_return_to_level_0() -> None:
    levels = ((0.0, 2), (2.0, 0), (4.0, 1), (6.0, 0), (8.0, 0))
    beats = tuple(Beat(at_s=at_s, lag_s=0, shed_level=level, calls_live=1) for at_s, level in levels)
    log = replace(a_run(a_call()), beats=beats)

    assert recovered_after_s(log, 1.0) == 5.0
    assert recovered_after_s(replace(log, beats=beats[:3]), 1.0) is None


def test_counters_are_added_up_over_their_labels() -> None:
    page = '# HELP x\nshed_total{what="a"} 2.0\nshed_total{what="b"} 3.0\nlag_s 0.5\n'

    assert counters_in(page) == {
        "shed_total": 5.0,
        'shed_total{what="a"}': 2.0,
        'shed_total{what="b"}': 3.0,
        "lag_s": 0.5,
    }


def test_the_plot_is_well_formed_and_shows_every_step() -> None:
    steps: list[Figures] = [
        replace(figures_of(a_run(a_call(late_s=0.5 * calls))), calls=calls, partial_p50_s=None) for calls in (1, 4, 8)
    ]

    picture = plot(steps, "2 cores <of> a & b")

    root = ElementTree.fromstring(picture)
    names = {"svg": "http://www.w3.org/2000/svg"}
    texts = [found.text for found in root.iterfind(".//svg:text", names)]
    assert {"2 cores <of> a & b", "seconds", "cores", "final, p95 (s)"} <= set(texts)
    assert len(root.findall(".//svg:circle", names)) == 3 * 3
    for circle in root.iterfind(".//svg:circle", names):
        assert 0 <= float(circle.get("cy", "-1")) <= 420


def test_a_final_without_times_counts_by_its_words_alone() -> None:
    """Other servers tell no times."""
    call = a_call()
    finals = tuple(Heard(channel=one.channel, text=one.text, at_s=one.at_s) for one in call.finals)
    figures = figures_of(a_run(replace(call, finals=finals)))

    assert figures.final_p95_s == 0.8
    assert figures.final_by_times_p95_s is None
