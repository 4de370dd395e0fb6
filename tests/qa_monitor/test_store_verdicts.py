"""Coaches' verdicts, on real files."""

import asyncio
from pathlib import Path

import pytest

from alerts.records import CoachId, FlagId
from qa_monitor.rules.verdicts import Verdict, VerdictCount, VerdictKind
from qa_monitor.store.records import NotKept
from streams.records import Language
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.storing import a_store


def a_verdict(flag_id: str, kind: VerdictKind, by: str = "ann") -> Verdict:
    return Verdict(flag_id=FlagId(flag_id), kind=kind, by=CoachId(by), at=NOON)


def test_verdicts_are_counted_by_rule_version_team_and_language(tmp_path: Path) -> None:
    """A coach's later word replaces the earlier; two coaches count twice."""

    async def counted() -> tuple[VerdictCount, ...]:
        async with a_store(tmp_path) as store:
            for name in ("f1", "f2"):
                await store.save_flag(a_flag(name), a_call(), NOON)
            await store.save_verdict(a_verdict("f1", VerdictKind.FALSE_ALARM))
            await store.save_verdict(a_verdict("f1", VerdictKind.USEFUL))
            await store.save_verdict(a_verdict("f1", VerdictKind.USEFUL, by="eve"))
            await store.save_verdict(a_verdict("f2", VerdictKind.ALREADY_KNOWN))
            return await store.verdict_counts()

    call = a_call()
    found = asyncio.run(counted())

    assert [(one.kind, one.count) for one in found] == [(VerdictKind.ALREADY_KNOWN, 1), (VerdictKind.USEFUL, 2)]
    assert {(one.rule_id, one.rule_version) for one in found} == {("cancellation", "1a2b")}
    assert {(one.tenant, one.team, one.language) for one in found} == {(call.tenant, call.team, Language.FR)}


def test_a_flag_that_is_not_kept_cannot_be_judged(tmp_path: Path) -> None:
    async def judged() -> None:
        async with a_store(tmp_path) as store:
            with pytest.raises(NotKept):
                await store.save_verdict(a_verdict("nobody", VerdictKind.USEFUL))
            assert await store.verdict_counts() == ()

    asyncio.run(judged())
