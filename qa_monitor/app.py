"""Builds and connects everything; the only place that does. The parts are built in `building/`."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from threadpoolctl import threadpool_limits

from qa_monitor.afterwards import Afterwards, Ground, open_afterwards
from qa_monitor.application import Application
from qa_monitor.backtest.jobs import BackTests
from qa_monitor.building.around import Around
from qa_monitor.building.doors import Doors, open_doors
from qa_monitor.building.files import Files, read_files
from qa_monitor.building.following import Following, open_following
from qa_monitor.building.hearing import open_shared
from qa_monitor.building.kept import Kept, open_kept
from qa_monitor.call.switchboard.pair_lines import PairLines
from qa_monitor.chores import Chore, Chores
from qa_monitor.config import Settings
from qa_monitor.delivery.opening import a_relay
from qa_monitor.delivery.relay import Relay
from qa_monitor.expiry import Expiry
from qa_monitor.interpreter import quick_turns, settled
from qa_monitor.load.allocator import keep_giving_back
from qa_monitor.models import speech_engine
from qa_monitor.rules.publishing import Publishing
from qa_monitor.telephony.audiosocket import Asterisk, open_audiosocket
from qa_monitor.workers import backtest
from streams.engine.engine import SpeechEngine

DRAIN_S = 20.0
"""How long the calls that are ending are waited for, and then what is still to be transcribed."""
LATER_DRAIN_S = 5.0
"""At least so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """All that is built, connected, and not at work yet."""

    around: Around
    files: Files
    kept: Kept
    following: Following
    doors: Doors
    back_tests: BackTests
    after: Afterwards
    relay: Relay


@asynccontextmanager
async def open_application(
    settings: Settings, make_engine: Callable[[Settings], SpeechEngine] = speech_engine
) -> AsyncIterator[Application]:
    """Load models and rules, open the store, start the workers; on the way out, end calls first.

    Raises ModelError, RuleError, HistoryError, EmotionModelError or StoreError in words for the operator.
    """
    files, around = read_files(settings), Around(settings=settings)
    async with AsyncExitStack() as stack:
        stack.enter_context(quick_turns())
        # numpy's own threads wait by spinning: they took half a core from the speech model (docs/performance.md)
        stack.enter_context(threadpool_limits(limits=1, user_api="blas"))
        parts = await _build(stack, around, files, make_engine)
        chores = Chores(around.metrics.background_failed)
        chores.begin(_chores(parts))
        try:
            port = await stack.enter_async_context(open_audiosocket(settings, around.clock, _asterisk(parts)))
            stack.enter_context(settled())
            yield _application(parts, port)
        finally:
            await _end(parts, chores)


async def _build(
    stack: AsyncExitStack, around: Around, files: Files, make_engine: Callable[[Settings], SpeechEngine]
) -> Parts:
    """From what is kept up to what works on calls that are over; what is opened is closed with `stack`."""
    # whom flags go to is known once people are read and desks are watched, before the first call
    kept = await open_kept(stack, around, files.targets, lambda *place: doors.duty.desk(*place))
    shared = await open_shared(stack, around, kept, make_engine)
    following = await open_following(around, kept, shared, files.telephony)
    doors = await open_doors(around, kept, following, files.telephony)
    back_tests = BackTests(backtest.__name__)
    stack.push_async_callback(back_tests.close)
    return Parts(
        around=around,
        files=files,
        kept=kept,
        following=following,
        doors=doors,
        back_tests=back_tests,
        after=await open_afterwards(stack, _ground(around, files, kept, following, doors)),
        relay=_relay(around, files, kept),
    )


def _ground(around: Around, files: Files, kept: Kept, following: Following, doors: Doors) -> Ground:
    return Ground(
        settings=around.settings,
        store=kept.store,
        audio=kept.audio,
        shared=following.shared,
        after_call=following.after_call,
        register=doors.register,
        targets=files.targets,
        rules=kept.rules,
        scorecards=kept.scorecards,
        reasons=files.reasons,
    )


def _relay(around: Around, files: Files, kept: Kept) -> Relay:
    """Told of whatever other systems are to hear."""
    relay = a_relay(files.targets.now, kept.store.outbox, around.metrics, around.clock)
    kept.store.follow(relay.told)
    kept.store.notices.follow(relay.look)
    return relay


def _asterisk(parts: Parts) -> Asterisk:
    doors = parts.doors
    return Asterisk(
        reception=doors.reception,
        switchboard=parts.following.switchboard,
        arrivals=doors.arrivals,
        metrics=parts.around.metrics,
    )


def _chores(parts: Parts) -> Mapping[str, Chore]:
    """What goes on as long as the service, by name."""
    following, around, targets, relay = parts.following, parts.around, parts.files.targets, parts.relay
    life = timedelta(hours=around.settings.flag_life_h)
    return {
        "heartbeat": following.heart.beat,
        "save_again": following.heart.save_again,
        "load": following.warden.watch,
        "after_call": following.after_call.work,
        "memory": keep_giving_back,
        "rules": parts.kept.rules.watch,
        "expiry": Expiry(parts.kept.store, around.metrics, around.clock, life).watch,
        "desks": following.desks.watch,
        "delivery": relay.work,
        **parts.after.chores,
        "delivery_targets": lambda: targets.watch(lambda: relay.use(targets.now)),
    }


def _application(parts: Parts, audiosocket_port: int | None) -> Application:
    around, kept, following, doors = parts.around, parts.kept, parts.following, parts.doors
    return Application(
        settings=around.settings,
        clock=around.clock,
        store=kept.store,
        audio=kept.audio,
        feed=following.shared.feed,
        live=following.shared.live,
        engine=following.shared.engine,
        switchboard=following.switchboard,
        pair_lines=PairLines(),
        heart=following.heart,
        metrics=around.metrics,
        tokens=doors.tokens,
        register=doors.register,
        entrance=doors.entrance,
        duty=doors.duty,
        reception=doors.reception,
        door=doors.door(around, following),
        arrivals=doors.arrivals,
        audiosocket_port=audiosocket_port,
        stages=following.shared.stages,
        rules=kept.rules,
        publishing=Publishing(kept.rules),
        back_tests=parts.back_tests,
        after=parts.after,
        relay=parts.relay,
        targets=parts.files.targets,
        bus=around.bus,
        stopping=doors.stopping,
    )


async def _end(parts: Parts, chores: Chores) -> None:
    """Calls first, then what is still to be transcribed, for as long as there is."""
    switchboard, after_call = parts.following.switchboard, parts.following.after_call
    parts.doors.stopping.set()
    until_s = monotonic() + DRAIN_S
    await switchboard.drain(DRAIN_S)
    await after_call.drain(max(LATER_DRAIN_S, until_s - monotonic()))
    await chores.end()
    await after_call.give_up()
