"""Security codes, expiry dates, accounts, telephone numbers and e-mail addresses: masked when said, and only then."""

import re
from dataclasses import replace

import pytest

from keywords.records import RedactionKind
from keywords.redaction.guesses import hide_numbers
from keywords.redaction.screen import HOLD_S, NEVER_KEPT, RedactionScreen
from streams.records import Language
from tests.keywords.builders import an_utterance
from tests.keywords.screening import exchange, screen_all, shown, texts_of

EN, FR = Language.EN, Language.FR
CARD = "4970 1012 3456 7893"


@pytest.mark.parametrize(
    ("question", "answer", "expected", "language"),
    [
        ("and the security code", "123", "[cvv]", EN),
        ("the three digits on the back please", "that's one two three", "that's [cvv]", EN),
        ("and the CVV?", "double four five", "[cvv]", EN),
        ("the CVC please", "it's 1, 2, 3", "it's [cvv]", EN),
        ("what's the code on the back", "let me turn it over, oh nine one", "let me turn it over, [cvv]", EN),
        ("and the security code", "for five six", "[cvv]", EN),
        ("et le cryptogramme", "cent vingt-trois", "[cvv]", FR),
        ("et le crypto gramme", "zéro quatre-vingt-douze", "[cvv]", FR),
        ("les trois chiffres au dos de votre carte", "c'est le 4 5 6", "c'est le [cvv]", FR),
        ("le code de sécurité s'il vous plaît", "un deux trois", "[cvv]", FR),
    ],
)
def test_a_security_code_is_known_by_the_question(
    question: str, answer: str, expected: str, language: Language
) -> None:
    assert shown([question, answer], language) == [question, expected]


@pytest.mark.parametrize(
    ("question", "answer", "masked", "language"),
    [
        ("Et le code ?", "1 2 3.", "[cvv].", FR),
        ("Merci.", "et le code c'est cent vingt-trois", "et le code c'est [cvv]", FR),
        ("and the code?", "it's one two three", "it's [cvv]", EN),
        ("thank you", "my PIN is nine eight six two", "my PIN is [cvv]", EN),
        ("and the CID?", "nine eight six two", "[cvv]", EN),
        ("Vous recevez un code par SMS.", "oui, 458 712", "oui, [cvv]", FR),
    ],
)
def test_after_a_card_number_any_code_is_that_of_the_card(
    question: str, answer: str, masked: str, language: Language
) -> None:
    lines = ["numéro de carte", CARD, question, answer]

    assert shown(lines, language)[-1] == masked


def test_a_code_in_one_breath_with_the_card_number_nobody_asked_for_is_masked() -> None:
    assert shown(["bonjour", f"voilà {CARD} et le code 123"], FR)[-1] == "voilà [card] et le code [cvv]"


@pytest.mark.parametrize(
    "lines",
    [
        ["le code affiché", "c'est 778"],
        ["numéro de carte", CARD, "et votre numéro de commande ?", "445566", "et le code ?", "778"],
        ["numéro de carte", CARD, "et votre code postal ?", "75012"],
    ],
)
def test_other_codes_are_left_as_they_are(lines: list[str]) -> None:
    assert shown(lines, FR)[-1] == lines[-1]


@pytest.mark.parametrize(
    "lines",
    [
        ["numéro de carte", CARD, "merci", "expire en 04 27 et le cryptogramme 123"],
        ["la date de la carte et le cryptogramme", "04 27", "oui", "et donc 123"],
        ["la date d'expiration et le cryptogramme", "zéro quatre vingt-sept", "oui", "cent vingt-trois"],
    ],
)
def test_a_code_taken_for_another_number_is_masked_where_that_kind_is_left_in(lines: list[str]) -> None:
    """Of two numbers that were asked for at once nobody knows which is which."""
    masked = screen_all(exchange(lines, FR), NEVER_KEPT)

    assert not re.search("123|cent vingt-trois", " ".join(texts_of(masked)))
    assert [one.kind for one in masked[-1].redactions][-1] is RedactionKind.CVV


def test_a_date_nobody_asked_a_code_with_is_left_in_where_dates_are() -> None:
    lines = ["numéro de carte", CARD, "la date d'expiration ?", "04 27"]

    assert texts_of(screen_all(exchange(lines, FR), NEVER_KEPT))[-1] == "04 27"


def test_a_card_number_behind_a_word_that_names_a_country_too_is_no_account() -> None:
    """ "lu" is Luxembourg's, and French for "read": where accounts are left in, the card would be."""
    masked = screen_all(exchange([f"elle a lu {CARD} à voix haute"], FR), NEVER_KEPT)

    assert texts_of(masked) == ["elle a lu [card] à voix haute"]


def test_the_agent_who_repeats_a_security_code_is_masked_too() -> None:
    lines = ["and the security code", "one two three", "one two three, thank you"]

    assert shown(lines, EN)[2] == "[cvv] thank you"


def test_a_security_code_may_be_announced_or_explained_afterwards() -> None:
    assert shown(["go ahead", "my security code is 123"], EN)[1] == "my security code is [cvv]"
    assert shown(["allez-y", "123 c'est le cryptogramme"], FR)[1] == "[cvv] c'est le cryptogramme"


def test_a_question_that_arrives_after_its_answer_still_counts() -> None:
    """The answer is short and is recognised first: it waits until the other side is known up to there."""
    question, answer = exchange(["and the security code please", "123"], EN)
    screen = RedactionScreen()

    assert screen.feed(answer) == ()
    assert screen.advance(answer.end_s + 0.1, (answer.end_s + 0.1, question.start_s)) == ()
    assert texts_of(screen.feed(question)) == ["and the security code please"]
    assert texts_of(screen.advance(answer.end_s + 0.6, (answer.end_s + 0.6, answer.end_s + 0.6))) == ["[cvv]"]


def test_a_security_code_over_several_utterances_is_masked() -> None:
    lines = ["the security code", "one", "yes", "two three"]

    assert shown(lines, EN) == ["the security code", "[cvv]", "yes", "[cvv]"]


@pytest.mark.parametrize(
    ("answer", "expected", "language"),
    [
        ("04/27", "[expiry]", EN),
        ("it's zero four twenty-seven", "it's [expiry]", EN),
        ("april 2027", "[expiry]", EN),
        ("zéro quatre vingt-sept", "[expiry]", FR),
        ("avril deux mille vingt-sept", "[expiry]", FR),
        ("c'est 0427", "c'est [expiry]", FR),
    ],
)
def test_an_expiry_date_is_masked_where_a_card_is_spoken_of(answer: str, expected: str, language: Language) -> None:
    question = "numéro de carte et date d'expiration" if language is FR else "card number and expiry date"

    assert shown([question, answer], language)[1] == expected


def test_an_expiry_date_without_a_card_is_a_date() -> None:
    assert shown(["quelle est la date d'expiration de l'offre", "mai 2027"], FR)[1] == "mai 2027"


def test_a_card_with_its_date_and_code_in_one_breath_leaves_nothing() -> None:
    (text,) = shown(["card is 4970 1012 3456 7893 04 27 123"], EN)

    assert not any(char.isdigit() for char in text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("FR76 3000 6000 0112 3456 7890 189", FR),
        ("FR7630006000011234567890189", FR),
        (
            "F R soixante-seize trente mille six zéro zéro zéro un douze trente-quatre cinquante-six soixante-dix-huit",
            FR,
        ),
        ("BE68 5390 0754 7034", EN),
        ("L U 28 0019 4006 4475 0000", FR),
        ("LU28 0019 4006 4475 0000", FR),
        ("G B twenty-nine NWBK 6016 1331 9268 19", EN),
        ("GB29 NWBK 6016 1331 9268 19", EN),
        ("NL91 ABNA 0417 1643 00", FR),
    ],
)
def test_an_account_number_is_known_by_its_form(text: str, language: Language) -> None:
    assert shown([text], language) == ["[iban]"]


def test_an_account_number_over_several_utterances_is_masked() -> None:
    lines = ["quel est votre IBAN", "FR76 3000", "3000", "6000 0112", "oui", "3456 7890 189"]

    assert shown(lines, FR) == ["quel est votre IBAN", "[iban]", "[iban]", "[iban]", "oui", "[iban]"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("06 12 34 56 78", FR),
        ("06.12.34.56.78", FR),
        ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", FR),
        ("zéro sept soixante-quinze quatre-vingt-douze onze zéro trois", FR),
        ("+33 6 12 34 56 78", FR),
        ("514-555-0199", FR),
        ("cinq un quatre, cinq cinq cinq, zéro un neuf neuf", FR),
        ("(514) 555-0199", EN),
        ("5145550199", EN),
        ("five one four triple five oh one double nine", EN),
        ("4162374244", EN),
        ("four one six seven four two one oh and eight seven", EN),
    ],
)
def test_a_telephone_number_is_known_by_its_form(text: str, language: Language) -> None:
    assert shown([text], language) == ["[phone]"]


@pytest.mark.parametrize(
    ("text", "expected", "language"),
    [
        ("c'est jean point dupont arobase gmail point com merci", "c'est [email] merci", FR),
        ("c'est jean tiret dupont arrobas orange point fr", "c'est [email]", FR),
        ("jean.dupont@gmail.com", "[email]", FR),
        ("m a r i e point petit 75 arobase videotron point c a", "[email]", FR),
        ("it's john dot smith at outlook dot com thanks", "it's [email] thanks", EN),
        ("it's john underscore smith at example dot co dot uk", "it's [email]", EN),
        ("send it to john.smith at gmail.com please", "send it to [email] please", EN),
    ],
)
def test_an_address_is_masked_as_it_is_said(text: str, expected: str, language: Language) -> None:
    assert shown([text], language) == [expected]


def test_an_address_over_several_utterances_is_masked() -> None:
    lines = ["votre adresse mail", "jean point dupont", "oui", "arobase gmail point com"]

    assert shown(lines, FR) == ["votre adresse mail", "[email]", "oui", "[email]"]


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (["your order number", "4512367"], EN),
        (["your order number please", "it's 4512367890"], EN),
        (["votre code postal", "75012"], FR),
        (["we're open from 9 to 17 30", "and on saturday from 10 to 12"], EN),
        (["ça fait 125 euros 50", "d'accord 125 euros"], FR),
        (["je vous écoute", "j'ai payé par carte bancaire le 15 mars 2024"], FR),
        (["hello", "look at example.com or at the shop in 2019"], EN),
        (["your date of birth", "04/12/1985"], EN),
        (["can I have your card number", "one moment"], EN),
        (["votre numéro de carte", "j'ai été débité de 120 euros"], FR),
        (["the security code on your card has three digits", "okay"], EN),
        (["your card number please", "first my order number is 4512"], EN),
        (["siret", "732 829 320 00074"], FR),
    ],
)
def test_other_numbers_stay(lines: list[str], language: Language) -> None:
    assert shown(lines, language) == lines


def test_a_plain_answer_does_not_wait_long_for_a_question() -> None:
    """Three digits on their own wait until the other side is known; the next tick releases them."""
    screen = RedactionScreen()
    answer = an_utterance("room 312")
    assert screen.feed(answer) == ()

    assert texts_of(screen.advance(answer.end_s + 0.5)) == ["room 312"]


def test_after_a_telephone_number_that_was_asked_for_nothing_waits() -> None:
    question, answer = exchange(["what's your phone number", "514 555 0199"], EN)
    screen = RedactionScreen()
    screen.feed(question)

    assert texts_of(screen.feed(answer)) == ["[phone]"]


def test_few_digits_wait_where_a_number_was_asked_for() -> None:
    question, answer = exchange(["what's your card number", "49"], EN)
    screen = RedactionScreen()
    screen.feed(question)

    assert screen.feed(answer) == ()
    assert screen.advance(answer.end_s + HOLD_S - 0.1) == ()
    assert len(screen.advance(answer.end_s + HOLD_S)) == 1


def test_telephone_numbers_and_addresses_may_be_left_in() -> None:
    screen = RedactionScreen(frozenset(RedactionKind) - {RedactionKind.PHONE, RedactionKind.EMAIL})
    said = [an_utterance("my number is 514-555-0199"), an_utterance("jo@example.com", start_s=9.0)]

    out = [*screen.feed(said[0]), *screen.feed(said[1]), *screen.finish()]

    assert texts_of(out) == ["my number is 514-555-0199", "jo@example.com"]
    assert all(one.redactions == () for one in out)


@pytest.mark.parametrize("kind", [RedactionKind.CARD, RedactionKind.CVV])
def test_card_numbers_and_codes_are_always_masked(kind: RedactionKind) -> None:
    with pytest.raises(ValueError, match="always masked"):
        RedactionScreen(frozenset(RedactionKind) - {kind})


@pytest.mark.parametrize("kind", sorted(set(RedactionKind) - {RedactionKind.KEYPAD}))
def test_every_kind_has_its_seconds_silenced(kind: RedactionKind) -> None:
    lines = {
        RedactionKind.CARD: ["card number", "4970 1012 3456 7893"],
        RedactionKind.CVV: ["and the CVV", "923"],
        RedactionKind.EXPIRY: ["card number and expiry date", "04/27"],
        RedactionKind.IBAN: ["IBAN", "FR76 3000 6000 0112 3456 7890 189"],
        RedactionKind.PHONE: ["phone", "06 12 34 56 78"],
        RedactionKind.EMAIL: ["mail", "jean point dupont arobase gmail point com"],
    }[kind]
    turns = exchange(lines, FR)
    (out,) = [one for one in screen_all(turns) if one.utterance.utterance_id == turns[-1].utterance_id]

    assert [redaction.kind for redaction in out.redactions] == [kind]
    assert out.redactions[0].start_s <= turns[-1].start_s
    assert out.redactions[0].end_s >= turns[-1].end_s


def test_a_guess_at_an_answer_shows_no_digit() -> None:
    """The coach reads guesses while the customer still speaks."""
    question, answer = exchange(["and the security code", "it's 12"], EN)
    screen = RedactionScreen()
    screen.feed(question)

    assert screen.partial(replace(answer, final=False)).text == "it's […]"


def test_a_guess_at_the_question_already_counts() -> None:
    question, answer = exchange(["and the security code", "123"], EN)
    screen = RedactionScreen()
    screen.partial(replace(question, final=False))

    assert texts_of(screen.feed(answer)) == ["[cvv]"]


def test_an_address_in_a_guess_is_hidden_as_far_as_it_goes() -> None:
    assert hide_numbers(an_utterance("jean point dupont arobase gmail", FR, final=False)).text == "[…]"


def test_an_answer_that_was_hardly_understood_is_masked_whole() -> None:
    """The digits may be in its sound although they are not in its text."""
    question, answer = exchange(["et le cryptogramme", "le vent est sans que"], FR)

    out = screen_all([question, replace(answer, confidence=0.4)])

    assert texts_of(out) == ["et le cryptogramme", "[cvv]"]
    assert texts_of(screen_all([question, answer])) == ["et le cryptogramme", "le vent est sans que"]


def test_an_address_that_is_announced_may_be_said_in_two_breaths() -> None:
    assert shown(["okay", "write me at clear dot gagnon.", "yes", "at example.com."], EN)[1::2] == [
        "write me [email].",
        "[email].",
    ]


def test_chez_is_the_sign_only_where_an_address_was_asked_for() -> None:
    assert shown(["votre adresse mail", "marie.petit chez gmail point com"], FR)[1] == "[email]"
    assert shown(["bonjour", "je suis chez orange point com"], FR)[1] == "je suis chez orange point com"
