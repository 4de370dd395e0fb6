"""How agents open a call: heard on the customer's channel, it says that the channels are swapped. Pure."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from keywords.matcher import Matcher, WordRule
from keywords.phrases.phrase import PhraseSet
from streams.records import CallStarted, Direction, Language, Speaker, Utterance

OPENING_S = 60.0
"""Seconds of speech, of both together, within which a call is opened."""
CERTAIN = 0.7

_ANSWERS: Mapping[Language, Sequence[str]] = MappingProxyType(
    {
        Language.EN: (
            "(thank you|thanks) for calling !(me|us|back)",
            "(thank you|thanks) for your call",
            "(how|what) (can|may) i help [you]",
            "how (can|may) i assist [you]",
            "how (can|may) i be of (help|assistance|service)",
            "what can i do for you",
            "customer (service|services|support|care) how",
        ),
        Language.FR: (
            "merci (de|d'avoir) (appeler|appelé|nous appeler|votre appel)",
            "que puis-je faire pour vous",
            "(comment|en quoi) puis-je vous (aider|être utile|renseigner)",
            "(comment|en quoi) est-ce que je peux vous (aider|être utile|renseigner)",
            "(comment|en quoi) je peux vous (aider|être utile|renseigner)",
            "service (client|clients|clientèle|technique|commercial|facturation|livraison|mobile) bonjour",
            "service (client|clients|clientèle|technique|commercial|facturation|livraison|mobile) je vous écoute",
        ),
    }
)
_CALLS: Mapping[Language, Sequence[str]] = MappingProxyType(
    {
        Language.EN: ("(i am|we are) calling [you] on behalf of", "am i speaking (to|with) (mister|mr|mrs|miss|ms)"),
        Language.FR: (
            "je vous (appelle|contacte) de la part de",
            "est-ce que je parle [bien] à (monsieur|madame)",
        ),
    }
)


def opening_matcher(direction: Direction) -> Matcher:
    """Finds how agents open calls of this direction. Safe to share.

    Whoever is called answers the telephone, and may be a business that says "how can I help you" itself: on outbound
    calls other sentences count.
    """
    phrases = PhraseSet.compile(_CALLS if direction is Direction.OUTBOUND else _ANSWERS)
    rule = WordRule(rule_id="opening", rule_version="1", speaker=None, phrases=phrases)
    return Matcher((rule,))


class Openings:
    """Told every final of one call. Not safe to share; `matcher` is."""

    def __init__(self, call: CallStarted, matcher: Matcher) -> None:
        self._matcher = matcher
        self._both = set(call.channels) == {Speaker.CUSTOMER, Speaker.AGENT}
        self._spoken_s = 0.0
        self._opened: set[Speaker] = set()

    @property
    def swapped(self) -> bool:
        """The customer's channel opened the call as only agents do, and the agent's never did."""
        return self._opened == {Speaker.CUSTOMER}

    def final(self, utterance: Utterance) -> None:
        """Somebody has spoken. An agent's opening counts whenever it comes: it settles the doubt."""
        if not self._both or not utterance.trusted:
            return
        early = self._spoken_s < OPENING_S
        self._spoken_s += utterance.end_s - utterance.start_s
        if not early and (utterance.speaker is Speaker.CUSTOMER or not self.swapped):
            return
        if any(hit.certainty >= CERTAIN for hit in self._matcher.hits(utterance)):
            self._opened.add(utterance.speaker)
