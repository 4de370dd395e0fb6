"""Settings: one place, three sources, and a sentence naming the field for whatever is wrong."""

from pathlib import Path

import pytest

from keywords.records import RedactionKind
from qa_monitor.config import Settings, SettingsError, is_loopback, load_settings
from streams.records import Language


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine sets is not what the test is about."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QA_MONITOR_{name.upper()}", raising=False)
    monkeypatch.delenv("QA_MONITOR_CONFIG", raising=False)


def a_file(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A settings file, named in the environment."""
    path = folder / "settings.toml"
    path.write_text(text)
    monkeypatch.setenv("QA_MONITOR_CONFIG", str(path))


def test_nothing_set_is_a_closed_service_on_loopback() -> None:
    """The safe state needs no settings."""
    settings = load_settings()

    assert is_loopback(settings.host)
    assert not settings.open_loopback
    assert settings.languages == (Language.FR, Language.EN)


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each source fills in what the stronger ones leave open."""
    a_file(tmp_path, 'port = 1\nmax_calls = 1\nlog_level = "error"\n', monkeypatch)
    monkeypatch.setenv("QA_MONITOR_PORT", "2")
    monkeypatch.setenv("QA_MONITOR_MAX_CALLS", "2")
    settings = load_settings(port=3, max_calls=None)

    assert (settings.port, settings.max_calls, settings.log_level) == (3, 2, "error")


def test_lists_are_comma_separated_in_the_environment_and_lists_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spaces do not matter."""
    monkeypatch.setenv("QA_MONITOR_LANGUAGES", "en, fr")
    monkeypatch.setenv("QA_MONITOR_RULES", "a.yaml ,b.yaml")
    assert load_settings().languages == (Language.EN, Language.FR)
    assert load_settings().rules == (Path("a.yaml"), Path("b.yaml"))

    monkeypatch.delenv("QA_MONITOR_LANGUAGES")
    a_file(tmp_path, 'languages = ["en"]\n', monkeypatch)
    assert load_settings().languages == (Language.EN,)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "65536"),
        ("PORT", "eighty"),
        ("LANGUAGES", "xx"),
        ("LANGUAGES", ""),
        ("DEVICE", "tpu"),
        ("BATCH_SIZE", "0"),
        ("LOG_LEVEL", "loud"),
        ("OPEN_LOOPBACK", "perhaps"),
        ("MAX_CALLS", "0"),
    ],
)
def test_a_bad_value_is_refused_naming_field_and_value(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator need not guess."""
    monkeypatch.setenv(f"QA_MONITOR_{name}", value)

    with pytest.raises(SettingsError, match=rf"^{name.lower()}.*: .*found") as caught:
        load_settings()
    assert value in str(caught.value)


def test_every_bad_field_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one per start."""
    monkeypatch.setenv("QA_MONITOR_PORT", "-1")
    monkeypatch.setenv("QA_MONITOR_DEVICE", "tpu")

    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == ["port", "device"]


def test_a_misspelt_setting_in_the_file_is_refused_with_what_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be silently without effect otherwise."""
    a_file(tmp_path, "prot = 8080\n", monkeypatch)

    with pytest.raises(SettingsError, match=r"prot: no such setting; allowed are .*port"):
        load_settings()


def test_a_file_that_is_missing_or_no_toml_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the line, where there is one."""
    monkeypatch.setenv("QA_MONITOR_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(SettingsError, match=r"QA_MONITOR_CONFIG: no such file: .*none\.toml"):
        load_settings()

    a_file(tmp_path, "port = \n", monkeypatch)
    with pytest.raises(SettingsError, match=r"settings\.toml: .*line 1"):
        load_settings()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_no_log_in_is_refused_anywhere_but_on_loopback(host: str) -> None:
    """An open service must not be reachable by others."""
    with pytest.raises(SettingsError, match=r"open_loopback: allowed only with a loopback host"):
        load_settings(open_loopback=True, host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_hosts_may_be_open(host: str) -> None:
    """The demo's way."""
    assert load_settings(open_loopback=True, host=host).open_loopback


def test_speculation_after_the_endpoint_is_refused() -> None:
    """Two settings that make no sense together."""
    with pytest.raises(SettingsError, match=r"speculate_s: at most endpoint_s \(0\.3\), found 0\.4"):
        load_settings(endpoint_s=0.3, speculate_s=0.4)


def test_settings_are_frozen() -> None:
    """Read once, then nobody changes them."""
    settings = load_settings()

    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1


def test_all_that_can_be_masked_is_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of kinds, comma-separated."""
    assert set(load_settings().redact) == set(RedactionKind)

    monkeypatch.setenv("QA_MONITOR_REDACT", "card, cvv,iban")
    assert load_settings().redact == (RedactionKind.CARD, RedactionKind.CVV, RedactionKind.IBAN)


@pytest.mark.parametrize("left", ["card", "cvv"])
def test_card_numbers_and_their_codes_are_always_masked(left: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting keeps them."""
    monkeypatch.setenv("QA_MONITOR_REDACT", f"{left},phone,email,iban,expiry")

    with pytest.raises(SettingsError, match="redact: (card|cvv) cannot be left out"):
        load_settings()


@pytest.mark.parametrize("name", ["host", "audiosocket_host"])
def test_an_empty_address_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be every address of the machine, where the default is its own alone."""
    monkeypatch.setenv(f"QA_MONITOR_{name.upper()}", "")
    with pytest.raises(SettingsError, match=f"^{name}: "):
        load_settings()
