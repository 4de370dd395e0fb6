"""What is made up for after a call: asked about phrases like finals, while nobody live needs the workers."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from alerts.late import LateWatch
from qa_monitor.call.shared import Shared
from qa_monitor.load.after_call import AfterCall
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.shedding.care import BEAM, PLAIN_CARE
from qa_monitor.shedding.flac import compressed
from qa_monitor.shedding.late_call import LateCall
from qa_monitor.shedding.later import LaterSpeech, Piece
from qa_monitor.shedding.levels import Current, Shedding
from streams.engine.engine import SpeechEngine
from streams.model.recipe import USUAL, Recipe
from streams.model.window import Recognised, Window
from streams.records import Sought, Speaker
from tests.qa_monitor.builders import a_call
from tests.qa_monitor.late import a_piece
from tests.qa_monitor.live_calls import an_application
from tests.streams.scripted import ScriptedModel, recognised, some_audio

SOUGHT = Sought(
    text="un mauvais commentaire",
    heard="un mot récommentaire",
    first=2,
    likeness=0.9,
    brevity=0.0,
    by_audio=-1.0,
    by_habit=-4.0,
)
WITHIN_S = 30.0


class Misheard(ScriptedModel):
    """Mishears everything, and finds a phrase on the audio wherever it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[Window] = []
        self.let()

    def recognise(self, windows: Sequence[Window], recipe: Recipe = USUAL) -> list[Recognised]:
        self.windows += windows
        found = recognised("je laisse un mot récommentaire")
        return [found if window.seeker is None else replace(found, sought=(SOUGHT,)) for window in windows]


@asynccontextmanager
async def making_up(folder: Path, model: Misheard, **changes: object) -> AsyncIterator[tuple[Shared, AfterCall]]:
    """What calls share, with an engine of its own, and what makes up for what they lack; nobody calls."""
    async with an_application(folder) as parts:
        engine = SpeechEngine(model, workers=1)
        shared = replace(
            parts.switchboard._shared,  # what all calls share is nobody else's business
            engine=engine,
            later=LaterSpeech(10**7),
            shedding=Current(),
            **changes,  # type: ignore[arg-type]  # the names of its fields
        )
        after = AfterCall(shared)
        working = asyncio.create_task(after.work())
        try:
            yield shared, after
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
            engine.close()


def some_piece(shared: Shared) -> Piece:
    """Two seconds of the customer of a call by the rules in force."""
    call = a_call()
    rules = shared.judges.rules.of(call.tenant, call.team)
    late = LateCall(call, rules.matcher, LateWatch(call, rules.book, shared.judges.policy), seekers=rules.seekers)
    return replace(a_piece(late), flac=compressed(some_audio(2.0)))


async def made_up(shared: Shared) -> CallRecord:
    """The call once nothing waits any more."""
    async with asyncio.timeout(WITHIN_S):
        while True:
            record = await shared.store.record(a_call().call_id)
            if record is not None and record.utterances and shared.later.idle:
                return record
            await asyncio.sleep(0.02)


async def heard(folder: Path, model: Misheard, **changes: object) -> CallRecord:
    """One piece from the queue into the store."""
    async with making_up(folder, model, **changes) as (shared, _):
        await shared.store.save_call(a_call())
        own = some_piece(shared)
        assert shared.later.add(own)
        record = await made_up(shared)
        while own.late.waiting:  # noqa: ASYNC110  # told after the text is kept
            await asyncio.sleep(0.02)
        return await shared.store.record(a_call().call_id) or record


def test_late_text_is_asked_about_the_phrases_of_the_rules_in_force_for_its_side(tmp_path: Path) -> None:
    """With all the care that finals get while there is time; the answer is kept, and the flag says it came late."""
    model = Misheard()
    found = asyncio.run(heard(tmp_path, model))
    (window,) = model.windows
    (kept,) = found.utterances
    (flag,) = found.flags

    assert window.seeker is not None
    assert (window.twice, window.beam, window.final) == (True, BEAM, True)
    assert (kept.late, kept.utterance.text, kept.utterance.sought) == (
        True,
        "je laisse un mot récommentaire",
        (SOUGHT,),
    )
    assert flag.flag.rule_id == "media_threat"
    assert flag.flag.evidence.explanation_en.startswith("Found later")
    assert "un mot récommentaire" in flag.flag.evidence.explanation_en


@pytest.mark.parametrize("changes", [{"scores_phrases": False}, {"most_care": PLAIN_CARE}])
def test_settings_switch_it_off(changes: dict[str, object], tmp_path: Path) -> None:
    """Then late text is what it was: no question, nothing kept of one, no flag."""
    model = Misheard()
    found = asyncio.run(heard(tmp_path, model, **changes))

    assert [window.seeker for window in model.windows] == [None]
    assert [kept.utterance.sought for kept in found.utterances] == [()]
    assert found.flags == ()


@pytest.mark.parametrize("changes", [{"trusted": False}, {"speaker": Speaker.MIXED}])
def test_nothing_is_asked_where_nothing_would_count(changes: dict[str, object], tmp_path: Path) -> None:
    """Of sound that was not what was announced, and of nobody's side."""
    model = Misheard()

    async def run() -> None:
        async with making_up(tmp_path, model) as (shared, after):
            piece = some_piece(shared)
            speaker = changes.get("speaker", Speaker.CUSTOMER)
            assert isinstance(speaker, Speaker)
            own = replace(
                piece, trusted=bool(changes.get("trusted", True)), utterance=replace(piece.utterance, speaker=speaker)
            )
            assert after._window(own, some_audio(2.0)).seeker is None

    asyncio.run(run())


def test_while_live_calls_need_the_workers_nothing_is_asked(tmp_path: Path) -> None:
    """It waits, and is asked about once there is room."""
    model = Misheard()

    async def run() -> tuple[int, int]:
        async with making_up(tmp_path, model) as (shared, _):
            await shared.store.save_call(a_call())
            shared.shedding.now = Shedding(busy=True)
            await asyncio.sleep(0)  # whoever looks now sees that
            assert shared.later.add(some_piece(shared))
            for _ in range(5):
                await asyncio.sleep(0.1)
            before = len(model.windows)
            shared.shedding.now = Shedding()
            await made_up(shared)
            return before, len(model.windows)

    assert asyncio.run(run()) == (0, 1)


def test_a_service_that_is_about_to_end_only_writes_what_was_said(tmp_path: Path) -> None:
    """Its seconds are few: more text counts for more than more phrases."""
    model = Misheard()

    async def run() -> None:
        async with making_up(tmp_path, model) as (shared, after):
            await shared.store.save_call(a_call())
            shared.shedding.now = Shedding(busy=True)
            await asyncio.sleep(0)
            assert shared.later.add(some_piece(shared))
            await after.drain(WITHIN_S)

    asyncio.run(run())

    assert [(window.seeker, window.twice, window.beam) for window in model.windows] == [(None, False, BEAM)]
