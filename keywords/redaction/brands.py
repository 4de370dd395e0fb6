"""What makes digits a payment card number. The only file that imports stdnum."""

from collections.abc import Sequence

from stdnum import luhn

MIN_DIGITS = 13
MAX_DIGITS = 19
SIRET_DIGITS = 14
"""French company numbers have so many digits and pass Luhn too: without a brand it is no card."""

_SIXTEEN_UP = range(16, 20)
_BRANDS: Sequence[tuple[range, Sequence[int]]] = (
    # leading digits, lengths
    (range(4, 5), (13, 16, 19)),  # Visa
    (range(51, 56), (16,)),  # Mastercard
    (range(2221, 2721), (16,)),
    (range(34, 35), (15,)),  # American Express
    (range(37, 38), (15,)),
    (range(300, 306), (14,)),  # Diners Club
    (range(309, 310), (14,)),
    (range(36, 37), (14,)),
    (range(38, 40), (14,)),
    (range(6011, 6012), _SIXTEEN_UP),  # Discover
    (range(644, 650), _SIXTEEN_UP),
    (range(65, 66), _SIXTEEN_UP),
    (range(62, 63), _SIXTEEN_UP),  # UnionPay
    (range(3528, 3590), _SIXTEEN_UP),  # JCB
    (range(5018, 5019), range(13, 20)),  # Maestro
    (range(5020, 5021), range(13, 20)),
    (range(5038, 5039), range(13, 20)),
    (range(5893, 5894), range(13, 20)),
    (range(6304, 6305), range(13, 20)),
    (range(6759, 6760), range(13, 20)),
    (range(6761, 6764), range(13, 20)),
)


def luhn_shares() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What each digit adds to the Luhn sum at an even and at an odd place from the right."""
    even = tuple(luhn.checksum(str(digit)) for digit in range(10))
    odd = tuple(luhn.checksum(f"{digit}0") for digit in range(10))
    return even, odd


def is_branded(digits: str) -> bool:
    """Whether a brand issues numbers that begin and are as long as this."""
    return any(
        len(digits) in lengths and int(digits[: len(str(leading.start))]) in leading for leading, lengths in _BRANDS
    )


def card_length(digits: str) -> int:
    """How many digits a card number that begins so has nearly always."""
    if digits[:2] in ("34", "37"):
        return 15
    return 14 if digits[:2] in ("30", "36", "38", "39") else 16


def is_card(digits: str) -> bool:
    """Whether digits that stand alone are a card number: 13 to 19, Luhn holds, and no company number."""
    if not MIN_DIGITS <= len(digits) <= MAX_DIGITS or digits.startswith("0") or not luhn.is_valid(digits):
        return False
    return len(digits) != SIRET_DIGITS or is_branded(digits)
