"""Who asks, where telephony's tokens are taken beside a log-in."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from qa_monitor.routes.parts import Parts
from qa_monitor.security.gate import bearer
from qa_monitor.telephony.credential import PEOPLE, Credential


def caller(connection: HTTPConnection, parts: Parts) -> Credential:
    """A token of telephony, else people: the gate has let nobody else in."""
    return parts.reception.credentials.of_token(bearer(connection.headers)) or PEOPLE


Caller = Annotated[Credential, Depends(caller)]
