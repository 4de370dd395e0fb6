"""The register and the entrance on a real store: who comes in, who is sent away at once, what is logged, what lasts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qa_monitor.people.changes import Did
from qa_monitor.people.records import PeopleError, Role
from qa_monitor.people.register import Register
from qa_monitor.people.rows import Kind
from qa_monitor.people.sight import EVERYTHING
from qa_monitor.security.entrance import AT_ONCE, Entrance, LogInRefused, Refusal
from qa_monitor.security.passwords import PasswordRefused
from qa_monitor.security.sessions import Sessions
from qa_monitor.security.throttle import FAILURES, Throttle
from qa_monitor.security.visitor import OPERATOR
from tests.qa_monitor.staff import ANN, BEN, CLEO, MONDAY, NORTH, a_coach, a_directory, away, everyone
from tests.qa_monitor.storing import a_store

TOKEN = "the access token"
HERE = "192.0.2.1"
GOOD = "correct horse battery"


class Clock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A register, its entrance and its clock."""

    register: Register
    entrance: Entrance
    clock: Clock

    async def let_in(self, name: str) -> str:
        """Someone who has chosen a password and logged in; gives the cookie."""
        handed = await self.entrance.hand_out_password(a_coach(ANN).account_id if name == ANN else BEN, "console")
        await self.entrance.log_in(name, handed, HERE)
        account = self.register.directory.accounts[BEN if name == BEN else ANN]
        return await self.entrance.change_password(account, old=handed, new=GOOD, address=HERE)


@asynccontextmanager
async def a_house(folder: Path, *, empty: bool = False) -> AsyncIterator[House]:
    async with a_store(folder) as store:
        clock, kept = Clock(), await store.people.load()
        register = Register(store.people, kept, clock, everyone=True)
        entrance = Entrance(
            register=register,
            sessions=Sessions(clock, kept.sessions),
            throttle=Throttle(clock),
            store=store.people,
            is_token=lambda token: token == TOKEN,
        )
        if not empty and not kept.directory.accounts:
            await register.put(everyone(), by="console")
        yield House(register=register, entrance=entrance, clock=clock)


async def refusal(house: House, name: str, password: str, address: str = HERE) -> Refusal | None:
    try:
        await house.entrance.log_in(name, password, address)
    except LogInRefused as error:
        return error.why
    return None


def test_people_passwords_and_sessions_outlive_a_restart(tmp_path: Path) -> None:
    """And nothing that is kept is a password or a cookie."""

    async def before() -> str:
        async with a_house(tmp_path) as house:
            await house.register.put([away(BEN, CLEO)], by="console")
            return await house.let_in(ANN)

    async def after(cookie: str) -> None:
        async with a_house(tmp_path) as house:
            visitor = house.entrance.who(cookie, None)

            assert house.register.directory == a_directory(away(BEN, CLEO))
            assert visitor is not None
            assert visitor.account == a_coach(ANN, NORTH)
            assert await refusal(house, "ann", GOOD) is None

    cookie = asyncio.run(before())
    asyncio.run(after(cookie))
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert GOOD.encode() not in kept
    assert cookie.encode() not in kept


def test_a_handed_out_password_has_to_be_changed(tmp_path: Path) -> None:
    """Before that it opens no call; afterwards it opens nothing."""

    async def test() -> None:
        async with a_house(tmp_path) as house:
            handed = await house.entrance.hand_out_password(ANN, "console")
            cookie = await house.entrance.log_in(" ANN ", handed, HERE)
            fresh = house.entrance.who(cookie, None)
            assert fresh is not None
            assert (fresh.roles, fresh.must_change) == (frozenset(), True)

            account = house.register.directory.accounts[ANN]
            with pytest.raises(PasswordRefused):
                await house.entrance.change_password(account, old=handed, new="short", address=HERE)
            with pytest.raises(LogInRefused):
                await house.entrance.change_password(account, old="wrong", new=GOOD, address=HERE)
            new = await house.entrance.change_password(account, old=handed, new=GOOD, address=HERE)

            chosen = house.entrance.who(new, None)
            assert chosen is not None
            assert chosen.roles == {Role.COACH}
            assert house.entrance.who(cookie, None) is None
            assert await refusal(house, "ann", handed) is Refusal.NAME_OR_PASSWORD

    asyncio.run(test())


def test_a_closed_account_is_out_at_once(tmp_path: Path) -> None:
    """Its sessions end, its password opens nothing, and opening the account again does not bring sessions back."""

    async def test() -> None:
        async with a_house(tmp_path) as house:
            cookie = await house.let_in(ANN)
            account = house.register.directory.accounts[ANN]
            await house.register.put([replace(account, disabled=True)], by="console")
            assert house.entrance.who(cookie, None) is None
            await house.entrance.end_disabled()
            assert await refusal(house, "ann", GOOD) is Refusal.NAME_OR_PASSWORD
            with pytest.raises(PeopleError):
                await house.entrance.hand_out_password(ANN, "console")

            await house.register.put([account], by="console")
            assert house.entrance.who(cookie, None) is None
            assert await refusal(house, "ann", GOOD) is None

    asyncio.run(test())


def test_a_new_password_ends_every_session_before_it(tmp_path: Path) -> None:
    async def test() -> None:
        async with a_house(tmp_path) as house:
            cookie = await house.let_in(ANN)
            again = await house.entrance.log_in("ann", GOOD, HERE)
            await house.entrance.hand_out_password(ANN, "fay")

            assert [house.entrance.who(one, None) for one in (cookie, again)] == [None, None]

    asyncio.run(test())


def test_nobody_is_told_which_accounts_there_are(tmp_path: Path) -> None:
    """A wrong name, a wrong password, an account without a password and one that is no name are refused alike."""

    async def test() -> None:
        async with a_house(tmp_path) as house:
            await house.let_in(ANN)
            tries = [
                ("ann", "wrong password"),
                ("zoe", GOOD),
                ("ben", GOOD),
                ("Zoé ' --", GOOD),
                ("a\ud800", "x\ud800"),
            ]
            assert [await refusal(house, *one) for one in tries] == [Refusal.NAME_OR_PASSWORD] * len(tries)
            assert [await refusal(house, *one) for one in (("", GOOD), ("ann", ""))] == [Refusal.MISSING] * 2

    asyncio.run(test())


def test_guessing_a_password_is_slowed_down_for_that_account_alone(tmp_path: Path) -> None:
    """From anywhere; after a minute the right one is taken again."""

    async def test() -> None:
        async with a_house(tmp_path) as house:
            await house.let_in(ANN)
            await house.let_in(BEN)
            guesses = [await refusal(house, "ann", "wrong password", f"192.0.2.{n}") for n in range(FAILURES + 1)]
            assert guesses == [*[Refusal.NAME_OR_PASSWORD] * FAILURES, Refusal.SLOW]
            assert await refusal(house, "ann", GOOD) is Refusal.SLOW
            assert await refusal(house, "ben", GOOD) is None
            house.clock.now += timedelta(minutes=1)
            assert await refusal(house, "ann", GOOD) is None

    asyncio.run(test())


def test_guesses_that_come_at_once_are_slowed_down_like_any_others(tmp_path: Path) -> None:
    """None is looked at that came while those before it were: else a hundred at a time would be a hundred guesses."""

    async def test() -> None:
        async with a_house(tmp_path) as house:
            await house.let_in(ANN)
            many = [refusal(house, "ann", "wrong password", f"192.0.2.{n}") for n in range(5 * FAILURES)]
            found = await asyncio.gather(*many)

            looked_at = found.count(Refusal.NAME_OR_PASSWORD)
            assert FAILURES <= looked_at < FAILURES + AT_ONCE
            assert found.count(Refusal.SLOW) == len(many) - looked_at

    asyncio.run(test())


def test_the_access_token_is_the_operators_way_in(tmp_path: Path) -> None:
    """As bearer token and by a session; it sees everything, also where there are no accounts at all."""

    async def test() -> None:
        async with a_house(tmp_path, empty=True) as house:
            cookie = await house.entrance.log_in_with_token(f" {TOKEN} ", HERE)
            assert house.entrance.who(cookie, None) is OPERATOR
            assert house.entrance.who(None, TOKEN) is OPERATOR
            assert house.entrance.who(None, "other") is None
            assert house.register.sight(OPERATOR.account) == EVERYTHING
            with pytest.raises(LogInRefused) as refused:
                await house.entrance.log_in_with_token("guess", HERE)
            assert refused.value.why is Refusal.WRONG
            await house.entrance.log_out(cookie)
            assert house.entrance.who(cookie, None) is None

    asyncio.run(test())


def test_every_change_is_logged_with_who_made_it_and_no_secret(tmp_path: Path) -> None:
    async def test() -> None:
        async with a_house(tmp_path) as house:
            ben = house.register.directory.accounts[BEN]
            await house.register.put([replace(ben, name="Benjamin")], by="fay")
            assert await house.register.put([replace(ben, name="Benjamin")], by="fay") == ()
            await house.register.put([away(BEN)], by="fay")
            await house.register.remove(Kind.COVER, away(BEN).cover_id, by="dan")
            await house.let_in(ANN)
            log = await house.register.changes(5)

            assert [(line.change.whom, line.change.did, line.by) for line in log] == [
                ("ann", Did.PASSWORD, "ann"),
                ("ann", Did.PASSWORD, "console"),
                (away(BEN).cover_id, Did.REMOVED, "dan"),
                (away(BEN).cover_id, Did.MADE, "fay"),
                ("ben", Did.CHANGED, "fay"),
            ]
            assert [(one.field, one.before, one.after) for one in log[4].change.fields] == [("name", "Ben", "Benjamin")]
            assert "argon2" not in repr(log)
            assert log[0].at > log[1].at

    asyncio.run(test())


def test_a_change_with_a_mistake_changes_nothing(tmp_path: Path) -> None:
    """Neither what came before it, nor on the disk."""

    async def test() -> None:
        async with a_house(tmp_path) as house:
            with pytest.raises(PeopleError):
                await house.register.put([a_coach(CLEO, NORTH), a_coach(BEN, roles=())], by="fay")
            assert house.register.directory == a_directory()
            with pytest.raises(PeopleError, match="close teams and accounts"):
                await house.register.remove(Kind.ACCOUNT, "ben", by="fay")
        async with a_house(tmp_path) as house:
            assert house.register.directory == a_directory()

    asyncio.run(test())
