"""What went wrong on a connection, and what to do about it, in words."""

import json

from websockets.exceptions import ConnectionClosed, InvalidStatus, NegotiationError

from qa_monitor.simulator.line import Line
from qa_monitor.simulator.planned import TWILIO_FAMILY, StreamProtocol

LONGEST_DETAIL = 200


def explain(error: BaseException, line: Line) -> str:
    """One sentence."""
    match error:
        case InvalidStatus():
            return f"{line.address} {_status(error, line)}"
        case NegotiationError():
            return f"{line.address} did not take the connection as this source needs it: {error}"
        case ConnectionClosed() if error.rcvd is not None:
            return f"the service closed the connection with {error.rcvd.code}: {error.rcvd.reason or 'no reason given'}"
        case ConnectionClosed() | ConnectionResetError() | BrokenPipeError():
            return "the connection broke without a close"
        case ConnectionRefusedError():
            return f"nothing listens at {_place(line)}: {_how_to_start(line)}"
        case TimeoutError():
            return f"{_place(line)} did not answer in time"
        case _:
            return f"{_place(line)}: {error}"


def _place(line: Line) -> str:
    return line.audiosocket if line.protocol is StreamProtocol.AUDIOSOCKET else line.address


def _how_to_start(line: Line) -> str:
    started = "start the service with `qa-monitor serve`"
    if line.protocol is StreamProtocol.AUDIOSOCKET:
        return f"{started}, and look at its AudioSocket setting"
    return started


def _status(error: InvalidStatus, line: Line) -> str:
    """What a refused upgrade means, with the service's own words where it gave some."""
    status, body = error.response.status_code, error.response.body
    detail = _detail(bytes(body or b""))
    if status in (401, 403):
        return f"refused the call ({status}{detail}): {_what_to_give(line)}"
    if status == 404:
        return f"answered 404{detail}: this service has no such address"
    return f"answered {status} {error.response.reason_phrase}{detail}"


def _what_to_give(line: Line) -> str:
    if line.protocol is StreamProtocol.AUDIOHOOK:
        return "give the key and the secret of its settings with --key and --secret"
    if line.protocol in TWILIO_FAMILY and line.credentials.secret is not None:
        return "the signature or the token is wrong; the service signs its configured public address"
    return "give the ingest token with --token"


def _detail(body: bytes) -> str:
    try:
        answer = json.loads(body)
    except ValueError:
        return ""
    detail = answer.get("detail") if isinstance(answer, dict) else None
    return f", {detail[:LONGEST_DETAIL]}" if isinstance(detail, str) else ""
