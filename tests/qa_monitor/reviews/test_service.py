"""Reviews on the real service: a lead gives a call, a reviewer answers, the agent disputes, the lead decides."""

from collections.abc import Iterator

import httpx
import pytest

from tests.qa_monitor.people_service import Staffed, staffed
from tests.qa_monitor.reviewed import CARD, GREETED, OFFERED, with_scores

NORTH_CALL = "/v1/calls/north-call"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed(tmp_path_factory.mktemp("reviewed"), also=with_scores) as running:
        yield running


def ask(client: httpx.Client, method: str, path: str, **body: object) -> tuple[int, dict[str, object]]:
    answer = client.request(method, path, json=body or None)
    found = answer.json()
    assert isinstance(found, dict)
    return answer.status_code, found


def given(house: Staffed, reviewer: str, call: str = "north-call") -> str:
    """By Dan, who leads both teams."""
    with house.logged_in("dan") as dan:
        body = {"call_id": call, "reviewer": reviewer, "scorecard_id": CARD, "why": "random", "words": "March"}
        status, review = ask(dan, "POST", "/v1/reviews", **body)
    assert (status, review["state"]) == (201, "assigned")
    return str(review["review_id"])


def test_a_review_from_its_giving_to_the_last_word(house: Staffed) -> None:
    """The agent sees it once it is submitted, with reasons and without names; the score follows."""
    review = f"/v1/reviews/{given(house, 'ann')}"
    mine = review.replace("/v1/", "/v1/mine/")
    with house.logged_in("ann") as ann, house.logged_in("eve") as eve, house.logged_in("dan") as dan:
        queue = ann.get("/v1/reviews", params={"mine": True, "state": "assigned"}).json()["reviews"]
        assert [one["why"] for one in queue] == ["random"]
        assert ask(ann, "POST", f"{review}/begin")[1]["state"] == "in_review"
        words = "She reads 4111 1111 1111 1111 at 2 s."
        assert ask(ann, "PUT", f"{review}/answers/{GREETED}", value="yes", words=words)[0] == 200
        assert ask(ann, "PUT", f"{review}/answers/nothing", value="yes", words="x")[0] == 404
        assert ask(ann, "PUT", f"{review}/answers/{GREETED}", value="yes", words=" ")[0] == 422
        assert ask(ann, "PUT", f"{review}/note", words="Well opened.")[0] == 200
        assert eve.get("/v1/mine/reviews").json()["reviews"] == []
        assert ask(eve, "POST", f"{mine}/acknowledge", words="")[0] == 404
        assert ask(ann, "POST", f"{review}/submit")[1]["state"] == "submitted"

        (seen,) = eve.get("/v1/mine/reviews").json()["reviews"]
        assert (seen["note"], seen["total"]) == ("Well opened.", 100.0)
        assert [one["words"] for one in seen["questions"]] == ["She reads [card] at 2 s.", ""]
        assert "ann" not in str(seen)
        assert ask(eve, "POST", f"{mine}/dispute", question_id="nothing", words="x")[0] == 404
        disputed = ask(eve, "POST", f"{mine}/dispute", question_id=OFFERED, words="I did not.")[1]
        assert disputed["state"] == "disputed"
        assert ask(eve, "POST", f"{mine}/acknowledge", words="")[0] == 409
        decision = {"question_id": OFFERED, "ruling": "changed", "value": "no", "words": "True."}
        assert ask(ann, "POST", f"{review}/decide", **decision)[0] == 403
        decided = ask(dan, "POST", f"{review}/decide", **decision)[1]
        assert (decided["state"], decided["ending"]) == ("closed", "decided")
        assert ask(dan, "POST", f"{review}/decide", **decision)[0] == 409

        (ended,) = eve.get("/v1/mine/reviews").json()["reviews"]
        assert (ended["disputes"][0]["ruling"], ended["disputes"][0]["decided_by"]) == ("changed", None)
        assert ended["total"] == pytest.approx(40.0)
        history = dan.get(review).json()["history"]
    assert [event["did"] for event in history] == ["assign", "begin", "answer", "note", "submit", "dispute", "decide"]
    assert [event["by"] for event in history] == ["dan", "ann", "ann", "ann", "ann", "eve", "dan"]


def test_reviews_are_given_by_leads_to_those_who_see_the_call(house: Staffed) -> None:
    review = f"/v1/reviews/{given(house, 'ann')}"
    new = {"call_id": "north-call", "reviewer": "ann", "scorecard_id": CARD}
    with house.logged_in("ann") as ann, house.logged_in("cleo") as cleo, house.logged_in("dan") as dan:
        assert ask(ann, "POST", "/v1/reviews", **new)[0] == 403
        assert ask(cleo, "GET", review)[0] == ask(cleo, "POST", f"{review}/begin")[0] == 404
        assert ask(dan, "POST", f"{review}/begin")[0] == 403
        for changes, status in [
            ({"reviewer": "cleo"}, 422),
            ({"reviewer": "eve"}, 422),
            ({"agent_id": "agent-9"}, 422),
            ({"scorecard_id": "other"}, 409),
            ({"call_id": "none"}, 404),
        ]:
            assert ask(dan, "POST", "/v1/reviews", **(new | changes))[0] == status, changes
        assert ask(dan, "POST", f"{review}/assign", reviewer="dan", words="")[1]["reviewer"] == "dan"
        assert ask(ann, "POST", f"{review}/begin")[0] == 403
        waiting = {one["reviewer"]: one["open"] for one in dan.get("/v1/reviews/reviewers").json()["reviewers"]}
        assert {"ann", "ben", "cleo", "dan"} == set(waiting)
        assert waiting["dan"] >= 1
        ended = ask(dan, "POST", f"{review}/close", words="not this one")[1]
    assert ended["ending"] == "withdrawn"


def test_comments_reach_those_they_are_for(house: Staffed) -> None:
    """What is shared with the agent is answered by the agent; what is not, is not there for them."""
    with house.logged_in("ann") as ann, house.logged_in("eve") as eve, house.logged_in("cleo") as cleo:
        path, mine = f"{NORTH_CALL}/comments", "/v1/mine/calls/north-call/comments"
        private = ask(ann, "POST", path, at_s=2.5, words="Listen to this.")[1]
        shared = ask(ann, "POST", path, at_s=4.0, words="Why so fast?", shared="agent")[1]
        assert ask(ann, "POST", path, at_s=99.0, words="too late")[0] == 409
        assert ask(cleo, "GET", path)[0] == ask(cleo, "POST", path, at_s=1.0, words="x")[0] == 404
        assert [one["words"] for one in eve.get(mine).json()["comments"]] == ["Why so fast?"]
        assert ask(eve, "POST", mine, words="The queue.", reply_to=private["comment_id"])[0] == 409
        assert ask(eve, "POST", mine, words="The queue.", reply_to=shared["comment_id"])[0] == 201
        assert ask(eve, "GET", "/v1/mine/calls/south-call/comments")[0] == 404
        found = ann.get(path).json()["comments"]
    assert [(one["words"], one["by"], one["at_s"]) for one in found] == [
        ("Listen to this.", "ann", 2.5),
        ("Why so fast?", "ann", 4.0),
        ("The queue.", "eve", 4.0),
    ]


def test_a_calibration_is_blind_until_all_have_handed_in(house: Staffed) -> None:
    """Neither the machine's answers nor others', by no address; then everything, with the agreement."""
    earlier = f"/v1/reviews/{given(house, 'ann')}"
    with house.logged_in("ann") as ann, house.logged_in("dan") as dan, house.logged_in("cleo") as cleo:
        ask(ann, "POST", f"{earlier}/begin")
        ask(ann, "PUT", f"{earlier}/answers/{GREETED}", value="na", words="cut off")
        ask(dan, "POST", f"{NORTH_CALL}/comments", at_s=1.0, words="A hint.")
        new = {"title": "March", "scorecard_id": CARD, "calls": ["north-call"], "reviewers": ["ann", "dan"]}
        assert ask(ann, "POST", "/v1/calibrations", **new)[0] == 403
        assert ask(dan, "POST", "/v1/calibrations", **(new | {"reviewers": ["ann", "cleo"]}))[0] == 422
        assert ask(dan, "POST", "/v1/calibrations", **(new | {"reviewers": ["ann", "ann"]}))[0] == 422
        status, begun = ask(dan, "POST", "/v1/calibrations", **new)
        path = f"/v1/calibrations/{begun['calibration_id']}"
        assert (status, begun["machine"], begun["sheets"], begun["agreement"]) == (201, None, [], None)
        assert ask(cleo, "GET", path)[0] == 404
        assert ask(cleo, "POST", f"{path}/calls/north-call", answers={GREETED: {"value": "no"}})[0] == 404

        sheet = {GREETED: {"value": "no", "words": "silent"}, OFFERED: {"value": "yes"}}
        assert ask(dan, "POST", f"{path}/calls/north-call", answers={"nothing": {"value": "no"}})[0] == 404
        assert ask(dan, "POST", f"{path}/calls/north-call", answers=sheet)[0] == 201
        assert ask(dan, "POST", f"{path}/calls/north-call", answers=sheet)[0] == 409
        blind = ask(ann, "GET", path)[1]
        assert (blind["sheets"], blind["machine"], blind["agreement"]) == ([], None, None)
        assert "silent" not in ann.get("/v1/calibrations").text
        assert [one["questions"] for one in (ask(ann, "GET", earlier)[1],)] == [None]
        assert "cut off" not in ann.get(earlier).text + ann.get("/v1/reviews").text
        assert ask(ann, "PUT", f"{earlier}/answers/{GREETED}", value="yes", words="x")[0] == 409
        assert "A hint." not in ann.get(f"{NORTH_CALL}/comments").text
        listed, scored = "/v1/library/calls", {"max_score": 100.0}
        (shown,) = ann.get(listed, params={"sort": "score"}).json()["calls"]
        assert (shown["call_id"], shown["score"], shown["failed"]) == ("north-call", None, None)
        assert ann.get(listed, params=scored).json()["count"] == 0
        drawn = dan.post("/v1/library/sample", json={"method": "worst", "size": 5}).json()
        picks = {pick["call"]["call_id"]: pick for pick in drawn["picks"]}
        assert [picks[call]["call"]["score"] is None for call in ("north-call", "south-call")] == [True, False]
        assert picks["north-call"]["why"] != "score"

        closed = ask(ann, "POST", f"{path}/calls/north-call", answers=sheet | {OFFERED: {"value": "no"}})[1]
        assert closed["closed_by"] == "ann"
        assert closed["machine"] == {"north-call": closed["machine"]["north-call"]}  # type: ignore[index]  # JSON
        rows = {row["question_id"]: row for row in ask(dan, "GET", path)[1]["agreement"]}  # type: ignore[attr-defined]
        assert (rows[GREETED]["people_agreed"], rows[OFFERED]["people_agreed"]) == (1.0, 0.0)
        assert rows[GREETED]["text_fr"].startswith("L’agent")
        assert "A hint." in ann.get(f"{NORTH_CALL}/comments").text
        assert ann.get(listed, params=scored).json()["calls"][0]["score"] is not None
        (table,) = ann.get("/v1/calibrations/agreement").json()["scorecards"]
        assert [row["weak"] for row in table["agreement"]] == [False, False]
        assert ask(dan, "POST", f"{path}/close")[0] == 409


def test_an_agent_disputes_a_flag_and_a_lead_decides(house: Staffed) -> None:
    """Of an own call alone, in words that are screened; who decided is not told to the agent."""
    mine, decide = "/v1/mine/flags/north-flag/dispute", "/v1/flags/north-flag/dispute/decide"
    ruling = {"ruling": "false_alarm", "words": "Right, she had asked."}
    with (
        house.logged_in("ann") as ann,
        house.logged_in("cleo") as cleo,
        house.logged_in("dan") as dan,
        house.logged_in("eve") as eve,
    ):
        assert ask(eve, "POST", mine, words=" ")[0] == 422
        assert ask(eve, "POST", mine.replace("north", "south"), words="x")[0] == 404
        assert ask(dan, "POST", decide, **ruling)[0] == 409
        status, flag = ask(eve, "POST", mine, words="She gave 4111 1111 1111 1111 herself.")
        assert (status, flag["dispute"]["words"]) == (201, "She gave [card] herself.")  # type: ignore[index]  # JSON
        assert ask(eve, "POST", mine, words="Again.")[0] == 409

        (told,) = ann.get("/v1/flags/disputes", params={"call_id": "north-call"}).json()["disputes"]
        assert (told["by"], told["ruling"], told["agent_id"]) == ("eve", None, "agent-7")
        assert cleo.get("/v1/flags/disputes").json()["disputes"] == []
        assert [ask(one, "POST", decide, **ruling)[0] for one in (ann, eve, cleo)] == [403, 403, 403]
        status, decided = ask(dan, "POST", decide, **ruling)
        assert (status, decided["ruling"], decided["decided_by"]) == (200, "false_alarm", "dan")
        assert ask(dan, "POST", decide, **ruling)[0] == 409
        assert dan.get("/v1/flags/disputes", params={"open": True}).json()["disputes"] == []

        (call,) = eve.get("/v1/mine/calls").json()["calls"]
        own = next(one for one in call["flags"] if one["flag_id"] == "north-flag")["dispute"]
        assert (own["ruling"], own["decided_words"]) == ("false_alarm", ruling["words"])
        assert "dan" not in str(own)
        flags = dan.get("/v1/flags", params={"open": False}).json()["flags"]
    judged = next(one for one in flags if one["flag_id"] == "north-flag")
    assert (judged["verdict"], judged["verdict_by"]) == ("false_alarm", "dan")
