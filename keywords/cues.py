"""Whether somebody speaks of a payment card. Pure."""

from collections.abc import Sequence

from keywords.normal import Token, spoken_words, tokens
from streams.records import Utterance

CARD_CUE_S = 45.0
"""Seconds around such words in which a long number is taken for a card number."""

_CUES = frozenset(
    tuple(cue.split())
    for cue in (
        "numero de carte",
        "numero de le carte",
        "numeros de carte",
        "carte bancaire",
        "carte bleue",
        "carte de credit",
        "carte visa",
        "mastercard",
        "american express",
        "date de expiration",
        "cryptogramme",
        "card number",
        "credit card",
        "debit card",
        "number on the card",
        "number on your card",
        "visa card",
        "expiry date",
        "expiration date",
        "security code",
    )
)


def has_card_cue(utterance: Utterance) -> bool:
    """Whether the utterance asks for, or announces, a card number."""
    spoken = tokens([word.text for word in spoken_words(utterance)], utterance.language)
    forms = [_form(token) for token in spoken]
    return any(_stands_in(cue, forms) for cue in _CUES)


def _form(token: Token) -> str:
    return "le" if token.form == "la" else token.form


def _stands_in(cue: Sequence[str], forms: Sequence[str]) -> bool:
    width = len(cue)
    return any(tuple(forms[index : index + width]) == tuple(cue) for index in range(len(forms) - width + 1))
