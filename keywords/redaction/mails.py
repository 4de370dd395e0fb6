"""E-mail addresses, written or spoken: "jean point dupont arobase gmail point com". Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from keywords.normal import plain
from keywords.redaction.digits import Place
from keywords.words import word_set

Said = tuple[Place, str]
"""A word as recognised, and where."""

MAX_LOCAL_WORDS = 14
MAX_DOMAIN_WORDS = 8
MAX_NAME_WORDS = 5
"""So short an answer may be the beginning of an address."""
MAX_FREE_WORDS = 1
"""Of a name, so many words may stand beside each other without "point" or "tiret"."""
_LETTER_WORDS = word_set("a i y o à ô")
"""Single letters that are mostly words."""
_WRITTEN = re.compile(
    r"\w+[._]\w+|\w+-(?!(?:moi|toi|lui|leur|nous|vous|le|la|les|en|y|je|tu|ils?|elles?|on|ce|t|ci|la|dessus|dire|meme)\b)\w+"
)
"""A name as an address writes it: "jean-marie", but not "rappelez-moi"."""
_AT = re.compile(r"l?ar+[oe]+w?b+a+[sz]+[esz]*|@")
_WORDS = word_set("at chez")
"""Said for the sign, and mostly for something else."""
_DOTS = word_set("point dot . poin points")
_JOINTS = _DOTS | word_set("tiret tirets dash hyphen underscore souligne moins minus trait bas haut under score slash")
_ENDINGS = word_set(
    "com fr ca net org eu be ch uk co us info io biz qc edu gouv gov lu de es it pro me tv comme come combe"
)
_WRITTEN_ENDING = re.compile(r".*\.(?:com|fr|ca|net|org|eu|be|ch|uk|us|info|io|biz|edu|gouv|gov|lu|de|es|it|pro|me|tv)")
_PROVIDERS = re.compile(
    r"g-?mails?|jimail|hotmails?|outlooks?|yahoo|orange|wanadoo|free|sfr|laposte|videotron|icloud|bell|live|aol|proton"
    r"|protonmail|msn|sympatico|rogers|telus|bbox|gmx"
)
_NOT_LOCAL = word_set(
    "e-mail est mon ma le la les adresse mail email courriel my is it the address to on at and et ou or alors donc oui "
    "yes yeah sure ok okay bien d accord euh um uh so well then alright please right send envoyez ecrivez write "
    "ecrivez-moi envoyez-moi me moi "
    "sur voila c'est it's l'adresse un une an votre your vous you je j'ai looking laughing stay look good come came "
    "arrive be was meet us we"
)


def mail_places(words: Sequence[Said], *, asked: bool, goes_on: bool = False) -> frozenset[Place]:
    """The words that are part of an address. `asked`: one was asked for; `goes_on`: what follows is not known yet."""
    forms = [_form(text) for _, text in words]
    places: set[Place] = set()
    for first, last in _signs(forms):
        sure = forms[first] not in _WORDS
        stop = _domain_stop(forms, last + 1, sure=sure, goes_on=goes_on)
        start = first if re.search(r"\w@", forms[first]) else _local_start(forms, first)
        if stop is not None and (sure or asked or _is_mail(forms[start:first], forms[first], forms[last + 1 : stop])):
            places.update(place for place, _ in words[start:stop])
    if asked and goes_on:
        places |= _beginnings(words, forms)
    return frozenset(places)


def _is_mail(local: Sequence[str], sign: str, domain: Sequence[str]) -> bool:
    """ "at" is mostly just a word: "look at example.com"; "chez" always is, unless an address was asked for."""
    if sign != "at":
        return False
    spelt = any(form in _JOINTS or len(form) == 1 or re.search(r"[\d._-]", form) for form in local)
    return bool(local) and (spelt or _PROVIDERS.match(domain[0]) is not None)


def is_open(words: Sequence[Said], *, asked: bool, due: bool) -> bool:
    """Whether an address begins in these words and its end has not been said.

    `asked`: one was asked for or spoken of lately; `due`: this is where its answer begins, if it is one.
    """
    forms = [_form(text) for _, text in words]
    if any(sign == last for sign, last in _signs(forms)) and _ends(forms):
        return False
    signs = [last for first, last in _signs(forms) if forms[first] not in _WORDS or asked]
    if signs and _domain_stop(forms, signs[-1] + 1, sure=False, goes_on=False) is None:
        return len(forms) - signs[-1] <= MAX_DOMAIN_WORDS
    name = sum(form not in _NOT_LOCAL for form in forms)
    if due and not signs and name and len(forms) <= MAX_NAME_WORDS:
        return True
    return asked and not signs and _is_spelt(forms[-4:])


def _is_spelt(forms: Sequence[str]) -> bool:
    """Whether a "point" or "tiret" is said here, or a letter that is no word."""
    letters = [len(form) == 1 and form.isalpha() for form in forms]
    return any(
        form in _JOINTS
        or (len(form) == 1 and form.isdecimal())
        or _WRITTEN.fullmatch(form) is not None
        or (letter and (form not in _LETTER_WORDS or next_letter))
        for form, letter, next_letter in zip(forms, letters, [*letters[1:], False], strict=True)
    )


def _beginnings(words: Sequence[Said], forms: Sequence[str]) -> set[Place]:
    """What stands around a "point" or "tiret" may be the beginning of an address."""
    joints = [at for at, form in enumerate(forms) if form in _JOINTS]
    return {words[at][0] for joint in joints for at in range(max(0, joint - 2), min(len(words), joint + 3))}


def _signs(forms: Sequence[str]) -> list[tuple[int, int]]:
    """First and last word of everything that may be the sign between name and domain."""
    single = [(at, at) for at, form in enumerate(forms) if "@" in form or _AT.fullmatch(form) or form in _WORDS]
    double = [
        (at, at + 1)
        for at, pair in enumerate(pairwise(forms))
        if _AT.fullmatch("".join(pair).replace("'", "")) or pair in (("at", "sign"), ("a", "commercial"))
    ]
    return sorted({*single, *double})


def _domain_stop(forms: Sequence[str], start: int, *, sure: bool, goes_on: bool) -> int | None:
    """Behind the last word of the domain; none where no domain follows."""
    if re.search(r"@\w", forms[start - 1]) and _WRITTEN_ENDING.fullmatch(forms[start - 1]):
        return start
    stop: int | None = None
    limit = min(len(forms), start + MAX_DOMAIN_WORDS)
    at = start
    while at < limit:
        width = _ending_width(forms, at)
        if stop is not None and not width:
            break
        if width:
            stop = at + width
        at += max(1, width)
    if stop is not None:
        return stop
    if start < len(forms) and _PROVIDERS.fullmatch(forms[start]):
        return start + 1
    if not sure:
        return None
    return limit if goes_on or len(forms) - start <= 3 else start + 1


def _ending_width(forms: Sequence[str], at: int) -> int:
    """How many words from here on are "point com", ".com", "point c a" or "gmail.com"."""
    if _WRITTEN_ENDING.fullmatch(forms[at]) or forms[at] in ("pointcom", "dotcom", "poincom"):
        return 1
    if forms[at] in _DOTS:
        for width in (1, 2, 3):
            letters = forms[at + 1 : at + 1 + width]
            if "".join(letters) in _ENDINGS and (width == 1 or all(len(letter) == 1 for letter in letters)):
                return 1 + width
    return 0


def _local_start(forms: Sequence[str], sign: int) -> int:
    """Where the name before the sign begins."""
    start, free = sign, 0
    while start > 0 and sign - start < MAX_LOCAL_WORDS and forms[start - 1] not in _NOT_LOCAL:
        form = forms[start - 1]
        part = start == sign or form in _JOINTS or len(form) == 1 or forms[start] in _JOINTS or form.isdigit()
        free += not part
        if free > MAX_FREE_WORDS:
            break
        start -= 1
    return start


def _ends(forms: Sequence[str]) -> bool:
    return any(_ending_width(forms, at) and at + _ending_width(forms, at) >= len(forms) - 2 for at in range(len(forms)))


def _form(text: str) -> str:
    return plain(text).strip(' ,;:!?"()«»…').rstrip(".") or ("." if text.strip() == "." else "")
