"""Speech that waits, for tests."""

import numpy as np

from alerts.late import LateWatch
from alerts.policy import AlertPolicy
from alerts.rulebook import STARTER_RULES, load_rulebook
from qa_monitor.rules.ruleset import a_set
from qa_monitor.shedding.flac import compressed
from qa_monitor.shedding.late_call import LateCall
from qa_monitor.shedding.later import Piece
from streams.records import CallStarted, Language, Speaker, Utterance, UtteranceId, Word
from tests.qa_monitor.builders import a_call, an_utterance

BOOK = load_rulebook([STARTER_RULES])
RULES = a_set(BOOK)
WATCH_POLICY = AlertPolicy()


def a_late_call(call: CallStarted | None = None) -> LateCall:
    """With the starter rules."""
    call = call or a_call()
    return LateCall(call, RULES.matcher, LateWatch(call, BOOK, WATCH_POLICY), seekers=RULES.seekers)


def a_piece(late: LateCall, start_s: float = 1.0, *, flac: bytes | None = None) -> Piece:
    """Two seconds of a customer."""
    blank = an_utterance(start_s, call_id=late.call.call_id, text="")
    return Piece(
        late=late,
        utterance=blank,
        flac=compressed(np.zeros(32_000, np.float32)) if flac is None else flac,
        language=Language.FR,
        trusted=True,
        attributed=True,
        hides_numbers=False,
    )


def said(text: str, start_s: float, *, trusted: bool = True) -> Utterance:
    """Three words a second, by the customer of the usual call."""
    texts = text.split()
    words = tuple(
        Word(text=one, start_s=start_s + number / 3, end_s=start_s + (number + 1) / 3, probability=0.9)
        for number, one in enumerate(texts)
    )
    return Utterance(
        call_id=a_call().call_id,
        utterance_id=UtteranceId(f"0-{start_s:.2f}"),
        speaker=Speaker.CUSTOMER,
        channel=0,
        start_s=start_s,
        end_s=start_s + len(texts) / 3,
        text=text,
        words=words,
        language=Language.FR,
        confidence=0.9,
        final=True,
        revision=1,
        trusted=trusted,
    )
