"""The ways in which a phrase may be spoken. Pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.sought.readings import MOST_READINGS, readings
from streams.records import Language
from tests.keywords.builders import a_matcher, an_utterance

FR, EN = Language.FR, Language.EN
OBJECTS = st.lists(st.sampled_from(["contrat", "ligne", "compte", "facture"]), min_size=1, max_size=4, unique=True)
TIMES = st.lists(
    st.sampled_from(["demain", "aujourd'hui", "bientôt", "rapidement"]), min_size=1, max_size=4, unique=True
)


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        (FR, "porter plainte", ["porter plainte"]),
        (FR, "(fermer|clore) [mon] compte", ["fermer compte", "fermer mon compte", "clore compte", "clore mon compte"]),
        (
            FR,
            "me rembours*",
            ["me rembourse", "me rembourser", "me remboursé", "me remboursez", "me remboursement", "me remboursant"],
        ),
        (EN, "a =lie", ["a lie"]),
        (EN, "cancel !(the noise|it)", ["cancel"]),
        (EN, "{amount} refund", []),
        (EN, "switch to <competitors>", []),
        (EN, "call ~3 lawyer", []),
    ],
)
def test_a_phrase_is_read_in_all_its_ways(language: Language, written: str, spoken: list[str]) -> None:
    """What has no text of its own, such as a number, cannot be asked for."""
    assert readings(written, language) == spoken


def test_choices_without_a_meaning_go_first_where_there_are_too_many() -> None:
    found = readings("(parler|joindre|voir) (un|une|votre|au|la|le) (responsable|chef|patron|directeur)", FR)

    assert len(found) <= MOST_READINGS
    assert "voir un directeur" in found


@given(OBJECTS, TIMES, st.booleans())
def test_every_reading_is_found_by_its_own_phrase(first: list[str], second: list[str], optional: bool) -> None:
    brackets = "[{}]" if optional else "({})"
    written = f"fermer ({'|'.join(first)}) {brackets.format('|'.join(second))} merci"
    for reading in readings(written, FR):
        assert a_matcher([written], FR).hits(an_utterance(reading, FR))
