"""One call's part in what is left out: what is asked for, what is silenced, why it is blind."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from alerts.records import Decision
from keywords.records import Redaction, RedactionKind
from qa_monitor.call.judging.judged import Judged
from qa_monitor.call.lateness import Lateness
from qa_monitor.call.listening import CallEars
from qa_monitor.call.shared import Shared
from qa_monitor.records.calls import BACKLOG, LATER
from qa_monitor.shedding.care import FULL_CARE, Care
from qa_monitor.shedding.levels import Shedding
from streams.records import Embedding, Utterance
from streams.utterances.transcriber import Transcribed
from tests.qa_monitor.builders import a_call, an_utterance
from tests.qa_monitor.live_calls import an_application

REDACTION = Redaction(kind=RedactionKind.CARD, start_s=10.5, end_s=11.0)


def with_shared(folder: Path, check: Callable[[Shared], None]) -> None:
    """All that calls share, of an application nobody calls."""

    async def run() -> None:
        async with an_application(folder) as parts:
            check(parts.switchboard._shared)  # what all calls share is nobody else's business

    asyncio.run(run())


def understood(utterance: Utterance) -> Transcribed:
    return Transcribed(
        utterance=utterance, audio=np.zeros(32_000, np.float32), last_speech_s=utterance.end_s, distrust=None
    )


def masked(utterance: Utterance) -> Judged:
    return Judged(utterance=utterance, emotion=None, decision=Decision(), redactions=(REDACTION,))


@pytest.mark.parametrize(
    ("level", "card_open", "silenced"),
    [(2, False, (10.5, 11.0)), (3, True, (10.5, 11.0)), (3, False, (9.6, 12.2))],
)
def test_without_word_times_a_whole_utterance_is_silenced_for_the_number_in_it(
    level: int, card_open: bool, silenced: tuple[float, float], tmp_path: Path
) -> None:
    """Nobody knows at which second the digits are; while digits are waited for, times are measured at every level."""

    def check(shared: Shared) -> None:
        call, utterance = a_call(), an_utterance(10.0)
        lateness, ears = Lateness(call, shared), CallEars(call, shared, lambda: None)
        shared.shedding.now = Shedding(level=level)
        lateness.apply(ears, 11.0, card_open=card_open)
        lateness.final_came(understood(utterance), 12.5)
        (found,) = lateness.silenced(masked(utterance))

        assert np.allclose(found, silenced, atol=0.11)

    with_shared(tmp_path, check)


def test_text_that_was_asked_for_with_times_again_is_silenced_word_by_word(tmp_path: Path) -> None:
    """12 s later none can be left of the time without."""

    def check(shared: Shared) -> None:
        call, utterance = a_call(), an_utterance(10.0)
        lateness, ears = Lateness(call, shared), CallEars(call, shared, lambda: None)
        for level, now_s in ((3, 5.0), (0, 5.5)):
            shared.shedding.now = Shedding(level=level)
            lateness.apply(ears, now_s, card_open=False)
        lateness.final_came(understood(utterance), 18.0)

        assert lateness.silenced(masked(utterance)) == ((10.5, 11.0),)

    with_shared(tmp_path, check)


def test_a_short_voice_is_not_scored_under_load(tmp_path: Path) -> None:
    """And what is not scored is counted."""

    def check(shared: Shared) -> None:
        voice = Embedding(mean=np.zeros(512, np.float32), deviation=np.ones(512, np.float32))
        long = replace(an_utterance(1.0), embedding=voice)
        short = replace(long, end_s=2.0)
        lateness = Lateness(a_call(), shared)

        assert lateness.final_came(understood(short), 3.0)
        shared.shedding.now = Shedding(level=2)
        assert lateness.final_came(understood(long), 3.0)
        assert not lateness.final_came(understood(short), 3.0)
        text = shared.metrics.text(shared.engine.load(), {}).decode()
        assert 'shed_total{what="prosody"} 1.0' in text

    with_shared(tmp_path, check)


def test_why_a_call_is_blind_by_what_is_missing_of_it(tmp_path: Path) -> None:
    """Put off: its text is to come. Missed in time: some is missing. Lost: for good."""

    def check(shared: Shared) -> None:
        lateness = Lateness(a_call(), shared)
        reasons = [lateness.reason]
        lateness.put_off(4.0)
        reasons.append(lateness.reason)
        lateness.follow()
        reasons.append(lateness.reason)
        lateness.gone(1.0)
        assert [*reasons, lateness.reason] == [None, LATER, None, BACKLOG]
        shared.shedding.now = Shedding(level=5)
        assert Lateness(a_call(), shared).reason == LATER

    with_shared(tmp_path, check)


def test_what_was_missed_waits_and_says_so(tmp_path: Path) -> None:
    """Numbers in it are hidden while its neighbours were transcribed in time."""

    async def run() -> None:
        async with an_application(tmp_path) as parts:
            shared = parts.switchboard._shared
            shared.shedding.now = Shedding(level=5)
            lateness = Lateness(a_call(), shared)
            lateness.follow()
            await lateness.missed(understood(an_utterance(5.0, text="")), trusted=True, attributed=True)
            assert lateness.reason == BACKLOG
            lateness.put_off(6.0)
            for start_s in (8.0, 20.0):
                await lateness.missed(understood(an_utterance(start_s, text="")), trusted=True, attributed=True)
            found = [piece for piece in iter(shared.later.take, None)]
            assert [piece.hides_numbers for piece in found] == [True, True, False]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("wanted", "care", "asked"),
    [
        (True, FULL_CARE, True),
        (True, Care(company=True, beam=None), True),
        (True, Care(company=False, beam=None), False),
        (False, FULL_CARE, False),
    ],
)
def test_the_audio_is_asked_about_phrases_while_there_is_time(
    wanted: bool, care: Care, asked: bool, tmp_path: Path
) -> None:
    """About those of the rules in force, for each side its own."""

    def check(shared: Shared) -> None:
        call = a_call()
        lateness, ears = Lateness(call, replace(shared, scores_phrases=wanted)), CallEars(call, shared, lambda: None)
        shared.shedding.now = Shedding(care=care)
        lateness.apply(ears, 1.0, card_open=False)

        seekers = shared.judges.rules.of(call.tenant, call.team).seekers
        assert [one.seeker for one in ears._transcribers] == [
            seekers.get(speaker) if asked else None for speaker in call.channels
        ]

    with_shared(tmp_path, check)
