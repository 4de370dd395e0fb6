"""Settings of telephony: one file, every mistake with file and field, no secret in any sentence."""

from ipaddress import ip_network
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from qa_monitor.config import SettingsError, load_settings
from qa_monitor.telephony.settings import Address, Telephony
from qa_monitor.telephony.settings_file import FILE_NAME, load_telephony
from qa_monitor.telephony.tables import is_within
from streams.consent import Consent, Notice
from streams.protocols.route import Route
from streams.records import Direction, Language, Speaker
from streams.samples.codec import Encoding

KEY = "SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh"
SECRET = "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU="
WHOLE = f"""
public_url = "wss://calls.example.com/telephony/"

[audiohook.keys.{KEY}]
secret = "{SECRET}"
organization = "d7934305-0972-4844-938e-9060eef73d05"
tenant = "acme"

[audiohook.keys.trial]
unsigned = true

[twilio]
auth_token = "12345"
accounts = ["AC1", "AC2"]

[talkdesk]
accounts = ["TD1"]
one_time_token = true

[audiosocket]
peers = ["10.1.0.0/16"]
feed_silence = true
rates = {{ 0x11 = 16000 }}

[routes.twilio]
team = "north"
language = "fr-CA"
direction = "outbound"

[routes.audio-fork]
channels = ["agent", "customer"]
rate_hz = 16000
encoding = "pcm16"
notice = "contract"
consent = "granted"
tenant = "acme"
basic_user = "switch"
basic_password = "a long password"
peers = ["192.0.2.0/24", "2001:db8::/32"]

[routes.audiohook]
transcripts = true

[keys]
pause = "*1"
resume = "*2"
off_record = "*9"
"""


def a_file(folder: Path, text: str) -> Path:
    path = folder / FILE_NAME
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def problem(folder: Path, text: str) -> str:
    """What is said about a bad file."""
    with pytest.raises(SettingsError) as caught:
        load_telephony(a_file(folder, text), folder)
    return str(caught.value)


def test_without_a_file_nothing_is_configured(tmp_path: Path) -> None:
    """Every address works with the installation's token."""
    found = load_telephony(None, tmp_path)

    assert found == Telephony()
    assert found.route(Address.PCM) == Route()
    assert not any(found.one_time(address) for address in Address)
    assert found.allows_peer(Address.PCM, "203.0.113.1")


def test_a_whole_file_is_read_from_the_data_folder(tmp_path: Path) -> None:
    """Each table ends up where its route asks for it."""
    a_file(tmp_path, WHOLE)
    found = load_telephony(None, tmp_path)

    assert found.public("/v1/streams/twilio") == "wss://calls.example.com/telephony/v1/streams/twilio"
    key = found.audiohook.keys[KEY]
    assert (key.secret, key.tenant, key.unsigned) == (b"MySuperSecretKeyTellNo-1!2@3#4$5", "acme", False)
    assert found.audiohook.keys["trial"].unsigned
    assert found.twilio.auth_token == "12345"
    assert found.accounts(Address.TWILIO) == {"AC1", "AC2"}
    assert found.accounts(Address.TELNYX) == found.accounts(Address.PCM) == frozenset()
    assert dict(found.audiosocket.rates) == {0x11: 16_000}
    assert found.audiosocket.peers == (ip_network("10.1.0.0/16"),)
    assert (found.keys.pause, found.keys.resume, found.keys.off_record) == ("*1", "*2", "*9")


def test_a_route_stands_in_where_a_start_message_is_silent(tmp_path: Path) -> None:
    """As streams know it; where nobody names a direction the customer calls."""
    found = load_telephony(a_file(tmp_path, WHOLE), tmp_path)

    assert found.route(Address.AUDIO_FORK) == Route(
        tenant="acme",
        rate_hz=16_000,
        encoding=Encoding.PCM16,
        notice=Notice.CONTRACT,
        consent=Consent.GRANTED,
        channels=(Speaker.AGENT, Speaker.CUSTOMER),
    )
    twilio = found.route(Address.TWILIO)
    assert (twilio.language, twilio.direction, twilio.team) == (Language.FR, Direction.OUTBOUND, "north")
    assert found.route(Address.TELNYX).direction is Direction.INBOUND
    assert found.route(Address.AUDIOHOOK).transcripts


def test_a_signature_asks_for_a_one_time_token_too_unless_told_otherwise(tmp_path: Path) -> None:
    """A signature over a fixed address never changes: whoever has seen one could send it again."""
    found = load_telephony(a_file(tmp_path, WHOLE), tmp_path)
    lax = load_telephony(a_file(tmp_path, WHOLE.replace('"12345"', '"12345"\none_time_token = false')), tmp_path)

    assert found.one_time(Address.TWILIO)
    assert not lax.one_time(Address.TWILIO)
    assert found.one_time(Address.TALKDESK)
    assert not found.one_time(Address.EXOTEL)


def test_peers_are_networks_of_both_kinds(tmp_path: Path) -> None:
    """An IPv4 address that arrives in IPv6 clothing is still itself; a name is nobody."""
    found = load_telephony(a_file(tmp_path, WHOLE), tmp_path)

    for inside in ("192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1"):
        assert found.allows_peer(Address.AUDIO_FORK, inside)
    for outside in ("192.0.3.7", "2001:db9::1", "localhost", "", "192.0.2.7:80"):
        assert not found.allows_peer(Address.AUDIO_FORK, outside)
    assert is_within("127.0.0.1", Telephony().audiosocket.peers)
    assert not is_within("10.0.0.1", Telephony().audiosocket.peers)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('public_url = "calls.example.com"', "public_url: wss://host"),
        ('public_url = "https://calls.example.com"', "public_url: wss://host"),
        ('public = "wss://x"', "public: no such setting"),
        ('[twilio]\nauth_token = "1"', "public_url is missing"),
        ('[telnyx]\nauth_token = "1"', "telnyx.auth_token: no such setting"),
        ("[audiohook.keys.long-key]", "audiohook.keys.long…: secret is missing"),
        ('[audiohook.keys.k]\nsecret = "c2hvcnQ="', "audiohook.keys.k….secret: at least 16 bytes"),
        ("[routes.fax]", "'pcm'"),
        ('[routes.pcm]\nlanguage = "de"', "routes.pcm.language: Input should be 'fr' or 'en' (found 'de')"),
        ('[routes.pcm]\nchannels = ["agent", "agent"]', "routes.pcm.channels: customer and agent in either order"),
        ("[routes.pcm]\nrate_hz = 4000", "routes.pcm.rate_hz: Input should be greater than or equal to 8000"),
        ('[routes.pcm]\ntenant = "a b"', "routes.pcm.tenant: 1 to 128 letters"),
        ('[routes.pcm]\nbasic_user = "x"', "routes.pcm: basic_user and basic_password go together"),
        ('[routes.pcm]\npeers = ["10.0.0.1/8"]', "routes.pcm.peers: 10.0.0.1/8 has host bits set"),
        ("[audiosocket]\nrates = { 0x20 = 8000 }", "audiosocket.rates: 0x20: kinds 0x10 to 0x18"),
        ("[audiosocket]\nrates = { 0x11 = 80 }", "audiosocket.rates: 0x11: kinds 0x10 to 0x18"),
        ('[keys]\npause = "1"', "keys.pause: 2 to 8 keys"),
        ('[keys]\npause = "*1"\nresume = "*12"', "keys: *1 is also the beginning of another sequence"),
        ('[keys]\npause = "*1"\nresume = "*1"', "keys: *1 is also the beginning of another sequence"),
        ("[keys", "telephony.toml: "),
    ],
)
def test_a_mistake_is_told_with_file_and_field(text: str, said: str, tmp_path: Path) -> None:
    """The operator need not guess, and the service does not start."""
    told = problem(tmp_path, text)

    assert said in told
    assert FILE_NAME in told


@pytest.mark.parametrize(
    "text",
    [
        '[audiohook.keys.hidden-key]\nsecret = "hush-hush"',
        '[audiohook.keys]\nmine = "hush-hush"',
        'twilio = "hush-hush"',
        '[routes.pcm]\nbasic_user = "u"\nbasic_password = "hush"',
        '[routes.pcm]\nbearer = "hush"',
    ],
)
def test_no_sentence_tells_a_secret(text: str, tmp_path: Path) -> None:
    """What an operator mistypes ends up in logs; of keys the first characters are told."""
    told = problem(tmp_path, text)

    assert "hush" not in told
    assert "hidden-key" not in told


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    """Named by mistake, telephony would be open in another way than meant."""
    with pytest.raises(SettingsError, match="no-such"):
        load_telephony(tmp_path / "no-such.toml", tmp_path)


def test_secrets_that_others_can_read_are_worth_a_line(tmp_path: Path) -> None:
    """Not a refusal: mounted secrets cannot always be closed. Without a secret nothing is said."""
    path = a_file(tmp_path, WHOLE)
    path.chmod(0o644)
    with capture_logs() as logged:
        load_telephony(path, tmp_path)
        path.write_text('[routes.pcm]\nteam = "north"\n')
        load_telephony(path, tmp_path)

    assert [line["log_level"] for line in logged] == ["warning"]
    assert "12345" not in str(logged)
    assert SECRET not in str(logged)


def test_a_record_printed_by_accident_tells_no_secret(tmp_path: Path) -> None:
    """Neither keys nor what belongs to them."""
    printed = repr(load_telephony(a_file(tmp_path, WHOLE), tmp_path))

    for secret in (KEY, SECRET, "MySuperSecret", "12345", "a long password"):
        assert secret not in printed


@pytest.mark.parametrize(("written", "read"), [("off", None), ("0", 0), ("9093", 9093)])
def test_audiosocket_s_port_can_be_switched_off(
    written: str, read: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the environment and in the file alike."""
    monkeypatch.setenv("QA_MONITOR_AUDIOSOCKET_PORT", written)
    assert load_settings().audiosocket_port == read

    monkeypatch.delenv("QA_MONITOR_AUDIOSOCKET_PORT")
    (tmp_path / "settings.toml").write_text(f'audiosocket_port = "{written}"\n')
    monkeypatch.setenv("QA_MONITOR_CONFIG", str(tmp_path / "settings.toml"))
    assert load_settings().audiosocket_port == read
