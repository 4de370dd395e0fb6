"""Whatever file of settings is wrong, the operator reads one sentence with its place, never a trace."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qa_monitor.config import SettingsError, load_settings
from qa_monitor.delivery.settings_file import load_targets
from qa_monitor.telephony.settings_file import load_telephony
from qa_monitor.themes.reasons import load_reasons
from qa_monitor.vocabulary import load_vocabularies

Loader = Callable[[Path | None, Path], object]
TOML: tuple[Loader, ...] = (load_telephony, load_targets, load_vocabularies)
NAMES = ("telephony.toml", "delivery.toml", "vocabulary.toml", "reasons.yaml")


@pytest.mark.parametrize("load", TOML)
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"hello there\n", "no TOML: .*line 1"),
        (b"a = " + b"[" * 20_000, "nested hundreds deep"),
        (b"a = " + b"9" * 6_000, "thousands of digits"),
        ("é = 1\n".encode("latin-1"), "the byte 0xe9; allowed: text saved as UTF-8"),
        (b"\x00" * 100, "no TOML"),
    ],
)
def test_a_file_that_is_no_toml_is_refused_in_one_line(tmp_path: Path, load: Loader, content: bytes, told: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=told) as refused:
        load(file, tmp_path)

    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("load", TOML)
def test_a_file_saved_by_notepad_is_read(tmp_path: Path, load: Loader) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b"\xef\xbb\xbf# nothing\r\n")

    load(file, tmp_path)


@pytest.mark.parametrize(("load", "name"), tuple(zip((*TOML, load_reasons), NAMES, strict=True)))
def test_a_link_in_the_data_folder_that_leads_nowhere_is_not_taken_for_no_file(
    tmp_path: Path, load: Loader, name: str
) -> None:
    """A volume that is not mounted yet: without its secrets, telephony would come in unsigned."""
    (tmp_path / name).symlink_to(tmp_path / "not-mounted")
    with pytest.raises(SettingsError, match="No such file"):
        load(None, tmp_path)


@pytest.mark.parametrize("text", ["", "- 1\n", "[" * 2_000, "reasons: " + "9" * 6_000, "a: &a [x]\nb: *a\n"])
def test_reasons_that_are_none_are_refused_without_words_of_our_code(tmp_path: Path, text: str) -> None:
    file = tmp_path / "reasons.yaml"
    file.write_text(text)
    with pytest.raises(SettingsError) as refused:
        load_reasons(file, tmp_path)

    assert str(file) in str(refused.value)
    assert "_File" not in str(refused.value)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda file: file.mkdir(), "found a folder"),
        (lambda file: file.write_text("hello there\n"), "no TOML"),
        (lambda file: file.write_bytes(b"\xff\xfep\x00"), "UTF-16"),
    ],
)
def test_a_settings_file_that_is_none_is_refused_with_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], object], told: str
) -> None:
    file = tmp_path / "settings.toml"
    make(file)
    monkeypatch.setenv("QA_MONITOR_CONFIG", str(file))
    with pytest.raises(SettingsError, match=rf"^QA_MONITOR_CONFIG: {file}: .*{told}"):
        load_settings()
