"""The two secrets of an installation: made once, read by its own user alone, and not exchangeable."""

import stat
from pathlib import Path

from qa_monitor.security.tokens import Tokens, load_tokens


def test_the_first_start_makes_two_different_tokens_for_this_user_alone(tmp_path: Path) -> None:
    """Mode 0600, and nothing else can be told from them."""
    tokens = load_tokens(tmp_path)

    assert tokens.fresh
    assert tokens.access != tokens.ingest
    assert min(len(tokens.access), len(tokens.ingest)) >= 32
    for name in ("access-token", "ingest-token"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_the_next_start_reads_the_same_ones(tmp_path: Path) -> None:
    """Bookmarks and telephony go on working."""
    first, second = load_tokens(tmp_path), load_tokens(tmp_path)

    assert (second.access, second.ingest) == (first.access, first.ingest)
    assert not second.fresh


def test_each_token_opens_its_own_door_only(tmp_path: Path) -> None:
    """Telephony cannot read calls, people cannot feed them."""
    tokens = load_tokens(tmp_path)

    assert tokens.allows_people(tokens.access)
    assert tokens.allows_telephony(tokens.ingest)
    assert not tokens.allows_people(tokens.ingest)
    assert not tokens.allows_telephony(tokens.access)


def test_what_is_no_token_is_refused_and_never_raises(tmp_path: Path) -> None:
    """Whatever an outsider sends: nothing, letters of any kind, half a character."""
    tokens = load_tokens(tmp_path)

    for wrong in (None, "", " ", "é", "\ud800", tokens.access[:-1], tokens.access + " "):
        assert not tokens.allows_people(wrong)
        assert not tokens.allows_telephony(wrong)


def test_an_empty_token_file_lets_nobody_in(tmp_path: Path) -> None:
    """A disk that was full at the first start must not leave the door open."""
    for name in ("access-token", "ingest-token"):
        (tmp_path / name).write_text("\n")
    tokens = load_tokens(tmp_path)

    assert not tokens.allows_people("")
    assert not tokens.allows_telephony("")


def test_the_secrets_are_not_shown_by_accident() -> None:
    """A record printed in a log tells where they are, not what they are."""
    tokens = Tokens(access="open-sesame", ingest="ring-ring", folder=Path("/data"), fresh=False)

    assert "sesame" not in repr(tokens)
    assert "ring-ring" not in repr(tokens)
