"""Deleting a call over HTTP: who may, what is answered, and that it is gone."""

from pathlib import Path

import httpx
import pytest

from qa_monitor.erasing.records import digest_of
from qa_monitor.erasing.schemas import ErasedJson, ErasuresJson
from streams.records import CallId
from tests.qa_monitor.people_service import SECRET, staffed

pytestmark = pytest.mark.slow


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
