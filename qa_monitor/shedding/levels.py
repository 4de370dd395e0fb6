"""What each level leaves out. Pure. Never: the masking of numbers, the delivery of flags, keeping audio."""

from dataclasses import dataclass
from enum import StrEnum

from qa_monitor.shedding.care import FULL_CARE, Care

SHORT_VOICE_S = 1.5
"""A voice heard for less says little: it is the first that is not scored."""
LATER_UP_TO = 1
"""The highest level at which what was left out is made up for."""


class Shed(StrEnum):
    """What is left out, for counting and for the pages."""

    PARTIALS = "partials"
    """Text while somebody is still speaking."""
    PROSODY = "prosody"
    """The score of a voice."""
    TIMES = "times"
    """The second of each word, measured: words are spread over what was said instead."""
    CALLS = "calls"
    """All but the recording of a call while it goes on: it is listened to after the call."""
    REFUSED = "refused"
    """A call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shedding:
    """What holds for every call now."""

    level: int = 0
    refuses: bool = False
    """No further call may begin: there is no room to keep it for later."""
    care: Care = FULL_CARE
    """What finals get beyond the usual."""
    busy: bool = False
    """The workers are: what was left out has to wait, though nothing more has to be."""

    @property
    def wants_partials(self) -> bool:
        """Text while somebody is still speaking."""
        return self.level < 1

    @property
    def wants_times(self) -> bool:
        """Word times by alignment. A call whose screen waits for more digits gets them all the same."""
        return self.level < 3

    @property
    def cuts_to_capacity(self) -> bool:
        """No more calls are followed than the workers can follow; those beyond are put off."""
        return self.level >= 2

    @property
    def cuts_watched_calls(self) -> bool:
        """Watched ones too, where more of them are followed than the workers can follow."""
        return self.level >= 3

    @property
    def puts_calls_off(self) -> bool:
        """Calls that nobody watches are only recorded, however few they are."""
        return self.level >= 4

    @property
    def puts_watched_calls_off(self) -> bool:
        """Those that somebody watches too: with so much to do, all of them would only be late."""
        return self.level >= 5

    @property
    def follows_new_calls(self) -> bool:
        """A call that begins is followed from the start."""
        return self.level < 5

    @property
    def makes_up(self) -> bool:
        """There is room for what was left out."""
        return self.level <= LATER_UP_TO and not self.busy

    @property
    def what(self) -> tuple[Shed, ...]:
        """What is left out now, mildest first."""
        ladder = (Shed.PARTIALS, Shed.PROSODY, Shed.TIMES, Shed.CALLS)
        return (*ladder[: self.level], *((Shed.REFUSED,) if self.refuses else ()))

    def wants_voice(self, spoken_s: float, number: int) -> bool:
        """Whether the `number`th utterance of a call is scored by voice: not where short; above level 2 every other."""
        if self.level < 2:
            return True
        return spoken_s >= SHORT_VOICE_S and (self.level == 2 or number % 2 == 0)


class Current:
    """What holds now; set by the warden, read by every call."""

    def __init__(self, limit: int | None = None) -> None:
        """`limit`: calls followed at once at most; none: as many as the speech workers turn out to carry."""
        self.now = Shedding()
        self.limit = limit
        self.capacity = limit
        """So many calls at once are sure to be followed in time; none: nobody knows yet."""
        self.room = limit
        """So many more calls can be followed, until the warden looks again; none: nobody knows yet."""

    def follow_new(self) -> bool:
        """Whether a call that begins now is followed from the start; it takes one of the places left."""
        if not self.now.follows_new_calls or (self.room is not None and self.room < 1):
            return False
        if self.room is not None:
            self.room -= 1
        return True
