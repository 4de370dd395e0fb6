"""The pace of a call: when what of it came, was asked of the speech engine and became known. No word of it is in here.

All that decides what a call leads to besides its sound, the rules and the models: with it, the call can be gone through
once more from its sound and comes to the same end. `keeper.py` notes it, `reading.py` reads it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from streams.consent import Consent, Notice
from streams.engine.batching import Kind
from streams.records import CallEvent, GapReason


class PaceError(Exception):
    """A pace that is kept cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the load and others decide about a call at one moment."""

    level: int = 0
    """Of what is left out, see `shedding/levels.py`."""
    company: bool = False
    """Fragments are heard behind what was said before."""
    beam: int | None = None
    """Guesses followed at once."""
    twice: bool = False
    """Unsure finals are heard a second time."""
    follows: bool = True
    """It is transcribed as it goes on."""
    closed: GapReason | None = None
    """Why nothing is let through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Samples of one channel that came in a row."""

    channel: int
    start_s: float
    samples: int


@dataclass(slots=True, kw_only=True)
class Answer:
    """What became of one pass that was asked for. None: it was not asked about."""

    kind: Kind | None = None
    samples: int = 0
    """Of the window, at 16 kHz."""
    refused: bool = False
    cancelled: bool | None = None
    promoted: bool | None = None
    failed: bool = False
    batch: int = 1
    """Windows that shared the pass."""


Asked = tuple[int, int]
"""A pass: the channel, and the how manieth asked for on it."""


@dataclass(slots=True, kw_only=True)
class Step:
    """One look at the call: what came since the one before, and the passes that were found to be over."""

    standing: Standing
    came: list[Sound | CallEvent] = field(default_factory=list)
    known: set[Asked] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a call was announced with, where that may have changed since."""

    agent_id: str
    team: str
    notice: Notice
    consent: Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The whole call."""

    beginning: Beginning
    steps: tuple[Step, ...]
    answers: Mapping[Asked, Answer]

    @property
    def shared_passes(self) -> int:
        """Finals and partials that shared their pass with other windows, which may change the last digit of a score."""
        return sum(answer.batch > 1 for answer in self.answers.values())
