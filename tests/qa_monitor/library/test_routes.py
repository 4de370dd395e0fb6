"""Kept calls over the interface: found, sampled, searches kept; by everyone who may, and of their own teams only."""

from collections.abc import Iterator

import pytest

from tests.qa_monitor.people_service import SECRET, Staffed, staffed


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed(tmp_path_factory.mktemp("library")) as running:
        yield running


def test_the_operator_finds_a_call_by_its_words(house: Staffed) -> None:
    """With where they were said; a filter that excludes it leaves nothing."""
    with house.operator() as client:
        word = SECRET["north"].split()[0]
        page = client.get("/v1/library/calls", params={"text": word}).json()
        none = client.get("/v1/library/calls", params={"text": word, "min_duration_s": 13}).json()

    assert [found["call_id"] for found in page["calls"]] == ["north-call"]
    assert page["calls"][0]["snippets"][0]["at_s"] == 1.0
    assert (page["count"], page["more"], page["next"]) == (1, False, None)
    assert none["calls"] == []


@pytest.mark.parametrize(
    "wrong", [{"after": "x"}, {"limit": 0}, {"since": "yesterday"}, {"min_duration_s": "nan"}, {"unknown": 1}]
)
def test_what_cannot_be_asked_is_refused_in_words(house: Staffed, wrong: dict[str, object]) -> None:
    with house.operator() as client:
        answer = client.get("/v1/library/calls", params={name: str(value) for name, value in wrong.items()})

    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_coaches_find_calls_of_their_teams_only(house: Staffed) -> None:
    """By words of others too, in lists, choices and samples."""
    with house.logged_in("ann") as client:
        listed = {found["call_id"] for found in client.get("/v1/library/calls").json()["calls"]}
        other = client.get("/v1/library/calls", params={"text": SECRET["south"]}).json()
        teams = client.get("/v1/library/choices").json()["teams"]
        sample = client.post("/v1/library/sample", json={"method": "random", "size": 5})

    assert "north-call" in listed
    assert "south-call" not in listed
    assert [found["call_id"] for found in other["calls"] if found["call_id"] == "south-call"] == []
    assert "south" not in teams
    assert sample.status_code == 403


def test_a_sample_comes_with_its_reasons(house: Staffed) -> None:
    with house.operator() as client:
        answer = client.post(
            "/v1/library/sample", json={"method": "stratified", "part": "team", "size": 2, "seed": 3}
        ).json()

    assert answer["of"] == 2
    assert {pick["reason"]["en"] for pick in answer["picks"]} == {"stratum North: 1 of 1", "stratum South: 1 of 1"}


def test_searches_are_kept_shared_and_removed(house: Staffed) -> None:
    """Somebody else's own search is not there for others."""
    with house.logged_in("ann") as ann, house.operator() as operator:
        own = ann.post("/v1/library/searches", json={"name": "Angry", "query": "?text=angry"}).json()
        again = ann.post("/v1/library/searches", json={"name": " Angry ", "query": "text=cross", "shared": True}).json()
        seen = operator.get("/v1/library/searches").json()["searches"]
        empty = ann.post("/v1/library/searches", json={"name": "  ", "query": ""}).status_code
        mine = operator.post("/v1/library/searches", json={"name": "Mine", "query": "", "shared": True}).json()
        refused = ann.delete(f"/v1/library/searches/{mine['search_id']}").status_code
        removed = [operator.delete(f"/v1/library/searches/{own['search_id']}").status_code for _ in range(2)]

    assert own["search_id"] == again["search_id"]
    assert [(search["name"], search["query"], search["own"]) for search in seen] == [("Angry", "text=cross", False)]
    assert (empty, refused, removed) == (422, 403, [204, 404])
