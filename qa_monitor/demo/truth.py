"""What a demo call must raise and must not, with times: written when the call is rendered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from streams.records import Direction, Language, Speaker

CALLS_DIR = Path(__file__).parent / "calls"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLine:
    """What was said, in seconds of the call."""

    speaker: Speaker
    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedFlag:
    """A flag that must be raised."""

    rule_id: str
    speaker: Speaker | None
    """None: measured over both."""
    phrase: str
    """The words that set it off; empty: measured."""
    due_s: float
    """When the phrase had been said, or when the measured condition became true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that bear on a rule without making its flag due."""

    rule_id: str
    speaker: Speaker
    phrase: str
    start_s: float
    end_s: float
    """The line they are part of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTruth:
    """Everything known about one rendered call."""

    call_id: str
    language: Language
    agent_id: str
    team: str
    direction: Direction
    quick: bool
    duration_s: float
    utterances: tuple[SpokenLine, ...]
    expected: tuple[ExpectedFlag, ...]
    must_not: tuple[Mention, ...]
    """Traps: words after which the rule must stay silent."""
    may: tuple[Mention, ...] = ()
    """Words after which the rule is right to speak, unless a stronger one held it back first."""


def load_truth(path: Path) -> CallTruth:
    """Read one truth file."""
    return msgspec.json.decode(path.read_bytes(), type=CallTruth)


def save_truth(truth: CallTruth, path: Path) -> None:
    """Write one truth file, indented for the reader."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(truth), indent=1) + b"\n")


def bundled_calls(*, quick: bool = False) -> Sequence[tuple[Path, CallTruth]]:
    """Recording and truth of every call shipped with the product, or of the short demo's; by name."""
    truths = [(path.with_suffix(".flac"), load_truth(path)) for path in sorted(CALLS_DIR.glob("*.json"))]
    return [(recording, truth) for recording, truth in truths if truth.quick or not quick]
