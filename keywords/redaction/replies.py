"""Which numbers were given in answer, to tell when an answer is whole and when it is said again. Pure; one per call.

Digits are compared with for a minute, to recognise them when the other side repeats them, and go with their call.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, inf
from types import MappingProxyType

from keywords.redaction.brands import card_length
from keywords.redaction.cue_words import Topic

REMEMBERED_S = 60.0
LEAST_REPEATED = 3
"""Fewer digits are no repetition: any number holds them."""
COMMON_DIGITS = 4
"""So many in the same order tell a long number that was heard a little differently."""
COMMON_SHARE = 0.7
LONG_CODE_DIGITS = 4
ECHO_S = 10.0
"""So soon a digit or two on their own are an echo of those before."""
WHOLE: Mapping[Topic, int] = MappingProxyType(
    {Topic.CVV: 3, Topic.EXPIRY: 2, Topic.IBAN: 12, Topic.PHONE: 10, Topic.EMAIL: 0}
)
"""Of what is no card, so many digits are a whole answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    topic: Topic
    channel: int
    at_s: float
    """When its last digit begins."""
    digits: str


class Replies:
    """The answers of a call in its last minute."""

    def __init__(self) -> None:
        self._replies: list[_Reply] = []

    def note(self, topic: Topic, channel: int, at_s: float, digits: str) -> None:
        """These digits were said in answer."""
        self._replies = [one for one in self._replies if at_s - one.at_s <= REMEMBERED_S]
        reply = _Reply(topic=topic, channel=channel, at_s=at_s, digits=digits)
        if reply not in self._replies:
            self._replies.append(reply)

    def last_s(self, topic: Topic, until_s: float = inf) -> float | None:
        """When, before `until_s`, digits were last given for it."""
        return max((one.at_s for one in self._replies if one.topic is topic and one.at_s < until_s), default=None)

    def begun_s(self, channel: int, missing: int) -> float | None:
        """When this channel gave the last digits of a card number; none where fewer than `missing` are left to say."""
        said = [one for one in self._replies if one.topic is Topic.CARD and one.channel == channel]
        digits = "".join(one.digits for one in sorted(said, key=lambda reply: reply.at_s))
        return max(one.at_s for one in said) if said and len(digits) + missing <= card_length(digits) else None

    def whole_s(self, topic: Topic, since_s: float) -> float | None:
        """When, after this second, the answer was whole; none while more may follow."""
        said: dict[int, str] = {}
        for one in sorted(self._replies, key=lambda reply: reply.at_s):
            if one.topic is topic and one.at_s >= since_s:
                said[one.channel] = said.get(one.channel, "") + one.digits
                if len(said[one.channel]) >= self._whole(topic, said[one.channel]):
                    return one.at_s
        return None

    def _whole(self, topic: Topic, digits: str) -> int:
        """With so many digits nothing more need follow: cards of 15 have codes of four."""
        if topic is Topic.CVV and any(
            one.topic is Topic.CARD and one.digits[:2] in ("34", "37") for one in self._replies
        ):
            return LONG_CODE_DIGITS
        return card_length(digits) if topic is Topic.CARD else WHOLE.get(topic, 0)

    def repeated(self, digits: str, at_s: float, *, bare: bool) -> Topic | None:
        """What was answered with these digits, or with a long number that has some of them in a row.

        `bare`: nothing else is said with them, so that one digit of a security code is enough.
        """
        codes = [one.digits for one in self._replies if one.topic is Topic.CVV and 0 <= at_s - one.at_s <= ECHO_S]
        if bare and digits and digits in "".join(codes):
            return Topic.CVV
        if len(digits) < LEAST_REPEATED:
            return None
        known = [one for one in reversed(self._replies) if at_s - one.at_s <= REMEMBERED_S]
        same = next((one.topic for one in known if one.digits == digits), None)
        return same or next((one.topic for one in known if _is_part(digits, one.digits)), None)


def _is_part(digits: str, known: str) -> bool:
    common = max(COMMON_DIGITS, ceil(COMMON_SHARE * len(digits)))
    return any(digits[at : at + common] in known for at in range(len(digits) - common + 1))
