"""Who may publish rules for whom: decided from roles and teams, and by every address of the real service."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from alerts.files.sources import Scope
from alerts.records import CoachId, FlagId
from alerts.rulebook import STARTER_RULES, load_rulebook
from qa_monitor.people.port import Password, Written
from qa_monitor.people.records import Account, AccountId, Role
from qa_monitor.records.verdicts import Verdict, VerdictKind
from qa_monitor.rules.history import How
from qa_monitor.rules.precision import ENOUGH
from qa_monitor.rules.publishing import NothingToUndo
from qa_monitor.rules.rights import NotTheirs, Publisher, Rights, holding, rights_of
from qa_monitor.rules.ruleset import EVERYBODY
from qa_monitor.security.passwords import hash_password
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.builders import a_call, a_flag
from tests.qa_monitor.people_service import GOOD, Staffed, staffed
from tests.qa_monitor.rule_folder import ADA, RuleFolder, rule_ids
from tests.qa_monitor.rule_texts import a_file_text, a_rule_text
from tests.qa_monitor.staff import ELSEWHERE, NORTH, SOUTH, a_coach

GIL, HAL = AccountId("gil"), AccountId("hal")
NORTH_TOP, SOUTH_TOP = "tenant: default\nteam: north\n", "tenant: default\nteam: south\n"
OWN_RULE, BASE_RULE = "north_only", "supervisor"
FLOOR = "    floor: 0.9\n"
NORTH_FILE = a_file_text(a_rule_text(OWN_RULE, "polar bear", more=FLOOR), top=NORTH_TOP)
NORTH_LEAD = Publisher(name="gil", rights=Rights(teams=frozenset({NORTH})))
LEAD = frozenset({Role.QA_LEAD})


def a_rule(rule_id: str, top: str = "") -> str:
    return a_file_text(a_rule_text(rule_id, "my own phrase"), top=top)


def an(*roles: Role, every_team: bool = False, disabled: bool = False) -> Account:
    return replace(a_coach(GIL, NORTH, roles=roles), every_team=every_team, disabled=disabled)


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (None, Rights(every=True)),
        (an(Role.ADMIN), Rights(every=True)),
        (an(Role.QA_LEAD, every_team=True), Rights(every=True)),
        (an(Role.QA_LEAD), Rights(teams=frozenset({NORTH}))),
        (an(Role.COACH), Rights()),
        (an(Role.COACH, every_team=True), Rights()),
        (an(Role.QA_LEAD, Role.ADMIN, disabled=True), Rights()),
    ],
    ids=["operator", "admin", "lead of all", "lead", "coach", "coach of all", "disabled"],
)
def test_rights_follow_from_roles_and_teams(account: Account | None, expected: Rights) -> None:
    assert rights_of(account) == expected


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        (Scope(tenant="default", team="north"), True),
        (Scope(tenant="default", team="south"), False),
        (Scope(tenant=ELSEWHERE.tenant, team="north"), False),
        (Scope(team="north"), False),
        (Scope(tenant="default"), False),
        (EVERYBODY, False),
    ],
)
def test_a_team_is_that_team_of_that_tenant_and_nothing_wider(scope: Scope, covered: bool) -> None:
    assert NORTH_LEAD.rights.cover(scope) is covered
    assert ADA.rights.cover(scope)


@pytest.fixture
def folder(tmp_path: Path) -> RuleFolder:
    return RuleFolder(tmp_path)


def test_what_a_file_starts_from_counts_too(folder: RuleFolder) -> None:
    """A team's file that starts from another brings that one into force for whom it is: here, for everybody."""
    rules, publishing = folder.publishing()
    (folder.data / "rules").mkdir(exist_ok=True)
    (folder.root / "elsewhere.yaml").write_text(a_rule("for_all"))
    kept = rules.in_force
    text = "extends: ../../elsewhere.yaml\n" + a_rule("own", NORTH_TOP)

    assert publishing.check(text).scope == Scope(tenant="default", team="north")
    with pytest.raises(NotTheirs, match="rules for everybody are published by administrators"):
        publishing.publish(text, by=NORTH_LEAD)

    assert rules.in_force is kept
    assert rule_ids(folder.opened(), "default", "north") == ["cancellation"]
    assert publishing.publish(text, by=ADA).how is How.PUBLISHED


def test_one_takes_back_one_s_own_though_others_published_later(folder: RuleFolder) -> None:
    """Each set has its own line of publications; a wider right reaches the latest of all."""
    rules, publishing = folder.publishing()
    publishing.publish(a_rule("north_1", NORTH_TOP), by=NORTH_LEAD)
    publishing.publish(a_rule("north_2", NORTH_TOP), by=NORTH_LEAD)
    publishing.publish(a_rule("south_1", SOUTH_TOP), by=ADA)

    with pytest.raises(NotTheirs, match="team south"):
        publishing.undo(by=NORTH_LEAD, scope=Scope(tenant="default", team="south"))
    assert publishing.undo(by=NORTH_LEAD).undoes == 3
    assert publishing.undo(by=ADA, scope=Scope(tenant="default", team="north")).undoes == 2
    with pytest.raises(NothingToUndo):
        publishing.undo(by=NORTH_LEAD)
    assert rule_ids(rules, "default", "north") == ["cancellation"]
    assert rule_ids(rules, "default", "south") == ["cancellation", "south_1"]
    assert publishing.undo(by=ADA).undoes == 4


def test_a_rule_holds_where_its_version_is_in_force(folder: RuleFolder) -> None:
    """Everybody's holds for all; a team that changed it goes by its own."""
    rules, publishing = folder.publishing()
    base = rules.in_force.sets[EVERYBODY].book.rules[0]
    publishing.publish(a_file_text(a_rule_text(more=FLOOR), top=NORTH_TOP), by=NORTH_LEAD)
    north, sets = Scope(tenant="default", team="north"), rules.in_force.sets
    own = sets[north].book.rules[0]

    assert holding(sets, "default", (base.rule_id, base.rule_version)) == (EVERYBODY,)
    assert holding(sets, "default", (own.rule_id, own.rule_version)) == (north,)
    assert holding(sets, "acme", (own.rule_id, own.rule_version)) == ()


@dataclass(frozen=True, slots=True)
class House:
    """The service, and the versions of the two rules that coaches turned down there."""

    staffed: Staffed
    versions: dict[str, str]

    def ask(self, name: str, method: str, path: str, **body: object) -> httpx.Response:
        """As somebody with an account."""
        with self.staffed.logged_in(name) as client:
            return client.request(method, f"/v1/rules{path}", json=body or None)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data = tmp_path_factory.mktemp("rights")
    (data / "rules").mkdir()
    file = data / "rules" / "published.default.north.yaml"
    file.write_text(NORTH_FILE)
    rules = load_rulebook([STARTER_RULES, file]).rules
    versions = {rule.rule_id: rule.rule_version for rule in rules if rule.rule_id in (OWN_RULE, BASE_RULE)}
    assert len(versions) == 2

    async def also(store: SqliteStore) -> None:
        await add_leads(store)
        for rule_id, version in versions.items():
            await turn_down(store, rule_id, version)

    with staffed(data, also=also) as running:
        yield House(running, versions)


async def add_leads(store: SqliteStore) -> None:
    """Gil leads the north, Hal every team."""
    hashed, at = hash_password(GOOD, account_id="somebody"), datetime(2026, 1, 1, tzinfo=UTC)
    for account in (
        replace(a_coach(GIL, NORTH), roles=LEAD, name="Gil Roy"),
        replace(a_coach(HAL), roles=LEAD, every_team=True),
    ):
        password = Password(account_id=account.account_id, hashed=hashed, must_change=False, set_at=at)
        await store.people.write(Written(put=[account], password=password))


async def turn_down(store: SqliteStore, rule_id: str, version: str) -> None:
    """As often as it takes for a rule to be demoted."""
    now = datetime.now(UTC)
    for number in range(ENOUGH + 5):
        flag_id = FlagId(f"{rule_id}-{number}")
        flag = replace(a_flag(flag_id, call_id="north-call"), rule_id=rule_id, rule_version=version)
        await store.save_flag(flag, a_call("north-call", started_at=now), now)
        await store.save_verdict(Verdict(flag_id=flag_id, kind=VerdictKind.FALSE_ALARM, by=CoachId("ann"), at=now))


def scope_json(top: str) -> dict[str, str]:
    return {"tenant": "default", "team": top.strip().rpartition(" ")[2]} if top else {"tenant": "", "team": ""}


@pytest.mark.parametrize(
    ("name", "top", "status"),
    [
        ("gil", NORTH_TOP, 200),
        ("gil", SOUTH_TOP, 403),
        ("gil", "", 403),
        ("gil", "team: north\n", 403),
        ("gil", "tenant: default\n", 403),
        ("gil", "tenant: acme\nteam: north\n", 403),
        ("dan", SOUTH_TOP, 200),
        ("hal", "", 200),
        ("hal", SOUTH_TOP, 200),
        ("fay", "", 200),
        ("fay", NORTH_TOP, 200),
        ("ann", NORTH_TOP, 403),
        ("eve", NORTH_TOP, 403),
    ],
)
def test_publishing_and_taking_back_are_for_whoever_decides_on_all_these_calls(
    house: House, name: str, top: str, status: int
) -> None:
    """What is refused changes nothing; what is done is signed with the account, whoever is named in the request."""
    before = house.ask("hal", "GET", "").json()
    published = house.ask(name, "PUT", "", text=a_rule("tried_here", top), by="somebody else")
    scope = scope_json(top)
    after = house.ask("hal", "GET", "").json()

    assert published.status_code == status, published.text
    if status != 200:
        assert after == before
        return
    signed = {"gil": "Gil Roy (gil)", "dan": "Dan (dan)", "hal": "Hal (hal)", "fay": "Fay (fay)"}[name]
    (entry,) = house.ask("hal", "GET", "/history?limit=1").json()["entries"]
    assert (entry["by"], entry["scope"], entry["how"]) == (signed, scope, "published")
    undone = house.ask(name, "POST", "/undo", by="somebody else", scope=scope)
    assert (undone.status_code, undone.json()["by"]) == (200, signed)
    assert house.ask("hal", "GET", "").json()["published"] == before["published"]


@pytest.mark.parametrize(("name", "status"), [("gil", 403), ("ann", 403), ("eve", 403), ("dan", 200)])
def test_what_another_team_s_lead_published_is_not_one_s_own_to_take_back(house: House, name: str, status: int) -> None:
    """Neither by naming it, nor by asking for the latest."""
    assert house.ask("dan", "PUT", "", text=a_rule("of_the_south", SOUTH_TOP), by="x").status_code == 200
    named = house.ask(name, "POST", "/undo", by="x", scope=scope_json(SOUTH_TOP))
    latest = house.ask(name, "POST", "/undo", by="x")
    there = "of_the_south" in house.ask("dan", "GET", "").text

    assert named.status_code == status
    assert there is (status != 200)
    assert latest.status_code in (403, 409)
    if there:
        assert house.ask("dan", "POST", "/undo", by="x", scope=scope_json(SOUTH_TOP)).status_code == 200


@pytest.mark.parametrize(
    ("rule_id", "name", "status"),
    [
        (BASE_RULE, "gil", 403),
        (BASE_RULE, "dan", 403),
        (BASE_RULE, "ann", 403),
        (BASE_RULE, "hal", 200),
        (OWN_RULE, "eve", 403),
        (OWN_RULE, "gil", 200),
    ],
)
def test_a_demoted_rule_is_told_again_by_whoever_decides_on_all_it_holds_for(
    house: House, rule_id: str, name: str, status: int
) -> None:
    asked = {"rule_version": house.versions[rule_id], "tenant": "default", "by": "somebody else"}
    answer = house.ask(name, "POST", f"/{rule_id}/restore", **asked)

    assert answer.status_code == status, answer.text
    if status == 200:
        assert answer.json()["by"].endswith(f"({name})")


@pytest.mark.parametrize(
    ("name", "rights", "base", "south"),
    [
        ("gil", {"every": False, "teams": [{"tenant": "default", "team": "north"}]}, False, False),
        (
            "dan",
            {"every": False, "teams": [{"tenant": NORTH.tenant, "team": team} for team in (NORTH.team, SOUTH.team)]},
            False,
            True,
        ),
        ("hal", {"every": True, "teams": []}, True, True),
        ("fay", {"every": True, "teams": []}, True, True),
    ],
)
def test_the_page_is_told_what_one_may_do(
    house: House, name: str, rights: dict[str, object], base: bool, south: bool
) -> None:
    """For each file and each draft, before anybody presses a button; looking and checking is for all of them."""
    there = house.ask(name, "GET", "").json()
    drafts = [house.ask(name, "POST", "/check", text=a_rule("draft", top)).json() for top in ("", SOUTH_TOP, NORTH_TOP)]
    tried = {"sentence": "a polar bear", "language": "en", "speaker": "customer"}

    assert there["rights"] == rights
    assert [one["yours"] for one in there["published"]] == [True]
    assert [(one["scope"], one["yours"]) for one in drafts] == [
        (scope_json(""), base),
        (scope_json(SOUTH_TOP), south),
        (scope_json(NORTH_TOP), True),
    ]
    assert house.ask(name, "POST", "/try", **tried, team="north", tenant="default").json()["hits"] != []
    assert house.ask(name, "GET", "/history/1").status_code == 200


def test_administrators_try_no_draft_on_calls(house: House) -> None:
    """A back-test quotes what was said, and they see no call."""
    assert house.ask("fay", "POST", "/test", text=NORTH_FILE).status_code == 403
    assert house.ask("fay", "GET", "/test/x").status_code == 403
