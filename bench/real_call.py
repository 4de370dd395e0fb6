"""Stream recordings at real pace into a service of our own; print the transcript and how late each final was.

    python bench/real_call.py CALL.flac --language en [--protocol twilio] [--json OUT]

Stereo files, the customer on the first channel. Latency is from the end of the last word of an utterance, as it was
sent on the wire, to its final text on the event stream.
"""

import argparse
import asyncio
import json
import platform
import sys
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.own_service import own_service
from qa_monitor.demo.follow import Console, FollowError
from qa_monitor.demo.playing import FollowedCall, play_and_follow
from qa_monitor.demo.scoring import percentile
from qa_monitor.simulator.recording import RecordingError
from qa_monitor.simulator.run import SimulationOptions, plan_calls
from qa_monitor.simulator.scenario import StreamProtocol
from qa_monitor.simulator.sender import Line, SimulationError
from streams.consent import Consent, Notice
from streams.records import Language

READY_WITHIN_S = 120.0


async def measure(url: str, options: SimulationOptions) -> list[FollowedCall]:
    """Play the files one after the other."""
    line = Line(url=url, protocol=options.protocol)
    async with Console(url) as console:
        await console.ready(READY_WITHIN_S)
        calls = plan_calls(options, run_id=uuid.uuid4().hex[:6])
        return [await play_and_follow(call, line, console, lambda _: None) for call in calls]


def show(call: FollowedCall) -> None:
    """The transcript, as a reader would want it."""
    for utterance in call.detail.utterances:
        doubt = "" if utterance.trusted else " (doubtful)"
        emotion = f" [{utterance.emotion.emotion}]" if utterance.emotion and utterance.emotion.enough else ""
        print(f"{utterance.start_s:7.2f} {utterance.speaker:8}{emotion}{doubt} {utterance.text}")
    for flag in call.detail.flags:
        print(f"  FLAG {flag.priority} {flag.rule_id} {flag.state} at {flag.start_s:.1f} s")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--language", type=Language, choices=list(Language))
    parser.add_argument("--protocol", type=StreamProtocol, choices=list(StreamProtocol), default=StreamProtocol.TWILIO)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    options = SimulationOptions(
        files=chosen.files,
        protocol=chosen.protocol,
        language=chosen.language,
        notice=Notice.PLAYED,
        consent=Consent.GRANTED,
    )
    try:
        with own_service() as url:
            calls = asyncio.run(measure(url, options))
    except (FollowError, SimulationError, RecordingError) as error:
        sys.exit(f"bench/real_call.py: {error}")
    for call in calls:
        show(call)
    latencies = [latency for call in calls for latency in call.final_latencies_s]
    figures = {
        "machine": f"{platform.processor() or platform.machine()}",
        "finals": len(latencies),
        "final_p50_s": percentile(latencies, 0.5),
        "final_p95_s": percentile(latencies, 0.95),
    }
    print(json.dumps(figures))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
