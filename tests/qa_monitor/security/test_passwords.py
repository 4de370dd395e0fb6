"""Passwords: long, hashed, and as slow to refuse for an account that is not there."""

import pytest

from qa_monitor.security.passwords import (
    HASHER,
    LONGEST,
    NOBODYS,
    SHORTEST,
    PasswordRefused,
    hash_password,
    is_password,
    one_time_password,
)

GOOD = "correct horse battery"


def test_a_password_is_known_by_its_hash_alone() -> None:
    """Salted: the same password twice is two hashes."""
    hashed, again = (hash_password(GOOD, account_id="ann") for _ in range(2))

    assert hashed != again
    assert GOOD not in hashed
    assert hashed.startswith("$argon2id$")
    assert is_password(hashed, GOOD)
    assert not is_password(hashed, GOOD + " ")
    assert not is_password(hashed, "")


def test_an_account_that_is_not_there_has_no_password() -> None:
    """The stand-in is a whole hash with the same cost, and matches nothing."""
    assert not is_password(None, GOOD)
    assert not is_password(None, "")
    assert not is_password("no hash", GOOD)
    assert not HASHER.check_needs_rehash(NOBODYS)


@pytest.mark.parametrize("password", ["é" * 2 + "correct horse", "ＡＢＣ correct horse", "\ud800 correct horse ab"])
def test_any_keyboard_writes_the_same_password(password: str) -> None:
    """Composed accents, wide letters and broken characters alike."""
    assert is_password(hash_password(password, account_id="ann"), password)


def test_a_composed_accent_is_the_decomposed_one() -> None:
    hashed = hash_password("mot de passe \u00e9t\u00e9", account_id="ann")

    assert is_password(hashed, "mot de passe e\u0301te\u0301")


@pytest.mark.parametrize(
    "password",
    ["", "short", "x" * (SHORTEST - 1), "abc" * 6, "annabelle.m1", "annabelle.mart1", "x y" * LONGEST],
)
def test_a_weak_password_is_refused_in_words(password: str) -> None:
    """Length counts; a few repeated characters or the account's own name do not. What was typed is not repeated."""
    with pytest.raises(PasswordRefused) as refused:
        hash_password(password, account_id="annabelle.m")

    assert "password: " in str(refused.value)
    assert not password or password not in str(refused.value)


def test_no_kind_of_character_is_asked_for() -> None:
    assert hash_password("all small letters", account_id="ann")


def test_passwords_to_hand_out_are_good_ones() -> None:
    made = {one_time_password() for _ in range(50)}

    assert len(made) == 50
    assert all(hash_password(password, account_id="ann") for password in list(made)[:2])
