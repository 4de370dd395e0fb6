"""Forms of one word share a stem; other words keep theirs."""

import pytest

from keywords.forms.inflection import stem_of
from keywords.normal import plain
from streams.records import Language


def _stems(words: str, language: Language) -> set[str]:
    return {stem_of(plain(word), language) for word in words.split()}


@pytest.mark.parametrize(
    "forms",
    [
        "résilier résilie résilies résilié résiliée résiliez résilions résilient résiliait résilierai résilierais "
        "résilierons résiliant",
        "annuler annule annulé annulez annulerai annulerait annulaient",
        "rembourser rembourse remboursez remboursé remboursés rembourserez remboursaient",
        "appeler appelle appelez appellerai",
        "plaindre plains plaint plaignez plaindrai",
        "prendre prends prenez pris prendrai prendrait",
        "mettre mets mettez mettrai",
        "promettre promets promis promettrai",
        "rompre romps rompu romprai",
        "vendre vends vendez vendu vendrai",
        "saisir saisis saisissez saisirai saisissent",
        "changer change changeons changeait changera",
        "voleur voleurs voleuse",
        "tribunal tribunaux",
        "abusif abusive abusives",
        "envoyer envoie envoyez enverrai",
        "payer paie payez paierai",
    ],
)
def test_french_forms_of_one_word_share_a_stem(forms: str) -> None:
    assert len(_stems(forms, Language.FR)) == 1


@pytest.mark.parametrize(
    "forms",
    [
        "refund refunds refunded refunding",
        "cancel cancels cancelled canceled cancelling canceling",
        "charge charges charged charging",
        "complain complains complained complaining",
        "pay pays paid paying",
        "leave leaves left leaving",
        "stop stops stopped stopping",
        "company companies",
        "reimburse reimbursed reimbursing",
    ],
)
def test_english_forms_of_one_word_share_a_stem(forms: str) -> None:
    assert len(_stems(forms, Language.EN)) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.FR, "résilier résiliation résidence résister"),
        (Language.FR, "pension penser"),
        (Language.FR, "action acte"),
        (Language.FR, "maison mais"),
        (Language.FR, "client clé"),
        (Language.FR, "avocat avoir"),
        (Language.EN, "complain complaint"),
        (Language.EN, "evening even"),
        (Language.EN, "cancel cancer"),
        (Language.EN, "sue sued"),  # too short: "Sue" is a name
        (Language.EN, "thing think"),
    ],
)
def test_other_words_keep_their_own_stem(language: Language, words: str) -> None:
    assert len(_stems(words, language)) == len(words.split())
