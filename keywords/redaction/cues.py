"""What somebody asks for or announces: a card number, a security code, a telephone number, an order number. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from keywords.marks import is_mark
from keywords.normal import plain, spoken_words
from keywords.redaction.cue_words import ANY_CODE, CUES, LONGEST, SMALL, Strength, Topic, usual
from streams.records import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that tell what digits are about."""

    topic: Topic
    strength: Strength
    at_s: float
    """When the last of them ends."""
    begins_s: float
    """When their utterance begins."""
    ends_s: float
    """When it ends."""
    channel: int = -1
    """Where it was said; -1: found in digits."""
    sure: bool = True
    """Whether it was understood well enough to end what was talked of before."""
    any_code: bool = False
    """No more than "the code", or a secret one: any code at all, but a card's where a card number was just said."""


UNDERSTOOD = 0.5
"""With less confidence a text says little about what was said."""
_MAIL_SENT = re.compile(
    r"sen[dt]|sends|sending|receiv\w*|got|gotten|wrote|written|reply|replied|forward\w*|read|check\w*|recu\w*|recoi\w*"
    r"|recev\w*|envo\w*|repondu\w*|repondre|ecrit\w*|lu|transmis\w*"
)
"""What is done with a message: beside these "mail" is one, unless an address is spoken of or a question put."""
_MAIL_ASKED = re.compile(r"adresses?|address|addresses|quel\w*|what|which")


def cues_of(utterance: Utterance) -> tuple[Cue, ...]:
    """What the utterance asks for or announces, in the order of its words; the longest of overlapping cues counts."""
    said = [
        (usual(form), word.end_s)
        for word in spoken_words(utterance)
        for form in re.findall(r"[^\W_]+", plain(word.text))
        if form not in SMALL and not is_mark(word.text)
    ]
    found: list[Cue] = []
    is_message = _is_about_message([form for form, _ in said])
    at = 0
    while at < len(said):
        width = _width([form for form, _ in said[at : at + LONGEST]])
        if width:
            forms = tuple(form for form, _ in said[at : at + width])
            topic, strength = CUES[forms]
            if topic is Topic.EMAIL and is_message:
                strength = Strength.NAMED
            end_s = said[at + width - 1][1]
            cue = Cue(
                topic=topic,
                strength=strength,
                at_s=end_s,
                begins_s=utterance.start_s,
                ends_s=utterance.end_s,
                channel=utterance.channel,
                sure=utterance.confidence >= UNDERSTOOD,
                any_code=forms in ANY_CODE,
            )
            found.append(cue)
        at += max(1, width)
    return tuple(found)


def _is_about_message(forms: Sequence[str]) -> bool:
    """Whether a message is spoken of and no address: "I sent you an e-mail"."""
    sent = any(_MAIL_SENT.fullmatch(form) for form in forms)
    return sent and not any(_MAIL_ASKED.fullmatch(form) for form in forms)


def _width(forms: Sequence[str]) -> int:
    """How many of the forms at the beginning are the longest cue; 0: none."""
    return next((width for width in range(len(forms), 0, -1) if tuple(forms[:width]) in CUES), 0)
