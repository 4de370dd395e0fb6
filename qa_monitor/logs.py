"""Adapter: one JSON object per line on standard error, through structlog. No word that was said ever gets here."""

import io
import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from typing import TextIO, cast

import structlog

_DIGITS = re.compile(r"\d{8,}|\d(?:[ -]?\d){9,}")
_MASK = "[…]"
_LARGEST = 10**7
GONE = (OSError, ValueError)
"""A disk that is full, and a stream that was closed."""


class PatientStream(io.TextIOBase):
    """Where lines go. A log on a full disk, or one that is closed, must not end the call that has something to say."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str, /) -> int:
        """Write, or lose it: there is nowhere left to tell."""
        with suppress(*GONE):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """The same."""
        with suppress(*GONE):
            self._stream.flush()


def set_up_logs(level: str, stream: TextIO | None = None) -> None:
    """Send our own and the libraries' messages the same way."""
    lines, lowest = PatientStream(stream or sys.stderr), getattr(logging, level.upper())
    structlog.configure(
        processors=[*_named(), *_written()],
        wrapper_class=structlog.make_filtering_bound_logger(lowest),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, lines)),
        cache_logger_on_first_use=False,
    )
    _take_in_libraries(lines, lowest)


def _named() -> list[structlog.typing.Processor]:
    """How bad it is, and when it was."""
    return [structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]


def _written() -> list[structlog.typing.Processor]:
    """One JSON object a line, without long numbers."""
    return [
        structlog.processors.format_exc_info,
        mask_digits,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]


def _take_in_libraries(lines: PatientStream, lowest: int) -> None:
    handler = logging.StreamHandler(lines)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_named(),
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_written()],
        )
    )
    for name in ("uvicorn", "uvicorn.error", "uvicorn.asgi"):
        # another server in this program may have sent these elsewhere
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
        library.setLevel(logging.NOTSET)
    # at their finest level, libraries log what passes through them: words that were said, and tokens
    logging.basicConfig(level=max(logging.INFO, lowest), handlers=[handler], force=True)
    for name in ("uvicorn.access", "websockets", "httpx", "alembic", "faster_whisper"):
        logging.getLogger(name).setLevel(logging.WARNING)


def mask_digits(_: object, __: str, event: MutableMapping[str, object]) -> MutableMapping[str, object]:
    """Eight digits in a row, or ten in groups, are numbers of people or cards: they do not belong in a log."""
    for key, value in event.items():
        if key != "timestamp":
            event[key] = _masked(value)
    return event


def _masked(value: object) -> object:
    """The same for JSON, whatever it is: text, numbers, what they are kept in, and objects as they show themselves."""
    match value:
        case bool() | float() | None:
            return value
        case int():
            return value if abs(value) < _LARGEST else _MASK
        case Mapping():
            return {str(_masked(key)): _masked(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_masked(inner) for inner in value]
        case _:
            return _DIGITS.sub(_MASK, str(value))
