"""Reports on the real service: what a coach of one team gets, files, answers brought in, schedules."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from tests.qa_monitor.people_service import Staffed, staffed

WITHIN_S = 60.0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed(tmp_path_factory.mktemp("reports")) as running:
        yield running


def report(client: httpx.Client, kind: str = "calls", **more: str) -> httpx.Response:
    return client.get(f"/v1/reports/{kind}", params={"by": "team", **more})


def counted(client: httpx.Client) -> dict[str, object]:
    """Once the service has counted the calls it found at its start."""
    give_up_s = time.monotonic() + WITHIN_S
    while True:
        found: dict[str, object] = report(client).json()
        if found["pending"] == 0 and found["unread"] == 0:
            return found
        assert time.monotonic() < give_up_s, found
        time.sleep(0.2)


def names(found: dict[str, object]) -> set[str]:
    lines = found["lines"]
    assert isinstance(lines, list)
    return {line["name"] for line in lines}


def test_everyone_gets_the_figures_of_their_own_teams(house: Staffed) -> None:
    """A coach of one, a lead of both; an agent and an administrator none. Calls are counted without being asked."""
    with house.operator() as operator:
        counted(operator)
    with house.logged_in("ann") as ann, house.logged_in("dan") as dan, house.logged_in("cleo") as cleo:
        assert [names(report(client).json()) for client in (ann, dan, cleo)] == [
            {"north"},
            {"north", "south"},
            {"south"},
        ]
        assert names(report(ann, team="south").json()) == set()
        assert ann.post("/v1/surveys", json={"surveys": []}).status_code == 403
        assert ann.get("/v1/report-schedules").status_code == 403


def test_a_report_is_json_csv_or_pdf_and_what_cannot_be_is_refused_in_words(house: Staffed) -> None:
    with house.logged_in("dan") as dan:
        csv, pdf = report(dan, format="csv"), report(dan, format="pdf", language="fr")
        refused = report(dan, "occupancy")
        nowhere = report(dan, zone="Mars/Olympus")

        assert csv.content.startswith("\ufeffkind,by,zone".encode())
        assert pdf.content.startswith(b"%PDF-")
        assert "attachment" in pdf.headers["content-disposition"]
        assert (refused.status_code, refused.json()["detail"]) == (
            422,
            "by: found 'team'; allowed for occupancy: agent",
        )
        assert nowhere.status_code == 422
        assert report(dan, "nothing").status_code == 422


@pytest.mark.parametrize(
    ("asked", "detail"),
    [
        ({"since": "9999-12-30", "until": "9999-12-31"}, "since: found 9999-12-30; allowed: 1970-01-02 to 2999-12-31"),
        ({"until": "0001-01-05"}, "until: found 0001-01-05; allowed: 1970-01-02 to 2999-12-31"),
        ({"since": "0001-01-01", "zone": "Europe/Paris"}, "since: found 0001-01-01; allowed: 1970-01-02 to 2999-12-31"),
    ],
)
def test_a_day_at_the_end_of_the_calendar_is_refused_in_words(
    house: Staffed, asked: dict[str, str], detail: str
) -> None:
    with house.logged_in("dan") as dan:
        refused = report(dan, **asked)

    assert (refused.status_code, refused.json()["detail"]) == (422, detail)


def test_answers_are_brought_in_for_calls_one_may_see(house: Staffed) -> None:
    """With a mistake nothing is taken; calls that are not kept are named."""
    head, now = "survey_id,call_id,kind,value,answered_at\n", datetime.now(UTC).isoformat()
    row = f"s1,north-call,nps,10,{now}\ns2,gone,nps,3,{now}\n"
    with house.logged_in("dan") as dan:
        counted(dan)
        wrong = dan.post("/v1/surveys/import", content=head + row + "s3,south-call,nps,12,x\n", headers=CSV)
        right = dan.post("/v1/surveys/import", content=head + row, headers=CSV)
        wait = {"wait_id": "w1", "team": "south", "began_at": now, "waited_s": 12, "answered": True}
        waited = dan.post("/v1/waits", json={"waits": [wait]})

        assert (wrong.status_code, wrong.json()["problems"][0]["line"]) == (422, 4)
        assert right.json() == {"taken": 1, "unmatched": ["gone"], "unmatched_count": 1, "problems": []}
        assert waited.json()["taken"] == 1
        (whole, *_) = report(dan, "surveys").json()["lines"]
        assert (whole["part"], whole["figures"]["score"]["value"], whole["figures"]["score"]["few"]) == (
            "nps",
            100,
            True,
        )
        assert report(dan, "service").json()["lines"][0]["figures"]["in_time_share"]["value"] == 1


def test_a_schedule_that_leads_nowhere_is_refused(house: Staffed) -> None:
    """No mail target and no folder are set up here."""
    asked = {"kind": "calls", "by": "team", "often": "week", "every": "day", "hour": 7, "zone": "Europe/Paris"}
    with house.logged_in("dan") as dan:
        answer = dan.post("/v1/report-schedules", json={**asked, "form": "pdf", "to": "folder", "language": "fr"})

        assert answer.status_code == 422
        assert "reports_folder" in answer.json()["detail"]
        assert dan.get("/v1/report-schedules").json() == {"schedules": [], "targets": []}
        assert dan.delete("/v1/report-schedules/none").status_code == 404


def test_a_shared_address_survives_the_log_in(house: Staffed) -> None:
    """What it asks for is still asked for afterwards."""
    answer = httpx.get(f"{house.url}/reports?kind=service&plain=1", timeout=60)

    assert answer.headers["location"] == "/login?next=/reports%3Fkind%3Dservice%26plain%3D1"


CSV = {"content-type": "text/csv"}
