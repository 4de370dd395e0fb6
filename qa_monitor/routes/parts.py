"""How a route reaches the running application."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from qa_monitor.application import Application


def application(connection: HTTPConnection) -> Application:
    """The parts built at start."""
    found = connection.app.state.application
    assert isinstance(found, Application)
    return found


Parts = Annotated[Application, Depends(application)]
