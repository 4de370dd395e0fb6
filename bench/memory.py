"""What a live call takes of memory besides the speech model, and whether anything stays of it once it is over.

    python bench/memory.py --calls 8 --seconds 30 --rounds 3

The whole service in this process, without sockets, and with made-up words in the place of the speech model, whose own
memory does not depend on the number of calls: so the calls can be played faster than they were spoken (`--speed`) and
also on a busy machine. Eight calls of 15 s come first and are forgotten. What is printed is memory of this process
that no file stands behind, after a collection of garbage and once what is free was given back.
"""

import argparse
import asyncio
import gc
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from qa_monitor.app import open_application
from qa_monitor.application import Application
from qa_monitor.bench.job import Material, calls_of, prompts_for
from qa_monitor.bench.plan import calls_at_once
from qa_monitor.bench.prompts import are_installed
from qa_monitor.config import Settings, load_settings
from qa_monitor.load.allocator import give_back, limit_arenas
from streams.consent import Consent, Notice
from streams.engine.engine import SpeechEngine
from streams.model.window import Recognised, Window
from streams.records import (
    AudioFrame,
    CallEnded,
    CallId,
    CallStarted,
    Embedding,
    EndReason,
    Language,
    Samples,
    Speaker,
    Word,
)
from streams.samples.resample import SPEECH_RATE_HZ

RATE_HZ, FRAME_S, WORDS_PER_S, STATES = 8000, 0.2, 2.3, 512
WARM_CALLS, WARM_S = 8, 15.0
SETTLE_S = 2.0
"""Until what was begun is worked out: what that takes meanwhile is no call's."""
WORDS = {
    Language.FR: "bonjour je voudrais savoir pourquoi ma facture est si haute ce mois on regarde votre dossier",
    Language.EN: "good morning I would like to know why my bill is so high we will look at your account",
}


class MadeUpWords:
    """Something said of every window, as much as fits; the same for the same window."""

    def recognise(self, windows: Sequence[Window], recipe: object = None) -> list[Recognised]:
        return [_recognised(window) for window in windows]


def _recognised(window: Window) -> Recognised:
    language, duration_s = window.language or Language.EN, len(window.audio) / SPEECH_RATE_HZ
    count = max(1, int(duration_s * WORDS_PER_S))
    chosen = np.random.default_rng(len(window.audio)).choice(WORDS[language].split(), count).tolist()
    step_s = duration_s / count
    words = tuple(
        Word(text=text, start_s=number * step_s, end_s=(number + 1) * step_s, probability=0.9)
        for number, text in enumerate(chosen)
    )
    states = Embedding(mean=np.zeros(STATES, np.float32), deviation=np.ones(STATES, np.float32))
    return Recognised(
        text=" ".join(chosen),
        words=words,
        language=language,
        language_probability=0.95,
        confidence=0.9,
        no_speech=0.01,
        retried=False,
        looping=False,
        embedding=states if window.wants_embedding else None,
    )


def made_up(settings: Settings) -> SpeechEngine:
    """In the place of `qa_monitor.models.speech_engine`."""
    engine = SpeechEngine(MadeUpWords(), workers=2, batch_size=settings.batch_size)  # type: ignore[arg-type]
    engine.cost = 0.05
    return engine


def taken_mib() -> float:
    """By this process, files left out."""
    gc.collect()
    give_back()
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024


async def play(app: Application, sound: Samples, name: str, seconds: float, speed: float) -> CallEnded:
    """All of a call but its end, which is given."""
    call_id, line, began_s = CallId(name), app.switchboard.line(), time.monotonic()
    await line(
        CallStarted(
            call_id=call_id,
            channels=(Speaker.CUSTOMER, Speaker.AGENT),
            rate_hz=RATE_HZ,
            started_at=datetime.now(UTC),
            dialect="generic",
            notice=Notice.PLAYED,
            consent=Consent.GRANTED,
        )
    )
    step = int(FRAME_S * RATE_HZ)
    for at in range(0, min(len(sound), int(seconds * RATE_HZ)), step):
        for channel in (0, 1):
            samples = np.ascontiguousarray(sound[at : at + step, channel])
            start_s = at / RATE_HZ
            await line(AudioFrame(call_id=call_id, channel=channel, start_s=start_s, samples=samples, rate_hz=RATE_HZ))
        await asyncio.sleep(max(0.0, began_s + (at + step) / RATE_HZ / speed - time.monotonic()))
    return CallEnded(call_id=call_id, end_s=seconds, reason=EndReason.HANGUP)


async def one_round(app: Application, sounds: Sequence[Samples], name: str, seconds: float, speed: float) -> float:
    """All of them at once, to their ends; what the process holds just before the ends, in MiB."""
    ends = await asyncio.gather(
        *(play(app, sound, f"{name}-{number}", seconds, speed) for number, sound in enumerate(sounds))
    )
    while any(pipeline.waiting for pipeline in app.switchboard.live.values()):  # noqa: ASYNC110  # nobody tells
        await asyncio.sleep(0.05)
    await asyncio.sleep(SETTLE_S)
    held = taken_mib()
    for ended in ends:
        await app.switchboard.live[ended.call_id].put(ended)
    while app.switchboard.live:  # noqa: ASYNC110  # nobody tells
        await asyncio.sleep(0.05)
    await asyncio.sleep(SETTLE_S)
    return held


async def measure(options: argparse.Namespace) -> None:
    """Print it."""
    material = Material.PROMPTS if are_installed() else Material.BUNDLED
    with tempfile.TemporaryDirectory(prefix="qa-monitor-bench-") as folder:
        async with open_application(load_settings(data_dir=Path(folder)), made_up) as app:
            count = max(options.calls, WARM_CALLS)
            plans = calls_at_once(count, max(options.seconds, WARM_S), (), 1)
            sounds = [call.conversation.samples for call in calls_of(plans, prompts_for(material, options.seconds))]
            await one_round(app, sounds[:WARM_CALLS], "warm", WARM_S, options.speed)
            print(f"before {taken_mib():.1f} MiB")
            for number in range(options.rounds):
                name = f"round-{number}"
                held = await one_round(app, sounds[: options.calls], name, options.seconds, options.speed)
                after = taken_mib()
                each = (held - after) / options.calls
                print(f"round {number + 1}: {held:.1f} MiB with the calls, {after:.1f} after them, {each:.2f} a call")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--speed", type=float, default=3.0, help="times as fast as the calls were spoken")
    limit_arenas()
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
