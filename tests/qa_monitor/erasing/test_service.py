"""Deleting a call over HTTP: who may, what is answered, and that it is gone."""

import time
from pathlib import Path

import httpx
import pytest

from qa_monitor.erasing.records import digest_of
from qa_monitor.erasing.schemas import ErasedJson, ErasuresJson
from streams.records import CallId
from tests.qa_monitor.people_service import SECRET, staffed

pytestmark = pytest.mark.slow
DRAFT = """
rules:
  - id: words
    name: {en: Words, fr: Mots}
    priority: high
    action: {en: Listen in., fr: Écouter.}
    deadline_s: 60
    when: {words: {phrases: {en: [northern words, southern words], fr: [northern words, southern words]}}}
"""


def test_a_call_is_deleted_by_those_who_may(tmp_path: Path) -> None:
    """Once, wholly, with proof; others are told nothing of it."""
    with staffed(tmp_path) as service, service.operator() as operator:
        with httpx.Client(base_url=service.url) as stranger:
            assert stranger.delete("/v1/calls/north-call").status_code in (401, 403)
        answer = operator.delete("/v1/calls/north-call", params={"search": "true"})
        assert answer.status_code == 200, answer.text
        done = ErasedJson.model_validate_json(answer.content)
        proofs = ErasuresJson.model_validate_json(operator.get("/v1/erasures").content).erasures

        assert (done.traces, done.audio_files) == (0, 2)
        assert done.call_digest == digest_of(CallId("north-call"))
        assert [proof.model_dump() for proof in proofs] == [done.model_dump(exclude={"log_emptied", "traces"})]
        assert operator.get("/v1/calls/north-call").status_code == 404
        assert operator.get("/v1/calls/north-call/audio").status_code == 404
        assert operator.delete("/v1/calls/north-call").status_code == 404
        assert SECRET["south"] in operator.get("/v1/calls/south-call").text


def test_nothing_in_memory_tells_of_a_deleted_call(tmp_path: Path) -> None:
    """Neither a replay of it nor a back-test over it, whether they are over by then or not."""
    with staffed(tmp_path) as service, service.operator() as operator:
        tried = operator.post("/v1/rules/test", json={"text": DRAFT}).json()
        replayed = operator.post("/v1/calls/north-call/replay", json={"what": "text"}).json()
        tested = f"/v1/rules/test/{tried['test_id']}"
        whole = over(operator, tested)
        kept = over(operator, f"/v1/calls/north-call/replay/{replayed['replay_id']}")
        assert {SECRET["north"], SECRET["south"]} <= set(said_in(whole))
        assert SECRET["north"] in said_in(kept)
        assert operator.delete("/v1/calls/north-call").status_code == 200

        assert operator.get(f"/v1/calls/north-call/replay/{replayed['replay_id']}").status_code == 404
        left = operator.get(tested).json()
        assert SECRET["north"] not in said_in(left)
        assert SECRET["south"] in said_in(left)


def over(client: httpx.Client, address: str) -> object:
    """What is answered once it runs no more."""
    for _ in range(600):
        found = client.get(address).json()
        if found["state"] != "running":
            return found
        time.sleep(0.1)
    raise AssertionError("it takes too long")


def said_in(found: object) -> list[str]:
    """Every text in it."""
    match found:
        case dict():
            return [text for inner in found.values() for text in said_in(inner)]
        case list():
            return [text for inner in found for text in said_in(inner)]
        case str():
            return [found]
        case _:
            return []
