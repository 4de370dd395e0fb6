"""A call that was followed live in a test, gone through once more."""

from dataclasses import replace

from qa_monitor.application import Application
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.replay.canonical import canonical
from qa_monitor.replay.one_call import Replayed, Run, Stage, replay_call
from qa_monitor.replay.pacing import Progress
from streams.engine.engine import SpeechEngine
from streams.records import CallId


def a_stage(parts: Application, engine: SpeechEngine | None = None) -> Stage:
    """What a replay needs of a running application; `engine`: in place of the one that heard the call live."""
    shared = parts.switchboard._shared  # what all calls share is nobody else's business
    if engine is not None:
        shared = replace(shared, engine=engine)
    return Stage(shared=shared, audio=parts.audio, data_dir=parts.settings.data_dir, room=lambda: True)


async def packed_pace(parts: Application, call_id: str) -> bytes | None:
    """The pace of a call as it is kept."""
    paces = parts.switchboard._shared.paces
    assert paces is not None
    return await paces.load(CallId(call_id))


async def replayed(parts: Application, call_id: str, engine: SpeechEngine | None = None) -> tuple[CallRecord, Replayed]:
    """A call as it is kept, and as it comes out today."""
    source = await parts.store.record(CallId(call_id))
    assert source is not None
    packed = await packed_pace(parts, call_id)
    return source, await replay_call(a_stage(parts, engine), source, packed, Run(progress=Progress()))


def flags_of(record: CallRecord) -> list[str]:
    """The flags as the call alone makes them."""
    return [canonical(flag) for flag in record.flags]


def texts_of(record: CallRecord) -> list[str]:
    """What was said in a call."""
    return [kept.utterance.text for kept in record.utterances]
