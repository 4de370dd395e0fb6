"""Adapter: announces a call to the service over HTTP, through httpx."""

from uuid import UUID

import httpx
from pydantic import BaseModel, ValidationError

from qa_monitor.simulator.line import Line, SimulationError, Ticket
from qa_monitor.simulator.planned import PlannedCall, StreamProtocol

TIMEOUT_S = 10.0


class _Announced(BaseModel):
    """What is read of the answer."""

    token: str
    audiosocket: dict[str, UUID] | None = None


async def announce(call: PlannedCall, line: Line) -> Ticket:
    """Announce one call. Raises `SimulationError` with the service's own reason."""
    body = {
        **call.facts(),
        "channels": [speaker.value for speaker in call.channels],
        "audiosocket": line.protocol is StreamProtocol.AUDIOSOCKET,
    }
    headers = {"Authorization": f"Bearer {line.token}"} if line.token else {}
    address = f"{line.service}/v1/calls"
    try:
        async with httpx.AsyncClient(headers=headers, timeout=TIMEOUT_S) as client:
            answer = await client.post(address, json=body)
    except httpx.ConnectError:
        raise SimulationError(f"nothing listens at {address}: start the service with `qa-monitor serve`") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SimulationError(f"{address}: {error!r}") from error
    if answer.status_code != 201:
        raise SimulationError(f"the announcement was refused ({answer.status_code}): {_reason(answer)}")
    try:
        told = _Announced.model_validate_json(answer.content)
    except ValidationError as error:
        raise SimulationError(f"{address} answered an announcement with something else: {error}") from error
    return Ticket(token=told.token, audiosocket=told.audiosocket or {})


def _reason(answer: httpx.Response) -> str:
    if answer.status_code in (401, 403):
        return "give the ingest token with --token"
    if answer.status_code in (404, 405):
        return "this service takes no announcements: is it an older one?"
    return answer.text[:300]
