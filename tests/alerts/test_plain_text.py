"""What operators write is read whole; anything else is refused with what was found, and never waited for."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from alerts.files.document import read_document
from alerts.files.plain_text import MOST_BYTES, Unreadable, is_there, read_plain_text
from alerts.files.problems import RuleError
from alerts.files.sources import read_sources


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_text_is_read_with_and_without_a_mark_of_byte_order(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a"
    file.write_text("réclamation\n", encoding=encoding)

    assert read_plain_text(file) == "réclamation\n"


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda file: None, "No such file"),
        (lambda file: file.mkdir(), "a folder"),
        (lambda file: file.symlink_to("nowhere"), "No such file"),
        (lambda file: file.symlink_to(file), "symbolic links"),
        (os.mkfifo, "a pipe"),
        (lambda file: file.symlink_to("/dev/zero"), "more than 16 MB"),
        (lambda file: file.write_bytes("é\n".encode("utf-16")), "UTF-16"),
        (lambda file: file.write_bytes("1\nréponse\n".encode("latin-1")), "line 2: found the byte 0xe9"),
    ],
)
def test_anything_else_is_refused_in_one_line(tmp_path: Path, make: Callable[[Path], object], told: str) -> None:
    file = tmp_path / "a"
    make(file)
    with pytest.raises(Unreadable, match=told) as refused:
        read_plain_text(file)

    assert "; allowed: " in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_as_large_as_may_be_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"a" * MOST_BYTES)

    assert len(read_plain_text(file)) == MOST_BYTES


def test_a_link_that_leads_nowhere_is_there(tmp_path: Path) -> None:
    """It was meant to lead to something: it is not as if nothing had been set."""
    file = tmp_path / "a"
    assert not is_there(file)

    file.symlink_to("nowhere")
    assert is_there(file)


def test_rules_behind_links_in_a_circle_are_refused_with_their_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "a.yaml")
    documents, problems = read_sources([tmp_path / "a.yaml"], starter=tmp_path)

    assert (documents, len(problems)) == ([], 1)
    assert "symbolic links" in str(problems[0])


def test_rules_in_a_pipe_are_refused_with_their_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    with pytest.raises(RuleError, match=r"a\.yaml:1: found a pipe"):
        read_document(tmp_path / "a.yaml")
