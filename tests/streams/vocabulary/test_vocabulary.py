"""Names in recognised words: what is proposed, what is not, and what is written. Pure."""

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.records import Language, Word
from streams.vocabulary.scoring import NEEDED, repaired
from streams.vocabulary.sounds import LETTERS_PER_SOUND, sounds
from streams.vocabulary.spelling import cores_of, folded
from streams.vocabulary.terms import MOST_CANDIDATES, MOST_TERMS, SURE, Candidate, Term, Vocabulary, apart
from streams.vocabulary.text_scores import Scores

FR, EN = Language.FR, Language.EN
TEXTS = st.text(alphabet="abcdeéghilmnopqrstuvxyz '’-.,?!0123456789ŒÇ", max_size=12)


def words_of(text: str, probability: float = 0.4) -> tuple[Word, ...]:
    """The words of a text, half a second each."""
    return tuple(
        Word(text=word, start_s=number / 2, end_s=(number + 1) / 2, probability=probability)
        for number, word in enumerate(text.split())
    )


def a_vocabulary(*texts: str) -> Vocabulary:
    return Vocabulary(terms=tuple(Term(text=text) for text in texts))


def proposed(text: str, language: Language, *terms: str, probability: float = 0.4) -> list[tuple[str, str]]:
    """Each term that may have been meant, with the words that stand there."""
    found = a_vocabulary(*terms).candidates(words_of(text, probability), language)
    return [(one.term, one.core.text) for one in found]


def scores(**points: float) -> Scores:
    """Texts are as likely as the words in them say; anything else is as likely as can be."""

    def heard(texts: Sequence[str]) -> list[float]:
        return [sum(point for word, point in points.items() if word in text) for text in texts]

    return Scores(heard=heard, unheard=lambda texts: [0.0 for _ in texts])


def text_of(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("language", "name", "heard"),
    [
        (FR, "Qonto", "conto"),
        (FR, "Bricofly", "briquoffly"),
        (FR, "Guillemot", "guiyemo"),
        (FR, "Domatis", "domatie"),
        (EN, "Klarna", "clarna"),
        (EN, "Knoxfield", "nocksfield"),
    ],
)
def test_spellings_that_are_read_alike_sound_the_same(language: Language, name: str, heard: str) -> None:
    assert sounds(name, language) == sounds(heard, language)


def test_a_sister_sound_is_nearer_than_a_stranger() -> None:
    """One letter of two differs."""
    assert sum(a != b for a, b in zip(sounds("pola", FR), sounds("bola", FR), strict=True)) == 1
    assert sum(a != b for a, b in zip(sounds("pola", FR), sounds("sola", FR), strict=True)) == 2


@given(TEXTS, st.sampled_from(Language))
def test_any_text_has_whole_sounds_however_its_letters_are_coded(text: str, language: Language) -> None:
    found = sounds(text, language)

    assert len(found) % LETTERS_PER_SOUND == 0
    assert found == sounds(text.upper(), language)
    assert found == sounds(unicodedata.normalize("NFD", text), language)


@given(TEXTS)
def test_accents_make_no_sound_in_english(text: str) -> None:
    assert sounds(text, EN) == sounds(folded(text), EN)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("résiliation", "rézilia cion"),
        ("c'est décédé", "sé décé dé"),
        ("remboursé", "rembourser"),
        ("justice", "justisse"),
        ("facture", "facturent"),
        ("chose", "choze"),
        ("compte", "conte"),
        ("travail", "travaille"),
        ("technicien", "teknissien"),
        ("longtemps", "lontan"),
        ("un faux prix", "un fo pri"),
        ("oui, je tiens", "wi je tien"),
        ("ville", "vile"),
        ("l'accueil", "lakeuille"),
    ],
)
def test_french_is_read_as_it_is_spoken(written: str, read_as: str) -> None:
    assert sounds(written, FR) == sounds(read_as, FR)


@pytest.mark.parametrize(
    ("one", "other"), [("rembourse", "remboursé"), ("chose", "chausse"), ("ville", "fille"), ("bon", "banc")]
)
def test_french_words_that_sound_different_are_not_read_alike(one: str, other: str) -> None:
    assert sounds(one, FR) != sounds(other, FR)


@given(TEXTS, st.sampled_from(Language))
def test_nothing_of_a_text_is_lost_when_its_core_is_cut_out(text: str, language: Language) -> None:
    for core in cores_of(text, language):
        assert core.before + core.text + core.after == text.replace("’", "'")


@pytest.mark.parametrize(
    ("text", "language", "terms", "expected"),
    [
        ("chez conto depuis deux ans.", FR, ["Qonto"], ("Qonto", "conto")),
        ("ma facture d'omatie.", FR, ["Domatis"], ("Domatis", "d'omatie")),
        ("la box d'opti fibres, elle", FR, ["Optifibre"], ("Optifibre", "opti fibres")),
        ("what about orbital marks?", EN, ["Orbitel Max"], ("Orbitel Max", "orbital marks")),
        ("it is Clarna's fault", EN, ["Klarna"], ("Klarna", "Clarna")),
    ],
)
def test_a_place_that_sounds_like_a_term_is_proposed(
    text: str, language: Language, terms: list[str], expected: tuple[str, str]
) -> None:
    assert proposed(text, language, *terms)[0] == expected


def test_what_stands_around_a_name_stays() -> None:
    """Punctuation, a French elision before a vowel, an English 's."""
    (french,) = a_vocabulary("Optifibre").candidates(words_of("la box d'opti-fibra, hier"), FR)
    english = a_vocabulary("Klarna").candidates(words_of("it is Clarna's fault"), EN)

    assert french.written == "d'Optifibre,"
    assert "Klarna's" in {one.written for one in english}


def test_words_the_recogniser_is_sure_of_are_left() -> None:
    assert proposed("chez conto depuis", FR, "Qonto", probability=SURE + 0.05) == []
    assert proposed("chez conto depuis", FR, "Qonto", probability=SURE) == [("Qonto", "conto")]


def test_a_listed_spelling_is_tried_however_sure_the_recogniser_is() -> None:
    """The operator knows what the recogniser makes of this name."""
    vocabulary = Vocabulary(terms=(Term(text="Siobhan", sounds=("shiv on",)),))

    (found,) = vocabulary.candidates(words_of("I spoke to Shiv on Monday", 0.99), EN)

    assert (found.term, found.core.text, found.likeness) == ("Siobhan", "Shiv on", 1.0)


def test_digits_are_never_part_of_a_name_that_is_proposed() -> None:
    """They may be of a card: the card screen has to see them."""
    assert all("4" not in there for _, there in proposed("mon code 4 conto 4 1", FR, "Qonto", "Catre Conto"))


def test_a_term_that_stands_already_is_not_replaced_by_another() -> None:
    assert proposed("la carte Veloria plus.", FR, "Veloria Plus", "Veloria", "Valoria Plus") == [
        ("Veloria Plus", "Veloria plus")
    ]


def test_a_short_term_is_found_only_as_it_is_written() -> None:
    assert proposed("chez oui go.", FR, "Ouigo") == [("Ouigo", "oui go")]
    assert proposed("ma box sfère", FR, "SFR", "EDF") == []


def test_a_term_of_one_language_is_not_looked_for_in_the_other() -> None:
    vocabulary = Vocabulary(terms=(Term(text="Qonto", language=FR),))

    assert vocabulary.candidates(words_of("my conto account"), EN) == ()
    assert len(vocabulary.candidates(words_of("mon conto bleu"), FR)) == 1


@given(st.lists(TEXTS.filter(lambda text: bool(text.strip())), max_size=12), st.floats(0, 1), st.sampled_from(Language))
def test_candidates_lie_in_the_words_and_never_overlap_what_is_certain(
    texts: list[str], probability: float, language: Language
) -> None:
    words = words_of(" ".join(texts), probability)
    vocabulary = a_vocabulary("Qonto", "Veloria Plus", "Optifibre", "Klarna", "Tessiol", "Marigot")

    found = vocabulary.candidates(words, language)

    certain = [one for one in found if one.only_spelling]
    assert len(found) - len(certain) <= MOST_CANDIDATES
    assert all(0 <= one.first <= one.last < len(words) for one in found)
    assert not any(one.overlaps(other) for one in certain for other in found if other is not one)
    assert apart(certain) == certain


@given(st.lists(TEXTS.filter(lambda text: bool(text.strip())), max_size=12), st.sampled_from(Language))
def test_repairing_keeps_times_in_order_and_finds_nothing_more_the_second_time(
    texts: list[str], language: Language
) -> None:
    """Whatever the audio says for the terms."""
    words = words_of(" ".join(texts))
    vocabulary = a_vocabulary("Qonto", "Veloria Plus", "Optifibre", "Klarna", "Tessiol", "Marigot")
    willing = Scores(heard=lambda texts: [0.0, *(50.0 for _ in texts[1:])], unheard=lambda texts: [0.0 for _ in texts])

    once = repaired(vocabulary, words, language, willing)
    times = [time for word in once for time in (word.start_s, word.end_s)]

    assert times == sorted(times)
    assert all(0 <= word.probability <= 1 for word in once)
    assert all(word.text.strip() == word.text != "" for word in once)
    assert [word for word in words if word in once] == [word for word in once if word in words]


def test_a_term_is_written_when_the_audio_speaks_for_it() -> None:
    words = words_of("I use clarna to pay")

    found = repaired(a_vocabulary("Klarna"), words, EN, scores(clarna=-8.0, Klarna=-4.0))

    assert text_of(found) == "I use Klarna to pay"
    assert [word.start_s for word in found] == [word.start_s for word in words]
    assert found[2].probability > 0.5


def test_a_term_is_not_written_when_the_audio_speaks_against_it() -> None:
    words = words_of("I use clarna to pay")

    assert repaired(a_vocabulary("Klarna"), words, EN, scores(clarna=-8.0, Klarna=-40.0)) == words


def test_what_the_model_finds_unlikely_anyway_is_half_forgiven() -> None:
    """The same audio, once for a name that the model knows and once for one it never read."""
    words = words_of("I use clarna to pay")

    def with_habit(habit: float) -> Scores:
        return Scores(
            heard=lambda texts: [2 * NEEDED if "Klarna" in text else 0.0 for text in texts],
            unheard=lambda texts: [habit if "Klarna" in text else 0.0 for text in texts],
        )

    assert text_of(repaired(a_vocabulary("Klarna"), words, EN, with_habit(0.0))) == text_of(words)
    assert "Klarna" in text_of(repaired(a_vocabulary("Klarna"), words, EN, with_habit(2 * NEEDED)))


def test_a_term_of_several_words_is_several_words_with_times_of_their_own() -> None:
    words = words_of("what about orbital marks?")

    found = repaired(a_vocabulary("Orbitel Max"), words, EN, scores())

    assert [word.text for word in found] == ["what", "about", "Orbitel", "Max?"]
    assert [(word.start_s, word.end_s) for word in found[2:]] == [
        (1.0, pytest.approx(18 / 11)),
        (pytest.approx(18 / 11), 2.0),
    ]


def test_a_spelling_is_put_right_without_asking_the_audio() -> None:
    def never(texts: Sequence[str]) -> list[float]:
        raise AssertionError(f"asked about {len(texts)} texts")

    found = repaired(
        a_vocabulary("Kelvéo"), words_of("chez kelveo, hier", 0.99), FR, Scores(heard=never, unheard=never)
    )

    assert text_of(found) == "chez Kelvéo, hier"
    assert found[1].probability == 0.99


def test_of_overlapping_places_the_likelier_one_is_taken() -> None:
    words = words_of("ma veloria plus hier")
    found = repaired(a_vocabulary("Veloriane", "Veloria Bus"), words, FR, scores(Veloriane=-9.0, Bus=-1.0))

    assert text_of(found) == "ma Veloria Bus hier"


@pytest.mark.parametrize("text", ["", "  ", "...", "two  spaces", " in front"])
def test_a_term_without_letters_or_with_needless_spaces_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="single spaces"):
        Term(text=text)


def test_too_many_terms_are_refused() -> None:
    with pytest.raises(ValueError, match=f"at most {MOST_TERMS} terms, found {MOST_TERMS + 1}"):
        a_vocabulary(*(f"name {number}" for number in range(MOST_TERMS + 1)))


def test_terms_that_cannot_be_told_apart_and_terms_too_short_are_named() -> None:
    vocabulary = a_vocabulary("Conto", "Qonto", "EDF")

    assert vocabulary.sounding_the_same(FR) == [("Conto", "Qonto")]
    assert vocabulary.only_as_written(FR) == ["EDF"]


def test_a_candidate_says_what_would_stand_there() -> None:
    (core, *_) = cores_of("« conto », ", FR)
    candidate = Candidate(term="Qonto", first=0, last=0, core=core, likeness=1.0)

    assert candidate.written == "« Qonto », "
    assert not candidate.only_spelling
