"""What people type of a call is screened like what was said in it, before it is kept."""

from collections.abc import Set

from keywords.records import RedactionKind
from keywords.redaction.screen import RedactionScreen
from streams.records import CallId, Language, Speaker, Utterance, UtteranceId, Word

LONGEST = 4_000
"""Characters of one text."""


def screened(text: str, kinds: Set[RedactionKind]) -> str:
    """The text with numbers and addresses masked as the settings say. Blanks around it are taken off."""
    bare = text.strip()
    if not bare:
        return ""
    pieces = bare.split()
    said = Utterance(
        call_id=CallId("typed"),
        utterance_id=UtteranceId("typed"),
        speaker=Speaker.UNKNOWN,
        channel=0,
        start_s=0.0,
        end_s=float(len(pieces)),
        text=bare,
        # nobody spoke: one word a second, so that the screen finds them in their order
        words=tuple(
            Word(text=one, start_s=float(index), end_s=index + 1.0, probability=1.0) for index, one in enumerate(pieces)
        ),
        language=Language.EN,
        confidence=1.0,
        final=True,
        revision=1,
    )
    screen = RedactionScreen(frozenset(kinds))
    return " ".join(one.utterance.text for one in (*screen.feed(said), *screen.finish()))
