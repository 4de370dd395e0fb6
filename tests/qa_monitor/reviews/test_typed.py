"""What people type of a call is screened before it is kept, in whichever language they write."""

import pytest

from keywords.redaction.screen import ALL_KINDS
from qa_monitor.reviews.typed import screened


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("he read out 4970 1012 3456 7893 twice", "he read out [card] twice"),
        (
            "il lit quarante-neuf soixante-dix dix douze trente-quatre cinquante-six soixante-dix-huit "
            "quatre-vingt-treize à voix haute",
            "il lit [card] à voix haute",
        ),
        (
            "l'agent a répété le cryptogramme, quatre cinq six, à voix haute",
            "l'agent a répété le cryptogramme, [cvv] à voix haute",
        ),
        ("sept minutes d'attente pour un four", "sept minutes d'attente pour un four"),
    ],
)
def test_numbers_are_masked_in_what_is_typed_in_either_language(typed: str, kept: str) -> None:
    assert screened(f" {typed}\n", ALL_KINDS) == kept
