"""Play the bundled calls at real pace and hold the flags against the truth: missing, extra, withdrawn, latency.

    python bench/flags.py [--url URL --token TOKEN] [--parallel 2] [--json OUT]

Without `--url` it starts `qa-monitor serve` on a free port with a folder of its own, and stops it at the end. Latency
is from the end of the spoken phrase (as it was sent; for measured flags, from when the condition became true) to the
arrival of the flag on the event stream. The exit status is 0 when nothing is missing and nothing is extra.
"""

import argparse
import asyncio
import contextlib
import json
import sys
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.own_service import own_service
from qa_monitor.demo.follow import Console, FollowError
from qa_monitor.demo.playing import PlayedCall, plan_bundled, play_bundled
from qa_monitor.demo.scoring import CallScore, percentile
from qa_monitor.simulator.scenario import StreamProtocol
from qa_monitor.simulator.sender import Line, SimulationError

READY_WITHIN_S = 120.0


def show_call(played: PlayedCall) -> None:
    """One call as soon as it has ended."""
    score = played.score()
    print(f"{score.call_id}: {len(score.found)} found, {len(score.missing)} missing, {len(score.extra)} extra")
    for found in score.found:
        print(f"  found    {found.expected.rule_id}: {found.expected.phrase!r} after {found.latency_s:.2f} s")
    for expected in score.missing:
        print(f"  MISSING  {expected.rule_id}: {expected.phrase!r} at {expected.due_s:.1f} s")
    for flag in score.extra:
        print(f"  EXTRA    {flag.rule_id} at {flag.start_s:.1f} to {flag.end_s:.1f} s")
    for trap in score.sprung:
        print(f"  TRAP     {trap.rule_id}: {trap.phrase!r} at {trap.start_s:.1f} s")
    for flag in score.withdrawn:
        print(f"  withdrawn {flag.rule_id} at {flag.start_s:.1f} s")
    if score.missing or score.extra:
        show_transcript(played)


def show_transcript(played: PlayedCall) -> None:
    """What was heard and what was held, to see why a flag is missing or extra."""
    for held in played.detail.held:
        print(f"  held     {held.flag.rule_id} at {held.flag.start_s:.1f} s: {held.reason}")
    for utterance in played.detail.utterances:
        doubt = "" if utterance.trusted else " (not trusted)"
        print(f"    {utterance.start_s:6.1f} {utterance.speaker}{doubt}: {utterance.text}")


def summary(scores: Sequence[CallScore]) -> dict[str, object]:
    """The figures of a run."""
    latencies = [found.latency_s for score in scores for found in score.found]
    return {
        "expected": sum(len(score.found) + len(score.missing) for score in scores),
        "found": len(latencies),
        "missing": [f"{score.call_id}: {flag.rule_id} {flag.phrase!r}" for score in scores for flag in score.missing],
        "extra": [f"{score.call_id}: {flag.rule_id}" for score in scores for flag in score.extra],
        "traps_sprung": sum(len(score.sprung) for score in scores),
        "withdrawn": sum(len(score.withdrawn) for score in scores),
        "flag_p50_s": percentile(latencies, 0.5),
        "flag_p95_s": percentile(latencies, 0.95),
        "flag_latencies_s": {
            f"{score.call_id}: {found.expected.rule_id}": round(found.latency_s, 3)
            for score in scores
            for found in score.found
        },
    }


async def measure(url: str, chosen: argparse.Namespace) -> list[PlayedCall]:
    """Play all calls and wait for what comes of them."""
    calls = [call for call in plan_bundled(uuid.uuid4().hex[:6]) if chosen.only in call.truth.call_id]
    line = Line(url=url, protocol=StreamProtocol(chosen.protocol), token=chosen.ingest_token)
    async with Console(url, chosen.token) as console:
        await console.ready(READY_WITHIN_S)
        return await play_bundled(calls, line, console, parallel=chosen.parallel, on_played=show_call)


def main() -> int:
    """Run, print, and say by the exit status whether the flags were right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="a running service; without it one is started")
    parser.add_argument("--token", help="access token of the console")
    parser.add_argument("--ingest-token", help="token for streams")
    parser.add_argument("--protocol", choices=[protocol.value for protocol in StreamProtocol], default="twilio")
    parser.add_argument("--parallel", type=int, default=2, help="calls at a time")
    parser.add_argument("--only", default="", help="only calls whose name contains this")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    chosen = parser.parse_args()
    began = time.monotonic()
    try:
        with contextlib.nullcontext(chosen.url) if chosen.url else own_service() as url:
            played = asyncio.run(measure(url, chosen))
    except (FollowError, SimulationError) as error:
        sys.exit(f"bench/flags.py: {error}")
    figures = summary([call.score() for call in played])
    finals = [latency for call in played for latency in call.final_latencies_s]
    figures |= {"final_p50_s": percentile(finals, 0.5), "final_p95_s": percentile(finals, 0.95)}
    figures["wall_s"] = round(time.monotonic() - began, 1)
    print(json.dumps({name: value for name, value in figures.items() if name != "flag_latencies_s"}, indent=1))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 1 if figures["missing"] or figures["extra"] else 0


if __name__ == "__main__":
    sys.exit(main())
