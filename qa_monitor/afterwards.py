"""Builds and connects what works on calls once they are over: scores, reviews, reports, themes, replays, imports."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial

from qa_monitor.bring.jobs import Imports
from qa_monitor.call.shared import Shared
from qa_monitor.chores import Chore
from qa_monitor.config import Settings
from qa_monitor.delivery.in_force import TargetsInForce
from qa_monitor.erasing.erase import Eraser
from qa_monitor.late_listening.hearing import HearLater
from qa_monitor.library.port import LibraryStore
from qa_monitor.load.after_call import AfterCall
from qa_monitor.people.register import Register
from qa_monitor.replay.jobs import Replays
from qa_monitor.replay.one_call import Stage, sweep
from qa_monitor.reports.delivering import ReportPost, Seeing
from qa_monitor.reports.keeper import FigureKeeper
from qa_monitor.reports.making import Reports
from qa_monitor.reports.part_names import part_names
from qa_monitor.reports.repeats import shared_matcher
from qa_monitor.reviews.blinding import blind_to_readers
from qa_monitor.reviews.desk import Reviewing
from qa_monitor.reviews.trust import Trust
from qa_monitor.reviews.weak import Floor
from qa_monitor.rules.ruleset import RulesInForce
from qa_monitor.scorecards.after_end import AfterEnd
from qa_monitor.scorecards.in_force import ScorecardsInForce
from qa_monitor.scorecards.port import ScoreStore
from qa_monitor.scorecards.rescoring import Rescorings
from qa_monitor.store.audio.files import AudioFiles
from qa_monitor.store.calls.past import SqlitePastCalls
from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.themes.reasons import Reasons
from qa_monitor.themes.watch import ThemeWatch
from qa_monitor.workers import rescoring


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What they stand on."""

    settings: Settings
    store: SqliteStore
    audio: AudioFiles
    shared: Shared
    """What live calls go through; replays and imports wait behind them."""
    after_call: AfterCall
    register: Register
    targets: TargetsInForce
    rules: RulesInForce
    scorecards: ScorecardsInForce
    reasons: Reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """The running parts that routes need."""

    library: LibraryStore
    scorecards: ScorecardsInForce
    scores: ScoreStore
    after_end: AfterEnd
    rescorings: Rescorings
    reviewing: Reviewing
    reports: Reports
    post: ReportPost
    figures: FigureKeeper
    themes: ThemeWatch
    replays: Replays
    stage: Stage
    """What replays and imports go through."""
    imports: Imports
    hearing: HearLater | None
    """Listens to what was only recorded; none where nothing ever is."""
    eraser: Eraser

    @property
    def chores(self) -> Mapping[str, Chore]:
        """What goes on as long as the service, by name."""
        return {
            "imports": self.imports.work,
            **({} if self.hearing is None else {"hearing": self.hearing.work}),
            "themes": self.themes.watch,
            "scorecards": self.scorecards.watch,
            "scoring": self.after_end.watch,
            "figures": self.figures.watch,
            "report_post": self.post.watch,
        }


async def open_afterwards(stack: AsyncExitStack, on: Ground) -> Afterwards:
    """Ready, but for their chores; what they began is ended with `stack`. Raises `StoreError`."""
    settings, store, shared = on.settings, on.store, on.shared
    clock, data_dir = shared.clock, settings.data_dir
    rescorings, replays = Rescorings(store.scorecards, clock, rescoring.__name__), Replays()
    stack.push_async_callback(rescorings.close)
    stack.push_async_callback(replays.close)
    past = partial(SqlitePastCalls, data_dir)
    after_end = AfterEnd(store.scorecards, on.scorecards, past, clock, lambda: shared.later.idle)
    trust = Trust(
        store.calibrations,
        Floor(kappa=settings.kappa_floor, calls=settings.kappa_calls),
        lambda: (one.scorecard for one in on.scorecards.ready),
    )
    await trust.read()
    # compiled before the first call: afterwards it would take its time from live ones
    await asyncio.to_thread(shared_matcher)
    after_end.left_out = trust.left_out
    await asyncio.to_thread(sweep, data_dir)
    stage = Stage(shared=shared, audio=on.audio, data_dir=data_dir, room=shared.makes_up)
    names = part_names(on.rules, on.scorecards, store.scorecards)
    reports = Reports(store.reports, lambda: on.register.directory, clock, names)
    seeing = Seeing(
        account=on.register.account, sight=on.register.sight, blinded=partial(blind_to_readers, store.calibrations)
    )
    hearing = None if shared.unheard is None else HearLater(stage, shared.unheard)
    return Afterwards(
        library=store.library,
        scorecards=on.scorecards,
        scores=store.scorecards,
        after_end=after_end,
        rescorings=rescorings,
        reviewing=Reviewing(
            reviews=store.reviews, calibrations=store.calibrations, scores=store.scorecards, trust=trust
        ),
        reports=reports,
        post=ReportPost(
            reports, store.reports.schedules, seeing, lambda: on.targets.now, settings.reports_folder, clock
        ),
        figures=FigureKeeper(store.reports),
        themes=ThemeWatch(store.themes, on.reasons, clock),
        replays=replays,
        stage=stage,
        imports=Imports(stage, store.imports),
        hearing=hearing,
        eraser=Eraser(store.erasures, on.audio, data_dir, [on.after_call, *([] if hearing is None else [hearing])]),
    )
