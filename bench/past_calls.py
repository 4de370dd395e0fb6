"""Made-up past calls, the same for the same seed: five minutes of French or English, in the tables of the service.

    python bench/past_calls.py --data-dir DATA --calls 1000

The text is written (`sentences/past_calls.yaml`), not recognised: a letter is wrong in one word of a hundred, as a
recogniser would have it.
"""

import argparse
import asyncio
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from sqlalchemy import insert

from qa_monitor.records.calls import CallState
from qa_monitor.store.calls import saves
from qa_monitor.store.calls.utterance_rows import utterance_cells
from qa_monitor.store.database.database import FILE
from qa_monitor.store.database.engines import writer_engine
from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.store.tables import schema
from streams.consent import Consent, Notice
from streams.records import (
    CallEnded,
    CallId,
    CallStarted,
    Direction,
    EndReason,
    Language,
    Speaker,
    Timing,
    Utterance,
    UtteranceId,
    Word,
)

SENTENCES = Path(__file__).parent / "sentences" / "past_calls.yaml"
CALL_S = 300.0
RARE_CALLS = 0.1
"""Share of calls with something that rules look for."""
WRONG_WORDS = 0.01
FIRST_DAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TEAMS = ("north", "south", "sales", "support")
_SLOT = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What is said in one language."""

    lists: Mapping[str, Sequence[str]]
    agent: Sequence[str]
    customer: Sequence[str]
    rare: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCall:
    """A whole call."""

    call: CallStarted
    utterances: tuple[Utterance, ...]
    ended: CallEnded


def talks() -> dict[Language, Talk]:
    """The sentences, per language."""
    read = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    return {Language(language): Talk(**parts) for language, parts in read.items()}


def made_calls(count: int, seed: int) -> Iterator[MadeCall]:
    """So many calls of five minutes; of two calls one is French."""
    said = talks()
    for number in range(count):
        dice = random.Random(f"{seed}-{number}")
        language = Language.FR if number % 2 else Language.EN
        yield _call(number, language, said[language], dice)


def _call(number: int, language: Language, talk: Talk, dice: random.Random) -> MadeCall:
    call = CallStarted(
        call_id=CallId(f"made-{number:06d}"),
        team=TEAMS[number % len(TEAMS)],
        agent_id=f"agent-{number % 40}",
        direction=Direction.INBOUND,
        language=language,
        channels=(Speaker.CUSTOMER, Speaker.AGENT),
        rate_hz=8_000,
        started_at=FIRST_DAY + timedelta(minutes=7 * number),
        dialect="pcm",
        notice=Notice.PLAYED,
        consent=Consent.GRANTED,
    )
    utterances = tuple(_utterances(call, language, talk, dice))
    return MadeCall(
        call=call,
        utterances=utterances,
        ended=CallEnded(call_id=call.call_id, end_s=CALL_S, reason=EndReason.HANGUP),
    )


def _utterances(call: CallStarted, language: Language, talk: Talk, dice: random.Random) -> Iterator[Utterance]:
    rare_at_s = dice.uniform(20, 250) if dice.random() < RARE_CALLS else None
    at_s, channel = 1.0, 1
    while True:
        texts = talk.agent if channel else talk.customer
        if rare_at_s is not None and at_s >= rare_at_s and not channel:
            texts, rare_at_s = talk.rare, None
        text = talk.agent[0] if at_s == 1.0 else _filled(dice.choice(texts), talk, dice)
        words = text.split()
        end_s = at_s + 0.3 * len(words) + 0.4
        if end_s > CALL_S:
            return
        yield _utterance(call, language, channel, (at_s, end_s), [_heard(word, dice) for word in words], dice)
        at_s = round(end_s + dice.uniform(0.4, 3.2), 2)
        channel = 1 - channel if dice.random() < 0.85 else channel


def _filled(text: str, talk: Talk, dice: random.Random) -> str:
    return _SLOT.sub(lambda slot: dice.choice(talk.lists[slot.group(1)]), text)


def _heard(word: str, dice: random.Random) -> str:
    if len(word) < 6 or dice.random() >= WRONG_WORDS:
        return word
    at = dice.randrange(1, len(word) - 1)
    return word[:at] + dice.choice("aeinorst") + word[at + 1 :]


def _utterance(
    call: CallStarted,
    language: Language,
    channel: int,
    span: tuple[float, float],
    words: Sequence[str],
    dice: random.Random,
) -> Utterance:
    start_s, end_s = span
    step = (end_s - start_s) / len(words)
    return Utterance(
        call_id=call.call_id,
        utterance_id=UtteranceId(f"{channel}-{round(start_s * 1000):08d}"),
        speaker=call.channels[channel],
        channel=channel,
        start_s=start_s,
        end_s=end_s,
        text=" ".join(words),
        words=tuple(
            Word(
                text=word,
                start_s=round(start_s + number * step, 3),
                end_s=round(start_s + (number + 1) * step, 3),
                probability=round(dice.uniform(0.55, 0.99), 3),
            )
            for number, word in enumerate(words)
        ),
        language=language,
        confidence=0.8,
        final=True,
        revision=3,
        timing=Timing(endpoint_s=0.5, queued_s=0.05, speech_s=0.25),
    )


async def make_database(data_dir: Path) -> None:
    """An empty one, as the service makes it."""
    store = await SqliteStore.open(data_dir)
    await store.close()


def store_calls(data_dir: Path, calls: Iterator[MadeCall]) -> int:
    """Keep them in one transaction; gives how many utterances."""
    data_dir.mkdir(parents=True, exist_ok=True)
    asyncio.run(make_database(data_dir))
    engine = writer_engine(data_dir / FILE)
    kept = 0
    try:
        with engine.begin() as connection:
            for made in calls:
                saves.add_call(connection, made.call)
                cells = [utterance_cells(utterance) for utterance in made.utterances]
                connection.execute(insert(schema.utterances), cells)
                ended_at = made.call.started_at + timedelta(seconds=made.ended.end_s)
                saves.close_call(connection, made.ended, ended_at, CallState.ENDED)
                kept += len(cells)
    finally:
        engine.dispose()
    return kept


def main() -> None:
    """Fill a data folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--calls", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    kept = store_calls(given.data_dir, made_calls(given.calls, given.seed))
    print(f"{given.calls} calls, {kept} utterances in {given.data_dir}")


if __name__ == "__main__":
    main()
