"""What outlives the service: database, sound, and the rules and scorecards in force."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta

from alerts.desk import DeskPolicy
from alerts.policy import AlertPolicy
from alerts.records import CoachId
from qa_monitor.building.around import Around
from qa_monitor.config import Settings
from qa_monitor.delivery.in_force import TargetsInForce
from qa_monitor.rules.rulesets import RuleSets
from qa_monitor.rules.weighing import weigh
from qa_monitor.scorecards.in_force import ScorecardsInForce
from qa_monitor.store.audio.files import AUDIO_FOLDER, AudioFiles
from qa_monitor.store.flags.desks import Desks
from qa_monitor.store.sqlite import SqliteStore

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Opened."""

    store: SqliteStore
    audio: AudioFiles
    rules: RuleSets
    scorecards: ScorecardsInForce
    policy: AlertPolicy


async def open_kept(
    stack: AsyncExitStack, around: Around, targets: TargetsInForce, whose: Callable[[str, str, str], CoachId]
) -> Kept:
    """Rules judged by what coaches said of them so far. `whose`: see `Desks`.

    Raises RuleError, HistoryError or StoreError in words for the operator.
    """
    settings, clock = around.settings, around.clock
    rules = RuleSets(settings.rules, starter=settings.starter_rules, data_dir=settings.data_dir, clock=clock)
    audio = AudioFiles(settings.data_dir / AUDIO_FOLDER, settings.disk_floor_mb * MEGABYTE)
    store = await SqliteStore.open(
        settings.data_dir,
        heard_s=audio.duration_s,
        wants=targets.wanting,
        desks=Desks(policy=_budget(settings), whose=whose),
    )
    stack.push_async_callback(store.close)
    policy = AlertPolicy(longest_utterance_s=settings.longest_utterance_s)
    scorecards = ScorecardsInForce(
        settings.scorecards, data_dir=settings.data_dir, rules=rules, policy=policy, clock=clock
    )
    rules.begin()
    await weigh(store, rules)
    return Kept(store=store, audio=audio, rules=rules, scorecards=scorecards, policy=policy)


def _budget(settings: Settings) -> DeskPolicy:
    """How often coaches may be interrupted."""
    return DeskPolicy(
        every=timedelta(minutes=settings.interrupt_every_min),
        burst=settings.interrupt_burst,
        sharing=settings.shared_desk_coaches,
    )
