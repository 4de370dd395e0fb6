"""Made-up numbers and addresses, each as parts between which a speaker may pause. Nobody's.

`what` draws the number, `rng` how it is said: who repeats a number says it in another way.
"""

import random
from collections.abc import Callable, Mapping

from stdnum import luhn

from bench.redacting.spoken_numbers import digit_by_digit, english, french, group_in_words, said

PREFIXES = (("4", 16), ("51", 16), ("53", 16), ("2221", 16), ("37", 15), ("36", 14), ("6011", 16), ("4", 16))
FR_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
EN_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
FIRST = ["jean", "marie", "luc", "sophie", "paul", "claire", "marc", "julie", "anna", "peter", "john", "lisa"]
LAST = ["dupont", "martin", "tremblay", "gagnon", "smith", "brown", "leroy", "petit", "cote", "wilson"]
DOMAINS = ("gmail.com", "hotmail.fr", "orange.fr", "videotron.ca", "outlook.com", "yahoo.ca", "free.fr", "exemple.com")

Parts = list[str]


def digits(count: int, rng: random.Random) -> str:
    """So many digits, the first not 0."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


def card_number(rng: random.Random) -> str:
    """As a brand would issue it."""
    prefix, length = rng.choice(PREFIXES)
    body = prefix + "".join(str(rng.randint(0, 9)) for _ in range(length - len(prefix) - 1))
    return body + str(luhn.calc_check_digit(body))


def card(number: str, language: str, rng: random.Random) -> Parts:
    """A card number; one in twelve has a digit that was misheard, or left out."""
    if rng.random() < 1 / 12:
        at = rng.randrange(2, len(number))
        number = number[:at] + rng.choice(("", str(rng.randint(0, 9)))) + number[at + 1 :]
    return said(number, language, rng)


def cvv(language: str, what: random.Random, rng: random.Random) -> Parts:
    """Three digits, now and then four."""
    code = "".join(str(what.randint(0, 9)) for _ in range(4 if what.random() < 0.12 else 3))
    way = rng.choice(("written", "spaced", "hyphens", "words", "words", "number", "split"))
    if way == "written":
        return [code]
    if way == "spaced":
        return list(code)
    if way == "hyphens":
        return ["-".join(code)]
    if way == "words":
        return digit_by_digit(code, language, rng)
    if way == "number" and len(code) == 3:
        return [group_in_words(code, language, rng)]
    return [group_in_words(code[:-2], language, rng), group_in_words(code[-2:], language, rng)]


def expiry(language: str, what: random.Random, rng: random.Random) -> Parts:
    """A month and a year to come."""
    month, year = what.randint(1, 12), what.randint(26, 34)
    name = (FR_MONTHS if language == "fr" else EN_MONTHS)[month - 1]
    in_words = french if language == "fr" else english
    ways: tuple[Parts, ...] = (
        [f"{month:02}/{year}"],
        [f"{month:02}", str(year)],
        [f"{month:02}{year}"],
        [f"{month:02}/20{year}"],
        [name, f"20{year}"],
        [name, str(year)],
        [name, in_words(year)],
        [name, in_words(2000 + year)],
        [group_in_words(f"{month:02}", language, rng), in_words(year)],
    )
    return rng.choice(ways)


def iban(language: str, what: random.Random, rng: random.Random) -> Parts:
    """Of France, Belgium or Germany, with right check digits."""
    country, length = what.choice((("FR", 23), ("FR", 23), ("BE", 12), ("DE", 18)))
    body = "".join(str(what.randint(0, 9)) for _ in range(length))
    letters = "".join(str(ord(letter) - 55) for letter in country)
    check = f"{98 - int(body + letters + '00') % 97:02}"
    way = rng.choice(("compact", "fours", "letters", "letters"))
    if way == "compact":
        return [country + check + body]
    whole = country + check + body
    if way == "fours":
        return [whole[at : at + 4] for at in range(0, len(whole), 4)]
    return [rng.choice((country, f"{country[0]} {country[1]}")), *said(check + body, language, rng, IBAN_WAYS)]


IBAN_WAYS = ("fours", "pairs", "words", "pairs in words", "mixed")


def phone(language: str, what: random.Random, rng: random.Random) -> Parts:
    """A French number, or a North American one."""
    if language == "fr" and what.random() < 0.6:
        return _french_phone(what, rng)
    area = what.choice(("514", "438", "418", "416", "212", "646"))
    number = area + str(what.randint(2, 9)) + "".join(str(what.randint(0, 9)) for _ in range(6))
    groups = [number[:3], number[3:6], number[6:]]
    way = rng.choice(("hyphens", "brackets", "spaces", "compact", "words", "words", "groups"))
    if way == "words":
        return digit_by_digit(number, language, rng)
    if way == "groups":
        return [" ".join(digit_by_digit(groups[0], language, rng)), groups[1], groups[2]]
    written = {"hyphens": "-".join(groups), "brackets": f"({area}) {groups[1]}-{groups[2]}", "compact": number}
    return groups if way == "spaces" else [written[way]]


def _french_phone(what: random.Random, rng: random.Random) -> Parts:
    number = what.choice(("06", "07", "01", "04", "09")) + "".join(str(what.randint(0, 9)) for _ in range(8))
    if rng.random() < 0.15:
        return [f"+33 {number[1]}", *(number[at : at + 2] for at in range(2, 10, 2))]
    return said(number, "fr", rng, ("pairs", "compact", "pairs in words", "pairs in words", "mixed", "words"))


def email(language: str, what: random.Random, rng: random.Random) -> Parts:
    """Written, or spelled out."""
    first, last, domain = what.choice(FIRST), what.choice(LAST), what.choice(DOMAINS)
    point, hyphen = ("point", "tiret") if language == "fr" else ("dot", "dash")
    sign = rng.choice(("arobase", "arobase", "arobas", "arrobas", "at") if language == "fr" else ("at",))
    host, ending = domain.split(".")
    joint = what.choice((f" {point} ", f" {hyphen} ", "", f" {point} ", " underscore "))
    number = what.choice(("", "", " 75", " 12"))
    ways: tuple[Parts, ...] = (
        [f"{first}.{last}@{domain}"],
        [f"{first}{joint}{last}{number}", sign, f"{host} {point} {ending}"],
        [f"{first}{joint}{last}{number}", sign, f"{host} {point} {ending}"],
        [" ".join(first), f"{point} {last}", sign, f"{host} {point} {ending}"],
        [f"{first}.{last}", sign, domain],
    )
    return rng.choice(ways)


def order(language: str, rng: random.Random) -> Parts:
    """Six to nine digits, or letters and digits."""
    number = digits(rng.randint(5, 9), rng)
    return rng.choice(([number], [f"{rng.choice('ABCDE')}{number}"], said(number, language, rng, ("words", "pairs"))))


def price(language: str, rng: random.Random) -> Parts:
    """With its currency."""
    whole, cents = rng.choice((rng.randint(5, 99), rng.randint(100, 999), rng.randint(1000, 4999))), rng.randint(10, 99)
    if language == "fr":
        ways = (f"{whole} euros", f"{whole},{cents} euros", f"{french(whole)} euros {cents}", f"{whole} dollars")
    else:
        ways = (f"${whole}", f"${whole}.{cents}", f"{english(whole)} dollars", f"{whole} pounds {cents}")
    return [rng.choice(ways)]


def date(language: str, rng: random.Random) -> Parts:
    """Day, month, and now and then the year."""
    day, month, year = rng.randint(2, 28), rng.randrange(12), rng.randint(2023, 2027)
    if language == "fr":
        return [rng.choice((f"{day} {FR_MONTHS[month]}", f"{french(day)} {FR_MONTHS[month]} {year}"))]
    return [rng.choice((f"{EN_MONTHS[month]} {day}", f"{EN_MONTHS[month]} {day}, {year}"))]


def birth(language: str, rng: random.Random) -> Parts:
    """A date of birth in figures or words."""
    day, month, year = rng.randint(1, 28), rng.randrange(12), rng.randint(1950, 2003)
    if language == "fr":
        return [rng.choice((f"{day} {FR_MONTHS[month]} {year}", f"{day:02}/{month + 1:02}/{year}"))]
    return [rng.choice((f"{EN_MONTHS[month]} {day}, {year}", f"{month + 1:02}/{day:02}/{year}"))]


def postcode(language: str, rng: random.Random) -> Parts:
    """Of France, Quebec or the United States."""
    canadian = f"{rng.choice('GHJK')}{rng.randint(1, 9)}{rng.choice('ABCE')} {rng.randint(1, 9)}{rng.choice('XYZ')}2"
    five = f"{rng.randint(10, 95)}{rng.randint(0, 999):03}"
    return [rng.choice((canadian, five))] if language == "fr" else [rng.choice((canadian, five))]


def hour(language: str, rng: random.Random) -> Parts:
    """An hour of the day."""
    at, minutes = rng.randint(8, 19), rng.choice((15, 30, 45))
    if language == "fr":
        return [rng.choice((f"{at}h", f"{at}h{minutes}", f"{french(at)} heures {minutes}", f"{at} heures"))]
    return [rng.choice((f"{(at - 1) % 12 + 1} pm", f"{at}:{minutes}", f"{english((at - 1) % 12 + 1)} thirty"))]


def quantity(language: str, rng: random.Random) -> Parts:
    """How many."""
    count = rng.choice((rng.randint(2, 20), rng.randint(20, 500)))
    return [rng.choice((str(count), french(count) if language == "fr" else english(count)))]


def year(_language: str, rng: random.Random) -> Parts:
    """A year gone by."""
    return [str(rng.randint(1995, 2025))]


OTHERS: Mapping[str, Callable[[str, random.Random], Parts]] = {
    "order": order,
    "price": price,
    "date": date,
    "birth": birth,
    "zip": postcode,
    "hour": hour,
    "quantity": quantity,
    "year": year,
}
SENSITIVE: Mapping[str, Callable[[str, random.Random, random.Random], Parts]] = {
    "cvv": cvv,
    "expiry": expiry,
    "iban": iban,
    "phone": phone,
    "email": email,
}
