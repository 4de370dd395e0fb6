"""However many are refused at once, only so many of them are kept waiting for it."""

import asyncio

from qa_monitor.telephony.late_answers import LateAnswers


def test_one_more_than_may_wait_lets_the_oldest_go_at_once() -> None:
    async def flood() -> list[bool]:
        answers = LateAnswers(most=2)
        waiting = [asyncio.create_task(answers.wait(3600.0)) for _ in range(5)]
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        while len(done) < 3:
            more, _ = await asyncio.wait(set(waiting) - done, return_when=asyncio.FIRST_COMPLETED)
            done |= more
        told = [task.done() for task in waiting]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return told

    assert asyncio.run(flood()) == [True, True, True, False, False]


def test_those_whose_time_has_come_make_room() -> None:
    async def one_after_the_other() -> bool:
        answers = LateAnswers(most=1)
        await answers.wait(0.001)
        last = asyncio.create_task(answers.wait(3600.0))
        await answers.wait(0.0)  # is told at once, and waits nowhere
        await asyncio.sleep(0)
        waits = not last.done()
        last.cancel()
        await asyncio.gather(last, return_exceptions=True)
        return waits

    assert asyncio.run(one_after_the_other())
