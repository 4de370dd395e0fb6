"""What a client's `error` and `close` say."""

from collections.abc import Mapping

from streams.protocols.audiohook.envelope import read_duration
from streams.protocols.fields import Fields
from streams.records import EndReason
from streams.refusals import BadField

TOO_MANY = 429
"""The code of a client that wants fewer messages."""
HUSH_S = 5.0
"""It is told nothing optional for so long where it names no time."""
CODES = (400, 405, 408, 409, 413, 415, TOO_MANY, 500, 503)
_LARGEST_CODE = 9999
_REASONS: Mapping[object, EndReason] = {
    "end": EndReason.END,
    "error": EndReason.ERROR,
    "disconnect": EndReason.END,
    "reconnect": EndReason.RECONNECT,
}


def read_error(parameters: Fields) -> tuple[int, float]:
    """The code, and for how many seconds the client wants to be left alone. Raises BadField."""
    code = parameters.get("code")
    if not isinstance(code, int) or isinstance(code, bool) or not min(CODES) <= code <= _LARGEST_CODE:
        raise parameters.bad("code", ", ".join(map(str, CODES)))
    if not isinstance(parameters.get("message"), str):
        raise BadField("parameters.message", "something else", "a text")
    return code, HUSH_S if parameters.get("retryAfter") is None else read_duration(parameters, "retryAfter")


def read_reason(parameters: Fields) -> EndReason:
    """Why the client closes. Raises BadField."""
    reason = parameters.get("reason")
    if not isinstance(reason, str) or reason not in _REASONS:
        raise parameters.bad("reason", ", ".join(map(str, _REASONS)))
    return _REASONS[reason]
