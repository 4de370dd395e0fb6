"""No name, address of mail or number of an order becomes a term, however a customer comes to say it."""

import pytest

from keywords.normal import plain
from qa_monitor.themes.family_names import FAMILY_NAMES, MORE_FIRST_NAMES
from qa_monitor.themes.records import Said
from qa_monitor.themes.terms import terms_of
from qa_monitor.themes.word_lists import FIRST_NAMES
from streams.records import Language

FR, EN = Language.FR, Language.EN
PEOPLE = {
    FR: (
        "Mathis Lefebvre, Inès Dubois, Léa Moreau, Noé Fontaine, Jade Boulanger, Louna Marchand, Enzo Petit, "
        "Maëlys Roux, Timéo Blanc, Aïcha Legrand, Mamadou Garnier, Ousmane Faure, Khadija Rousseau, Yanis Chevalier, "
        "Rayan Lemoine, Bérénice Delacroix, Gwendoline Benali, Aurore Traoré, Clémence Nguyen, Solène Le-Goff, "
        "Capucine Da-Silva, Anaïs N'Diaye, Loïc Bouvier, Gaël Charpentier, Ewen Meunier, Malo Berger, Titouan Picard, "
        "Hortense Guillot"
    ),
    EN: (
        "Oliver Smith, Amelia Jones, Harper Taylor, Noah Brown, Isla Williams, Mason Baker, Logan Cooper, Priya Patel, "
        "Raj Khan, Mohammed O'Brien, Aisha McDonald, Siobhan Hughes, Niamh Green, Saoirse Wood, Declan Turner, "
        "Callum Walker, Fiona Wright, Hamish Clarke, Brooke Hill, Skyler Shaw, Tyler Murphy, Kayla Byrne, "
        "Ashley Campbell, Beverley Robertson, Nigel Fletcher, Rupert Bishop, Imogen Parker, Karen Whitlow"
    ),
}
"""As they are written in a directory: common and rare, old and young, some of them ordinary words too."""
CUES = {
    FR: (
        "bonjour, je m'appelle {} et ma facture est fausse",
        "c'est au nom de {} le dossier",
        "mon nom c'est {}",
        "monsieur {} m'a rappelé",
        "mon conjoint s'appelle {}",
        "mon mari {} a appelé hier",
        "je vous appelle de la part de {}",
        "le titulaire c'est {}",
    ),
    EN: (
        "hello, my name is {} and my bill is wrong",
        "this is {} speaking",
        "it is under the name of {}",
        "mrs {} called me back",
        "my husband {} rang yesterday",
        "please put me through to {}",
        "i spoke to {} earlier",
        "the account holder is {}",
    ),
}
NO_CUE = {
    FR: ("Bonjour {} j'ai une panne", "Oui c'est {} à l'appareil", "Vous pouvez noter {} comme ça se prononce"),
    EN: ("Hi {} here about a parcel", "It's {} and my line is down", "You can write {} as it is pronounced"),
}


def parts_of(name: str) -> set[str]:
    """The words of a name, small ones left out."""
    return {part for part in plain(name).replace("'", " ").replace("-", " ").split() if len(part) > 2}


def told_of(text: str, language: Language, hidden: set[str]) -> set[str]:
    """Which of these words are in a term, or in what is shown of one."""
    places = terms_of([Said(start_s=0.0, end_s=4.0, text=text, language=language)])
    words = " ".join([*(place.shown for place in places.values()), *(theme.partition(":")[2] for theme in places)])
    return hidden & parts_of(words)


@pytest.mark.parametrize("language", [FR, EN])
def test_names_written_with_capitals_are_in_no_term(language: Language) -> None:
    told = {
        (said, word)
        for said in CUES[language] + NO_CUE[language]
        for name in PEOPLE[language].split(", ")
        for word in told_of(said.format(name), language, parts_of(name))
    }

    assert told == set()


@pytest.mark.parametrize("language", [FR, EN])
def test_names_in_lower_case_are_in_no_term_after_words_that_tell_of_a_name(language: Language) -> None:
    told = {
        (said, word)
        for said in CUES[language]
        for name in PEOPLE[language].split(", ")
        for word in told_of(said.format(name).lower(), language, parts_of(name))
    }

    assert told == set()


@pytest.mark.parametrize("language", [FR, EN])
def test_names_in_lower_case_that_are_no_words_besides_are_in_no_term_at_all(language: Language) -> None:
    known = FIRST_NAMES | MORE_FIRST_NAMES | FAMILY_NAMES
    told = {
        (said, word)
        for said in NO_CUE[language]
        for name in PEOPLE[language].split(", ")
        for word in told_of(said.format(name).lower(), language, parts_of(name) & known)
    }

    assert told == set()


def test_words_that_are_names_too_stay_terms_where_they_are_words() -> None:
    """Were every family name left out, "la livraison chez le boulanger" would say less."""
    assert told_of("le colis est chez le boulanger", FR, {"boulanger"}) == {"boulanger"}
    assert told_of("the brown parcel is in the wood", EN, {"brown", "wood"}) == {"brown", "wood"}


@pytest.mark.parametrize(
    ("said", "language", "hidden"),
    [
        ("mon mail c'est jean.dupuis@orange.fr", FR, "jean dupuis orange"),
        ("jean point dupuis arobase orange point fr", FR, "jean dupuis orange"),
        ("kate dot morris at gmail dot com", EN, "kate morris gmail"),
        ("my email address is k morris at hotmail", EN, "morris hotmail"),
        ("c'est la commande AB12345", FR, "ab12345"),
        ("order number QX-99812 please", EN, "99812"),
        ("the order qxz-99812", EN, "qxz 99812"),
        ("la référence quatre alpha tango deux", FR, "alpha tango"),
        ("douze rue gambetta à limoges", FR, "gambetta limoges"),
        ("i live at fourteen acacia avenue leeds", EN, "acacia avenue leeds"),
        ("mon numéro c'est le 06 12 34 56 78", FR, "612345678"),
    ],
)
def test_addresses_and_numbers_are_in_no_term(said: str, language: Language, hidden: str) -> None:
    assert told_of(said, language, set(hidden.split())) == set()
