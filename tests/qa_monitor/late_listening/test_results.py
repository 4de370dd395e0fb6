"""What listening later found is put beside what was known live: nothing twice, nothing of it lost."""

import asyncio
from dataclasses import replace
from pathlib import Path

from alerts.records import FlagState
from qa_monitor.late_listening.put_aside import PutAside
from qa_monitor.late_listening.results import keep_results, late_flags
from qa_monitor.records.utterances import StoredUtterance
from streams.records import Sought
from tests.alerts.builders import a_flag
from tests.qa_monitor.builders import a_call
from tests.qa_monitor.late import said
from tests.qa_monitor.live_calls import an_application


def test_a_flag_is_found_once_and_what_is_withdrawn_is_not_found() -> None:
    known, withdrawn, fresh = a_flag("known"), a_flag("no", state=FlagState.WITHDRAWN), a_flag("fresh")

    assert list(late_flags([known], [known, withdrawn, fresh])) == [fresh]


def test_what_was_said_after_all_is_a_flag_of_its_own() -> None:
    """The one before was withdrawn when the call was put off, and stays so. Found again it is not told again."""
    before = [a_flag("f", state=FlagState.WITHDRAWN)]
    first = list(late_flags(before, [a_flag("f")]))

    assert [(flag.flag_id, flag.state) for flag in first] == [("f~later", FlagState.CONFIRMED)]
    assert list(late_flags([*before, *first], [a_flag("f")])) == []


def asked(heard: str, first: int) -> Sought:
    return Sought(text="me rappeler", heard=heard, first=first, likeness=0.9, brevity=0, by_audio=-1, by_habit=-4)


def test_a_question_whose_words_are_hidden_beside_live_text_is_not_kept(tmp_path: Path) -> None:
    """The rest of the number may stand on the other side; the question beside it stays."""
    about_number, about_words = asked("le 4539 1488", 1), asked("voilà madame", 4)
    utterance = replace(said("alors le 4539 1488 voilà madame", 5.0), sought=(about_number, about_words))

    async def kept(*, near: bool) -> tuple[Sought, ...]:
        call = a_call()
        async with an_application(tmp_path / str(near)) as parts:
            shared = parts.switchboard._shared  # what all calls share is nobody else's business
            await shared.store.save_call(call)
            before = await shared.store.record(call.call_id)
            assert before is not None
            found = replace(before, utterances=(StoredUtterance(utterance=utterance, emotion=None),))
            aside = PutAside(call=call, kept=(), lawful=True)
            await keep_results(shared, before, found, [utterance] if near else [], aside)
            after = await shared.store.record(call.call_id)
            assert after is not None
            return after.utterances[0].utterance.sought

    assert asyncio.run(kept(near=False)) == (about_number, about_words)
    assert asyncio.run(kept(near=True)) == (about_words,)
