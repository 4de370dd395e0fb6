"""What one call says: terms without names, numbers and small words; reasons by their phrases."""

from pathlib import Path

import pytest

from qa_monitor.config import SettingsError
from qa_monitor.themes.reasons import STARTER, load_reasons, read_reasons
from qa_monitor.themes.records import Said, Theme
from qa_monitor.themes.terms import main_language, terms_of, theme_of_phrase
from streams.records import Language

FR, EN = Language.FR, Language.EN


def shown(text: str, language: Language) -> set[str]:
    return {place.shown for place in terms_of([a_saying(text, language)]).values()}


def a_saying(text: str, language: Language = FR, start_s: float = 1.0) -> Said:
    return Said(start_s=start_s, end_s=start_s + 2, text=text, language=language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Il y a une panne de réseau.", FR, {"panne", "panne de réseau", "réseau"}),
        ("Ma box ne marche pas", FR, {"box", "box ne marche", "box ne marche pas", "marche", "marche pas"}),
        ("I've been charged twice on my bill", EN, {"charged", "bill", "charged twice on my bill", "twice"}),
        ("the Wi-Fi isn't working", EN, {"working", "not working"}),
        ("bonjour merci au revoir", FR, set()),
    ],
)
def test_terms_are_words_that_matter_and_those_next_to_each_other(
    text: str, language: Language, expected: set[str]
) -> None:
    found = shown(text, language)

    assert expected <= found or expected == found


@pytest.mark.parametrize(
    ("text", "language", "hidden"),
    [
        ("Bonjour, je m'appelle Lucienne Ferrat et ma facture est fausse", FR, "lucienne ferrat"),
        ("bonjour mon nom est ferrat lucienne", FR, "ferrat lucienne"),
        ("La facture de Monsieur Bertholet est fausse", FR, "bertholet"),
        ("j'habite douze rue des Glycines à Tournon", FR, "glycines tournon"),
        ("Sophie m'a dit que la livraison était prévue", FR, "sophie"),
        ("je parle à sophie de la livraison", FR, "sophie"),
        ("my name is Karen Whitlow, my parcel is lost", EN, "karen whitlow"),
        ("this is whitlow about my parcel", EN, "whitlow"),
        ("I live in Harrogate and the parcel is lost", EN, "harrogate"),
        ("write to karen@example.com or 0612345678", EN, "karen example com 0612345678"),
        ("it is spelled W H I T", EN, "w h i t"),
    ],
)
def test_names_addresses_and_numbers_are_in_no_term(text: str, language: Language, hidden: str) -> None:
    words = {word for term in shown(text, language) for word in term.split()}

    assert words & set(hidden.split()) == set()


def test_no_term_reaches_over_what_was_left_out_or_masked() -> None:
    found = shown("le dossier […] remboursement", FR) | shown("panne. réseau", FR)

    assert "panne réseau" not in found
    assert not any("dossier" in term and "remboursement" in term for term in found)


def test_a_call_counts_once_for_a_term_at_its_first_place() -> None:
    found = terms_of([a_saying("une panne", start_s=3.0), a_saying("la panne, oui les pannes", start_s=9.0)])

    assert [place.start_s for theme, place in found.items() if theme == theme_of_phrase("panne", FR)] == [3.0]


def test_only_the_beginning_of_a_call_is_taken() -> None:
    found = terms_of([a_saying("allô " * 200), a_saying("une panne", start_s=90.0)])

    assert found == {}


def test_the_language_of_a_call_is_that_of_most_words() -> None:
    assert main_language([a_saying("oui oui oui"), a_saying("hello", EN)]) is FR
    assert main_language([]) is None


def test_reasons_are_found_by_their_phrases_whatever_the_form() -> None:
    reasons = read_reasons(STARTER)
    french = reasons.found_in(terms_of([a_saying("mes factures sont fausses"), a_saying("je veux résilier")]))
    english = reasons.found_in(terms_of([a_saying("my internet is not working", EN)]))

    assert set(french) == {"reason:billing", "reason:cancellation"}
    assert set(english) == {"reason:outage"}


def test_a_phrase_of_small_words_alone_is_no_term() -> None:
    assert theme_of_phrase("comme ça", FR) is None
    assert theme_of_phrase("pas", FR) is None
    assert theme_of_phrase("ne marche pas", FR) == Theme("fr:march pas")


def test_a_list_with_mistakes_is_refused_with_all_of_them(tmp_path: Path) -> None:
    file = tmp_path / "reasons.yaml"
    file.write_text(
        "reasons:\n"
        "- {id: a, name: {en: A, fr: A}, fr: [comme ça]}\n"
        "- {id: a, name: {en: A, fr: A}, en: [one, bill]}\n"
        "- {id: b, name: {en: B, fr: B}}\n"
    )
    with pytest.raises(SettingsError) as refused:
        read_reasons(file)

    assert "a.fr: found 'comme ça'" in str(refused.value)
    assert "'a' is there twice" in str(refused.value)
    assert "b: no phrase" in str(refused.value)


def test_the_data_folder_s_own_list_is_used_where_there_is_one(tmp_path: Path) -> None:
    starter = load_reasons(None, tmp_path)
    (tmp_path / "reasons.yaml").write_text("reasons:\n- {id: a, name: {en: A, fr: A}, en: [bill]}\n")

    assert len(starter.reasons) >= 10
    assert [reason.reason_id for reason in load_reasons(None, tmp_path).reasons] == ["a"]
