"""Whose machine a request comes from: only trusted proxies are believed, from the nearest on."""

from ipaddress import ip_network
from pathlib import Path

import pytest
from starlette.requests import Request

from qa_monitor.config import SettingsError, load_settings
from qa_monitor.routes.cookies import address_of
from qa_monitor.security.proxies import client_of

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, 10.0.0.2"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7", "10.0.0.2"], "198.51.100.7"),
        ("fd00::1", ["2001:db8::7"], "2001:db8::7"),
        ("::ffff:10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7:4711"], "198.51.100.7"),
        ("10.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"),
        # what a stranger wrote stands further left and is not read
        ("10.0.0.1", ["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
        # a stranger is not believed at all
        ("198.51.100.7", ["203.0.113.9"], "198.51.100.7"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["unknown"], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.9, x, 10.0.0.2"], "10.0.0.2"),
        ("testclient", ["203.0.113.9"], "testclient"),
    ],
)
def test_the_nearest_machine_that_is_no_trusted_proxy_counts(peer: str, forwarded: list[str], client: str) -> None:
    assert client_of(peer, forwarded, TRUSTED) == client


def test_without_trusted_proxies_the_header_is_not_read() -> None:
    assert client_of("10.0.0.1", ["198.51.100.7"], ()) == "10.0.0.1"


def test_a_request_counts_for_whoever_stands_before_the_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the setting says, one address or network after another."""
    monkeypatch.setenv("QA_MONITOR_TRUSTED_PROXIES", "192.0.2.1, 10.0.0.0/8")
    settings = load_settings(data_dir=tmp_path)
    headers = [(b"x-forwarded-for", b"203.0.113.9, 198.51.100.7"), (b"x-forwarded-for", b"10.1.2.3")]
    request = Request({"type": "http", "headers": headers, "client": ("192.0.2.1", 5000)})

    assert address_of(request, settings.trusted_proxies) == "198.51.100.7"
    assert address_of(request, ()) == "192.0.2.1"


def test_what_is_no_network_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="trusted_proxies"):
        load_settings(data_dir=tmp_path, trusted_proxies="proxy.example.com")
