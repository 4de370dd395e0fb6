"""How many calls this machine follows, and how late the text is: calls at real pace into a service of its own.

    python bench/calls.py --calls 24 --seconds 300 --json calls.json
    python bench/calls.py --find-limit --seconds 60 --peers --plot calls.svg --json calls.json
    python bench/calls.py --overload 2,5 --capacity 24 --seconds 60
    python bench/calls.py --soak --calls 20

The same as `qa-monitor bench calls`, and other servers beside it with `--peers`: `bench/peers/` has their adapters,
`python bench/peers/environment.py` installs them. Scripted calls are composed of real telephone prompts (Debian:
asterisk-core-sounds-{fr,en} and -wav), or of the bundled calls' lines where those are not installed; every third call
is a recording where QA_MONITOR_DATA or `--recordings` names some. The player is a niced process of its own.
"""

from pathlib import Path

from qa_monitor.bench.peers import PeerProgram
from qa_monitor.commands.bench import bench_app

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Run `calls` with the program that measures other servers."""
    import sys

    bench_app(
        ["calls", *sys.argv[1:]], obj=PeerProgram(module="bench.peers.step", folder=ROOT), prog_name="bench/calls.py"
    )


if __name__ == "__main__":
    main()
