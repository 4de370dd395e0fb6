"""Who connects: bearer, basic, a signed key, or anybody on an open machine."""

from base64 import b64encode
from pathlib import Path

import pytest

from qa_monitor.telephony.credential import INSTALLATION, OPEN
from qa_monitor.telephony.settings import Address, Telephony
from qa_monitor.telephony.tables import AudioHookKey, AudioHookSettings, RouteSettings
from qa_monitor.telephony.tokens import FILE_NAME, TokenWish
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.reception import INGEST, a_desk, an_announcement

LOG_IN = RouteSettings(tenant="acme", basic_user="switch", basic_password="päss:word", bearer="a-bearer-of-its-own")
TELEPHONY = Telephony(routes={Address.JAMBONZ: LOG_IN})


def basic(user: str, password: str) -> str:
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


@pytest.mark.parametrize("header", [basic("switch", "päss:word"), "Bearer a-bearer-of-its-own"])
def test_an_address_may_have_a_log_in_of_its_own(header: str, tmp_path: Path) -> None:
    """It opens that address and no other, for that address's tenant."""
    credentials = a_desk(tmp_path, TELEPHONY).reception.credentials
    known = credentials.of_header(Address.JAMBONZ, header)

    assert known is not None
    assert (known.name, known.tenant) == ("route jambonz", "acme")
    assert credentials.of_header(Address.PCM, header) is None
    assert credentials.asks_for_log_in(Address.JAMBONZ)
    assert not credentials.asks_for_log_in(Address.PCM)


def test_a_token_is_taken_as_bearer_and_as_password(tmp_path: Path) -> None:
    """Many switches can only send a user and a password."""
    desk = a_desk(tmp_path, TELEPHONY)
    _, tenants = desk.reception.tokens.add(TokenWish(name="pbx", tenant="acme", max_calls=3), NOON)
    ticket = desk.reception.announced.announce(an_announcement("a", tenant="other"))
    credentials = desk.reception.credentials

    for token, tenant in ((INGEST, None), (tenants, "acme"), (ticket.token, "other")):
        for header in (f"Bearer {token}", f"bearer  {token} ", basic("anyone", token)):
            known = credentials.of_header(Address.JAMBONZ, header)
            assert known is not None
            assert known.tenant == tenant
    pbx = credentials.of_token(tenants)
    assert pbx is not None
    assert (pbx.name, pbx.max_calls, pbx.calls_per_minute) == ("token pbx", 3, None)
    assert credentials.of_token(ticket.token) is None


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer guess",
        "Bearer \ud800",
        "Digest x",
        f"Token {INGEST}",
        INGEST,
        "Basic",
        "Basic !",
        "Basic /w==",
        basic("switch", "wrong"),
        basic("wrong", "päss:word"),
        basic("", ""),
        basic(INGEST, ""),
    ],
)
def test_what_is_not_quite_right_is_nobody(header: str | None, tmp_path: Path) -> None:
    """And never raises; on an open machine it is anybody."""
    assert a_desk(tmp_path, TELEPHONY).reception.credentials.of_header(Address.JAMBONZ, header) is None
    opened = a_desk(tmp_path, TELEPHONY, open_loopback=True).reception.credentials
    assert opened.of_header(Address.JAMBONZ, header) == OPEN
    assert opened.of_header(Address.JAMBONZ, f"Bearer {INGEST}") == INSTALLATION
    assert not opened.asks_for_log_in(Address.JAMBONZ)


def test_a_signed_key_stands_for_its_tenant(tmp_path: Path) -> None:
    """Its own, else the address's; its name in logs is not the key."""
    keys = {"key-of-acme": AudioHookKey(secret=b"s" * 16, tenant="acme"), "other-key": AudioHookKey(unsigned=True)}
    route = RouteSettings(tenant="route")
    telephony = Telephony(audiohook=AudioHookSettings(keys=keys), routes={Address.AUDIOHOOK: route})
    credentials = a_desk(tmp_path, telephony).reception.credentials
    known, other = credentials.of_audiohook_key("key-of-acme"), credentials.of_audiohook_key("other-key")

    assert known is not None
    assert other is not None
    assert (known.tenant, other.tenant) == ("acme", "route")
    assert "key-of-acme" not in repr(known)
    assert credentials.of_audiohook_key("no-key") is None


def test_a_tokens_file_that_cannot_be_read_lets_no_tenant_in(tmp_path: Path) -> None:
    """The installation's own token goes on working."""
    desk = a_desk(tmp_path)
    _, token = desk.reception.tokens.add(TokenWish(name="pbx"), NOON)
    (tmp_path / FILE_NAME).write_text("[{")

    assert desk.reception.credentials.of_token(token) is None
    assert desk.reception.credentials.of_token(INGEST) == INSTALLATION
