"""Logs: one JSON object per line, whoever writes it, and no number of a person in it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from qa_monitor.logs import set_up_logs

CARD = "4111111111111111"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What is logged; logging is as it was afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    written = io.StringIO()
    set_up_logs("info", written)
    yield written
    structlog.reset_defaults()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_our_own_messages_and_the_libraries_are_one_json_object_per_line(stream: io.StringIO) -> None:
    """With time and level, so that a collector needs no rules."""
    structlog.get_logger().warning("not saved", why="disk\nfull")
    logging.getLogger("uvicorn.error").info("started %s", "well")

    ours, theirs = lines(stream)
    assert (ours["event"], ours["why"], ours["level"]) == ("not saved", "disk\nfull", "warning")
    assert (theirs["event"], theirs["level"]) == ("started well", "info")
    assert all(str(line["timestamp"]).endswith("Z") for line in (ours, theirs))


def test_numbers_of_people_are_masked_wherever_they_stand(stream: io.StringIO) -> None:
    """In the message, in a value, in a traceback, and however the number is grouped."""
    structlog.get_logger().info(
        f"called {CARD}", number="0612345678", spaced="4111 1111 1111 1111", dashed="06-12-34-56-78"
    )
    try:
        raise ValueError(CARD)
    except ValueError:
        structlog.get_logger().exception("failed")
        logging.getLogger("somewhere").exception("failed too, %s", CARD)

    written = stream.getvalue()
    assert CARD not in written
    assert not any(number in written for number in ("0612345678", "4111 1111", "12-34-56"))


def test_times_and_short_numbers_stay_readable(stream: io.StringIO) -> None:
    """Ports, codes and sizes are what a log is for."""
    structlog.get_logger().info("listening", port=8080, code="1008", size="1048576")

    (line,) = lines(stream)
    assert (line["port"], line["code"], line["size"]) == (8080, "1008", "1048576")


def test_numbers_that_are_no_text_are_masked_too(stream: io.StringIO) -> None:
    """A caller's number as an integer, or inside a list or an exception's arguments."""
    structlog.get_logger().info("numbers", caller=33612345678, several=[CARD], error=ValueError(CARD))

    written = stream.getvalue()
    assert "33612345678" not in written
    assert CARD not in written


class FullDisk(io.StringIO):
    """A file without room."""

    def write(self, text: str, /) -> int:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        raise OSError(28, "No space left on device")


def test_a_log_without_room_ends_nobody(stream: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither us nor a library, and nothing is written elsewhere instead."""
    set_up_logs("info", FullDisk())
    structlog.get_logger().warning("not saved")
    logging.getLogger("uvicorn.error").warning("closed")

    assert capsys.readouterr() == ("", "")


def test_a_closed_log_ends_nobody_either(stream: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever started us may have gone."""
    gone = io.StringIO()
    set_up_logs("info", gone)
    gone.close()
    structlog.get_logger().warning("not saved")
    logging.getLogger("uvicorn.error").warning("closed")

    assert capsys.readouterr() == ("", "")


def test_libraries_never_log_what_passes_through_them(stream: io.StringIO) -> None:
    """At `debug` ours say more; theirs would write frames and tokens."""
    set_up_logs("debug", stream)
    structlog.get_logger().debug("ours")
    for name in ("uvicorn.error", "sse_starlette.sse", "websockets.server", "python_multipart", "sqlalchemy.engine"):
        logging.getLogger(name).debug("theirs")

    assert [line["event"] for line in lines(stream)] == ["ours"]


def test_less_than_the_level_is_not_written(stream: io.StringIO) -> None:
    """`log_level` is obeyed by libraries as well."""
    structlog.get_logger().debug("detail")
    logging.getLogger("somewhere").debug("detail")

    assert stream.getvalue() == ""
