"""What the service answers the page of rules, for tests of that page."""

from collections.abc import Sequence

from tests.qa_monitor.browser import ConsoleServer

HOSTILE = "<img src=x onerror=alert(1)>"
SCOPE = {"tenant": "", "team": ""}
NORTH, SOUTH = ({"tenant": "default", "team": team} for team in ("north", "south"))
PUBLISHED: dict[str, object] = {"scope": SCOPE, "text": "rules:\n  - id: leaves\n", "yours": True}
LEAD = {"name": "Gil", "account": "gil", "roles": ["qa_lead"], "pages": ["/rules"]}
ADMIN = {"name": "Fay", "account": "fay", "roles": ["admin"], "pages": ["/people", "/rules"]}
PROBLEM = {
    "file": "published.yaml",
    "line": 2,
    "field": "rules[0].id",
    "found": HOSTILE,
    "allowed": "small letters",
    "rule_id": "leaves",
    "inherited": False,
}
MOMENT = {
    "call_id": "call-7",
    "flag_id": "f",
    "start_s": 65.0,
    "end_s": 66.0,
    "speaker": "customer",
    "text": f"Je pars. {HOSTILE}",
    "words": ["pars."],
    "phrase": "je pars",
    "explanation_en": "",
    "explanation_fr": "",
    "clip": "/v1/calls/call-7/audio?start_s=55.0&end_s=71.0",
}
REPORT = {
    "calls": 1000,
    "call_hours": 83.333,
    "work_min_per_1000_calls": 0.05,
    "agents_per_coach": 20,
    "flags_per_coach_hour": 1.44,
    "rules": [
        {
            "rule_id": "leaves",
            "name_en": "Leaves",
            "name_fr": "Part",
            "found": {"hits": 1500, "calls_hit": 4, "flags": 3, "held": {"repeat": 2}},
            "flags_per_coach_hour": 0.72,
            "listening_min_per_1000_calls": 4.5,
            "told_first": [MOMENT],
            "in_force": {"hits": 2, "calls_hit": 2, "flags": 2, "held": {}},
            "difference": {
                "only_new": 1,
                "only_old": 0,
                "both": 2,
                "only_new_first": [MOMENT],
                "only_old_first": [],
            },
        }
    ],
}
LEAVES, PAYS = (
    {"rule_id": rule_id, "rule_version": "v", "name": {"en": en, "fr": fr}, "priority": "high", "floor": None}
    | {"shadow": False, "judged": [], "by_team": []}
    for rule_id, en, fr in (("leaves", "Leaves", "Part"), ("pays", "Pays late", "Paie en retard"))
)


def a_test(**changes: object) -> dict[str, object]:
    empty: dict[str, object] = {"problem": None, "problems": [], "report": None}
    return {"test_id": "t1", "state": "running", "done": 250, "total": 1000, **empty, **changes}


def in_force(*published: dict[str, object], every: bool = False, teams: Sequence[object] = ()) -> dict[str, object]:
    rights = {"every": every, "teams": list(teams)}
    return {
        "version": "abc123",
        "enough": 10,
        "published": list(published),
        "refused": None,
        "rights": rights,
        "sets": [],
    }


def checked(*problems: object, scope: object = SCOPE, yours: bool = True) -> dict[str, object]:
    return {"problems": list(problems), "file": "published.yaml", "scope": scope, "yours": yours, "differences": []}


def page_server() -> ConsoleServer:
    """With one file published for everybody, two teams, and no mistakes."""
    made = ConsoleServer()
    made.answers["GET /v1/rules"] = in_force(PUBLISHED, every=True)
    made.answers["POST /v1/rules/check"] = checked()
    teams = [{"tenant": "default", "team": team, "name": team.title()} for team in ("north", "south")]
    made.answers["GET /v1/agents"] = {"agents": [], "teams": teams, "accounts": []}
    return made
