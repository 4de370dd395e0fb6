"""What finals get beyond the usual while the workers have time to spare. Pure.

Unsure finals that are heard twice, for the phrases of rules in them, nearly cost double, company for fragments makes
finals dearer by a third, several guesses at once by a fifth, and these find more the worse the line is
(docs/performance.md). So they are the first to go when calls come, in that order, before anything is shed, and nobody
need be told: the text is then as it would be on a machine of half the size. What nobody waits for, late text and
recordings, always gets all of it: it waits for room instead.
"""

from dataclasses import dataclass

BEAM = 5
"""More guesses than this cost more and find no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What finals get."""

    company: bool
    """Fragments are heard behind what the same speaker said just before."""
    beam: int | None
    """Guesses followed at once; none: as the recipe says."""
    twice: bool = False
    """Unsure ones are heard a second time, for phrases of rules."""

    @property
    def asks(self) -> bool:
        """The audio is asked about phrases of rules: for as long as there is time for company."""
        return self.company


FULL_CARE = Care(company=True, beam=BEAM, twice=True)
PLAIN_CARE = Care(company=False, beam=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarePolicy:
    """How busy the workers are with finals, 0 to 1, above which something goes, and below which it comes back.

    Far enough apart that what comes back does not drive itself out again.
    """

    age_s: float = 0.25
    """Finals waited so long lately: everything goes at once. Many calls that begin together are not seen in the
    utilisation of the last seconds before they have a queue."""

    twice_goes: float = 0.35
    twice_comes: float = 0.15
    company_goes: float = 0.45
    company_comes: float = 0.3
    beam_goes: float = 0.65
    beam_comes: float = 0.45


NONE = CarePolicy(twice_goes=0, twice_comes=0, company_goes=0, company_comes=0, beam_goes=0, beam_comes=0)
"""Every final is transcribed the same way, whatever the load."""


class Caring:
    """Look with it twice a second or so."""

    def __init__(self, policy: CarePolicy | None = None) -> None:
        self._policy = policy or CarePolicy()
        self._twice = self._company = self._beam = True

    def at(self, utilisation: float, age_s: float, level: int) -> Care:
        """What finals get from now on; from level 1 on nothing. `age_s`: 95th percentile of how long finals waited."""
        policy = self._policy
        spare = level == 0 and age_s < policy.age_s
        self._twice = spare and utilisation < (policy.twice_goes if self._twice else policy.twice_comes)
        self._company = spare and utilisation < (policy.company_goes if self._company else policy.company_comes)
        self._beam = spare and utilisation < (policy.beam_goes if self._beam else policy.beam_comes)
        return Care(company=self._company, beam=BEAM if self._beam else None, twice=self._twice)
