"""Who speaks on which channel of one call, and whether that is sure."""

from dataclasses import replace

from keywords.matcher import Matcher
from keywords.openings import Openings
from streams.records import CallStarted, ChannelActivity, Speaker, Utterance


class Speakers:
    """What is remembered of one call to tell. Calls into it come one after the other."""

    def __init__(self, call: CallStarted, openings: Matcher) -> None:
        """`openings`: how agents open such calls."""
        self._openings = Openings(call, openings)
        self._identical = False

    @property
    def known(self) -> bool:
        """Whether it is sure who speaks. While it is not, no voice is judged, nor is anything that one side says."""
        return not (self._identical or self.swapped)

    @property
    def swapped(self) -> bool:
        """By their words the agent speaks on the customer's channel."""
        return self._openings.swapped

    def note_identical(self, identical: bool) -> None:
        """Both channels carry the same sound, or no longer."""
        self._identical = identical

    def heard(self, utterance: Utterance) -> None:
        """A final, as it was said: its words may tell that it is not who it seems."""
        self._openings.final(utterance)

    def attributed(self, utterance: Utterance) -> Utterance:
        """As the rules may see it: spoken by nobody in particular while nobody can tell."""
        return utterance if self.known else replace(utterance, speaker=Speaker.UNKNOWN)

    def attributed_activity(self, activity: ChannelActivity) -> ChannelActivity:
        """The same of who speaks when."""
        return activity if self.known else replace(activity, speaker=Speaker.UNKNOWN)
