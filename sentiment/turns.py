"""The longest turn of each speaker: how long one went on without the other getting a word in. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from streams.records import Speaker

Turn = tuple[float, float, Speaker]
"""From, until, and who spoke."""
BREAKS_S = 1.0
"""What the other says for less than this breaks no turn: "yes", "I see"."""
PAUSE_S = 3.0
"""A longer pause ends a turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """As far as the call has come."""

    latest: Turn | None = None
    """The turn that may still go on."""
    longest_s: Mapping[Speaker, float] = field(default_factory=lambda: MappingProxyType({}))

    def after(self, spoken: Iterable[Turn]) -> "Turns":
        """With these stretches as well, none of which begins before the latest turn does."""
        latest, longest = self.latest, dict(self.longest_s)
        for start_s, end_s, speaker in sorted(spoken):
            if latest is not None and latest[2] is speaker and start_s - latest[1] <= PAUSE_S:
                latest = (latest[0], max(latest[1], end_s), speaker)
            elif latest is None or end_s - start_s >= BREAKS_S or start_s - latest[1] > PAUSE_S:
                latest = (start_s, end_s, speaker)
            else:
                continue
            longest[speaker] = max(longest.get(speaker, 0.0), latest[1] - latest[0])
        return Turns(latest=latest, longest_s=MappingProxyType(longest))
