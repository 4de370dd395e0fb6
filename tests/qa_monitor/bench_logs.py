"""Logs of benchmark runs as tests need them: two channels, three utterances each, answered after a given time."""

from dataclasses import replace

from qa_monitor.bench.records import Beat, CallLog, CallPlan, Guess, Heard, Player, RunLog, Source, Spoken, Tally, Usage
from streams.records import Language

TEXTS = ("please enter your account number", "followed by the pound key", "thank you very much indeed")
FRAME_S = 0.2
SECONDS = 60.0
GOOD_PER_S = 2.0


def a_plan(number: int = 0, *, source: Source = Source.SCRIPT, seconds: float = SECONDS) -> CallPlan:
    return CallPlan(number=number, source=source, language=Language.EN, seconds=seconds, seed=number)


def a_call(number: int = 0, *, late_s: float = 0.8, started_at_s: float = 100.0, growth_s: float = 0.0) -> CallLog:
    """Utterances of 2 s, every 15 s; lateness grows by `growth_s` from one to the next."""
    spoken, finals, guesses = [], [], []
    for place, text in enumerate(TEXTS):
        for channel in (0, 1):
            start_s = 11.0 + 15.0 * place + 3.0 * channel
            end_s = start_s + 2.0
            at_s = started_at_s + end_s + late_s + growth_s * place
            spoken.append(Spoken(channel=channel, key=text, text=text, start_s=start_s, end_s=end_s))
            finals.append(Heard(channel=channel, text=text, at_s=at_s, start_s=start_s, end_s=end_s))
            guesses.append(
                Guess(
                    utterance_id=f"{channel}-{place}",
                    channel=channel,
                    start_s=start_s - 0.2,
                    end_s=start_s + 0.6,
                    at_s=started_at_s + start_s + 1.0,
                )
            )
    return CallLog(
        plan=a_plan(number),
        started_at_s=started_at_s,
        frame_s=FRAME_S,
        error=None,
        speech_s=45.0,
        spoken=tuple(spoken),
        finals=tuple(finals),
        guesses=tuple(guesses),
        scored_voices=3,
    )


def without_final(call: CallLog, place: int) -> CallLog:
    """The same call with one final missing."""
    return replace(call, finals=call.finals[:place] + call.finals[place + 1 :])


def a_run(*calls: CallLog, lost: float = 0.0) -> RunLog:
    """One minute of it: two cores half busy, memory growing by a MiB per call, calm but for two heartbeats."""
    return RunLog(
        calls=calls,
        player=Player(cpu_s=3.0, wall_s=60.0, late_p95_s=0.01),
        warm=Usage(at_s=95.0, cpu_s=10.0, rss_mib=400.0),
        usage=tuple(
            Usage(at_s=100.0 + second, cpu_s=10.0 + second, rss_mib=400.0 + len(calls)) for second in range(61)
        ),
        beats=tuple(
            Beat(at_s=98.0 + 2 * place, lag_s=0.1, shed_level=int(place in (10, 11)), calls_live=len(calls))
            for place in range(30)
        ),
        tallies=tuple(
            Tally(at_s=100.0 + 2 * place, finals=6.0 * place, good=GOOD_PER_S * 2 * place) for place in range(50)
        ),
        flags=2,
        withdrawn=1,
        counters_before={"utterances_lost_total": 1.0},
        counters_after={"utterances_lost_total": 1.0 + lost},
    )
