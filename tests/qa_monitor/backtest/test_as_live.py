"""What a live call knew besides its words is kept, so that the rules in force tell of it later what they told then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from alerts.policy import AlertPolicy
from alerts.records import FlagId, FlagState
from alerts.rulebook import load_rulebook
from qa_monitor.call.judging.holds import Holds
from qa_monitor.call.judging.judge import CallJudge
from qa_monitor.call.judging.judges import Judges
from qa_monitor.records.holds import OnHold
from qa_monitor.rules.ruleset import fixed
from sentiment.hold import HoldBegan, HoldCause, HoldEnded
from streams.activity.music import LineSound, MusicBegan, MusicEnded
from streams.records import CallId, Sought, Speaker, Utterance
from streams.utterances.transcriber import Transcribed
from tests.qa_monitor.backtest.trials import a_file, only, outcome_of
from tests.qa_monitor.past import Past, a_past_call

CUSTOMER = Speaker.CUSTOMER
ON_HOLD = "{words: {speaker: customer, phrases: {fr: [raccroche]}, window: {during_hold: true}}}"
REVIEW = "{words: {speaker: customer, phrases: {fr: [un mauvais commentaire]}}}"
MISHEARD = Sought(
    text="un mauvais commentaire",
    heard="un mot récommentaire",
    first=2,
    likeness=0.8,
    brevity=0.0,
    by_audio=-1.0,
    by_habit=-9.0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What came of a call while it was live."""

    past: Past
    told: tuple[FlagId, ...]
    """Ids of flags."""


def lived(past: Past, rules: Path, music: Sequence[tuple[float, float]] = ()) -> Live:
    """The call as the service judges and keeps it, looked at every half second."""
    judge = CallJudge(past.call, Judges(rules=fixed(load_rulebook([rules])), policy=AlertPolicy(), voice=None))
    sounds: list[tuple[float, LineSound]] = [(at_s, MusicBegan(at_s=at_s)) for at_s, _ in music]
    sounds += [(end_s, MusicEnded(at_s=end_s)) for _, end_s in music]
    said, kept = list(past.said), []
    told: set[FlagId] = set()
    holds: dict[float, OnHold] = {}
    for now_s in (number / 2 for number in range(1, int(2 * past.end_s) + 1)):
        for _, sound in (one for one in sounds if now_s - 0.5 < one[0] <= now_s):
            judge.flow.sounded(1, sound)
        for utterance in [one for one in said if now_s - 0.5 < one.end_s + 0.7 <= now_s]:
            for judged in judge.final(transcribed(utterance), now_s):
                told |= {flag.flag_id for flag in judged.decision.told if flag.state is not FlagState.WITHDRAWN}
                kept.append(replace(judged.utterance, sought=judged.sought))
        for decision in judge.time(now_s, (now_s, now_s))[1]:
            told |= {flag.flag_id for flag in decision.told}
        holds |= {hold.start_s: hold for hold in judge.flow.take_holds()}
    stored = replace(past, said=tuple(kept), holds=tuple(holds.values()))
    return Live(past=stored, told=tuple(sorted(told)))


def transcribed(utterance: Utterance) -> Transcribed:
    return Transcribed(
        utterance=utterance,
        audio=np.zeros(8, dtype=np.float32),
        last_speech_s=utterance.end_s,
        distrust=None,
    )


def test_words_said_on_hold_are_found_again(tmp_path: Path) -> None:
    """And those said before and after it are not."""
    rules = a_file(tmp_path, ON_HOLD)
    said = [(at_s, CUSTOMER, "Je raccroche maintenant.") for at_s in (4.0, 25.0, 55.0)]
    live = lived(a_past_call("c1", *said, end_s=70.0), rules, music=[(10.0, 45.0)])

    found = only(outcome_of(tmp_path, [live.past], rules))

    assert len(live.told) == 1
    assert tuple(one.flag_id for one in found.told) == live.told
    assert [hold.end_s for hold in live.past.holds] == [45.0]


def test_a_phrase_that_only_the_audio_told_is_found_again(tmp_path: Path) -> None:
    """Whoever reads the stored text alone would not find it."""
    rules = a_file(tmp_path, REVIEW)
    call = a_past_call("c1", (5.0, CUSTOMER, "je laisse un mot récommentaire partout"))
    call = replace(call, said=tuple(replace(one, sought=(MISHEARD,)) for one in call.said))
    live = lived(call, rules)
    forgotten = replace(live.past, said=tuple(replace(one, sought=()) for one in live.past.said))

    found = only(outcome_of(tmp_path, [live.past], rules))
    (tmp_path / "other").mkdir()
    without = only(outcome_of(tmp_path / "other", [forgotten], rules))

    assert len(live.told) == 1
    assert tuple(one.flag_id for one in found.told) == live.told
    assert without.told == ()


def test_a_phrase_in_place_of_masked_words_is_not_kept(tmp_path: Path) -> None:
    """Its words would give away the number."""
    rules = a_file(tmp_path, REVIEW)
    digits = replace(MISHEARD, heard="4111 1111 1111 1111", first=4)
    call = a_past_call("c1", (5.0, CUSTOMER, "ma carte est le 4111 1111 1111 1111 voilà"))
    judge = CallJudge(call.call, Judges(rules=fixed(load_rulebook([rules])), policy=AlertPolicy(), voice=None))
    (said,) = call.said

    judged = [*judge.final(transcribed(replace(said, sought=(digits,))), 9.0), *judge.finish(20.0)]

    assert [one.sought for one in judged] == [()]


def test_a_hold_is_kept_when_it_begins_and_again_when_it_ends() -> None:
    """A service that dies in between leaves one that lasts to the end."""
    holds = Holds(CallId("c"))
    holds.add(HoldBegan(at_s=3.0, cause=HoldCause.MUSIC, channel=1), 6.5)
    (begun,) = holds.take()
    holds.add(HoldEnded(at_s=30.0), 33.0)
    (ended,) = holds.take()

    assert (begun.start_s, begun.told_s, begun.end_s) == (3.0, 6.5, None)
    assert ended == replace(begun, end_s=30.0, end_told_s=33.0)
    assert holds.take() == ()
