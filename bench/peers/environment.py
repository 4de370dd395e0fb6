"""Installs the peers into an environment of their own, `var/peers`; the project's own is never touched.

    python bench/peers/environment.py            # about 1.8 GB, a few minutes
    python bench/peers/environment.py --check    # what is there

First torch with what it needs: where pip finds a build for CPUs (an index or folder of them in pip's settings) it takes
that, else the ordinary one, which is some 3 GB more. Then the servers and what they import, pinned, without their
declared dependencies: those also name microphones, NVIDIA and OpenVINO, which no server uses here (see README.md).
"""

import argparse
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "var" / "peers"
PYTHON = FOLDER / "bin" / "python"
HOW = "run `python bench/peers/environment.py`"


def installed(distribution: str) -> bool:
    """Whether a distribution, named as in `requirements.txt`, is in the peers' environment."""
    names = {folder.name.partition("-")[0].lower() for folder in FOLDER.glob("lib/python3*/site-packages/*.dist-info")}
    return distribution.lower().replace("-", "_") in names


def build() -> None:
    """Create the environment, or complete it. Raises CalledProcessError when pip fails; pip says why."""
    if not PYTHON.exists():
        venv.create(FOLDER, with_pip=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "-r", str(HERE / "requirements-torch.txt")], check=True)
    subprocess.run([*pip, "--no-deps", "-r", str(HERE / "requirements.txt")], check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say what is installed")
    if not parser.parse_args().check:
        build()
    missing = [name for name in ("whisper-live", "whisperlivekit", "realtimestt") if not installed(name)]
    print(f"{FOLDER}: lacks {', '.join(missing)}" if missing else f"{FOLDER}: complete")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
