"""Past calls to test with: said by hand, or from sentences, in the tables of the service."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from qa_monitor.records.holds import OnHold
from qa_monitor.store.calls import saves, stretch_saves, utterance_saves
from qa_monitor.store.database.database import FILE
from qa_monitor.store.database.engines import writer_engine
from streams.records import CallEnded, CallStarted, EndReason, Gap, Language, Speaker, Utterance, UtteranceId, Word
from tests.qa_monitor.builders import NOON, a_call, a_score
from tests.qa_monitor.storing import a_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One call that is over."""

    call: CallStarted
    said: tuple[Utterance, ...]
    gaps: tuple[Gap, ...] = ()
    holds: tuple[OnHold, ...] = ()
    end_s: float = 60.0
    angry: bool = False
    """The customer's voice, throughout; otherwise it is not scored."""


def a_past_call(
    call_id: str,
    *said: tuple[float, Speaker, str],
    language: Language = Language.FR,
    team: str = "north",
    tenant: str = "default",
    days: int = 0,
    end_s: float = 60.0,
) -> Past:
    """A call of which each sentence is said at its second, three words a second."""
    call = replace(
        a_call(call_id, started_at=NOON + timedelta(days=days)),
        language=language,
        team=team,
        tenant=tenant,
        agent_id=f"agent-{team}",
    )
    return Past(call=call, said=tuple(a_final(call, *one) for one in said), end_s=end_s)


def a_final(call: CallStarted, start_s: float, speaker: Speaker, text: str) -> Utterance:
    """One sentence."""
    channel = call.channels.index(speaker)
    texts = text.split()
    return Utterance(
        call_id=call.call_id,
        utterance_id=UtteranceId(f"{channel}-{round(start_s * 1000):08d}"),
        speaker=speaker,
        channel=channel,
        start_s=start_s,
        end_s=start_s + len(texts) / 3,
        text=text,
        words=tuple(
            Word(text=word, start_s=start_s + place / 3, end_s=start_s + (place + 1) / 3, probability=0.95)
            for place, word in enumerate(texts)
        ),
        language=call.language or Language.FR,
        confidence=0.9,
        final=True,
        revision=1,
    )


async def keep(folder: Path, calls: Iterable[Past]) -> None:
    """Store them, over."""
    async with a_store(folder):
        pass
    engine = writer_engine(folder / FILE)
    with engine.begin() as connection:
        for past in calls:
            saves.add_call(connection, past.call)
            for utterance in past.said:
                score = a_score(utterance) if past.angry and utterance.speaker is Speaker.CUSTOMER else None
                utterance_saves.save_utterance(connection, utterance, score)
            for gap in past.gaps:
                stretch_saves.save_gap(connection, gap)
            for hold in past.holds:
                stretch_saves.save_on_hold(connection, hold)
            ended = CallEnded(call_id=past.call.call_id, end_s=past.end_s, reason=EndReason.HANGUP)
            saves.end_call(connection, ended, past.call.started_at + timedelta(seconds=past.end_s))
    engine.dispose()


def chatter(seed: int, count: int, sentences: Sequence[tuple[Language, str]]) -> list[Past]:
    """Calls of ten sentences each, drawn from these, now and then with a letter that is wrong."""
    dice = random.Random(seed)
    made = []
    for number in range(count):
        language = dice.choice(list(Language))
        own = [text for spoken, text in sentences if spoken is language]
        said = [
            (3.0 + 5 * place, dice.choice((Speaker.CUSTOMER, Speaker.AGENT)), _misheard(dice.choice(own), dice))
            for place in range(10)
        ]
        made.append(a_past_call(f"made-{number}", *said, language=language))
    return made


def _misheard(text: str, dice: random.Random) -> str:
    words = text.split()
    at = dice.randrange(len(words))
    if dice.random() < 0.3 and len(words[at]) > 5:
        place = dice.randrange(1, len(words[at]) - 1)
        words[at] = words[at][:place] + dice.choice("aeiou") + words[at][place + 1 :]
    return " ".join(words)
