"""What people type to search calls, and where its words are shown."""

import pytest

from qa_monitor.library.cursor import CursorError, read_cursor, write_cursor
from qa_monitor.library.records import Cursor, Sort
from qa_monitor.library.snippets import LONGEST, MOST, Line, find_snippets
from qa_monitor.library.text_query import MOST_TERMS, Term, TextQuery, parse_text
from streams.records import Speaker

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


def a_line(text: str, start_s: float = 1.0, speaker: Speaker = CUSTOMER) -> Line:
    return Line(start_s=start_s, speaker=speaker, text=text)


def shown(text: str, query: str) -> list[str]:
    """The marked parts of one line."""
    return [
        snippet.text[start:end]
        for snippet in find_snippets([a_line(text)], parse_text(query).wanted)
        for start, end in snippet.marks
    ]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Résilier REFUND", (Term(words=("resilier",)), Term(words=("refund",)))),
        ('"speak to a manager"', (Term(words=("speak", "to", "a", "manager")),)),
        ("« mon abonnement »", (Term(words=("mon", "abonnement")),)),
        ("l’été", (Term(words=("l", "ete")),)),
        ("annul*", (Term(words=("annul",), prefix=True),)),
        ("sœur", (Term(words=("soeur",)),)),
        ("agent:désolé", (Term(words=("desole",), speaker=AGENT),)),
        ('client:"trop cher"', (Term(words=("trop", "cher"), speaker=CUSTOMER),)),
        ("speaker:agent bonjour", (Term(words=("bonjour",), speaker=AGENT),)),
        ("speaker:agent client:oui", (Term(words=("oui",), speaker=CUSTOMER),)),
        ("http://x", (Term(words=("http", "x")),)),
        ('"open', (Term(words=("open",)),)),
    ],
)
def test_words_are_read_as_people_mean_them(written: str, wanted: tuple[Term, ...]) -> None:
    """Accents, capitals and the sort of quotation marks make no difference."""
    assert parse_text(written) == TextQuery(wanted=wanted)


@pytest.mark.parametrize("written", ["", "  ", "-", '"', '""', "*", "agent:", "AND:", '-"', "()", "^", "\x00"])
def test_what_makes_no_sense_asks_for_little_and_is_no_error(written: str) -> None:
    """Nobody sees a complaint about syntax."""
    assert len(parse_text(written).wanted) <= 1


def test_a_search_has_an_end() -> None:
    """Further words are left out."""
    assert len(parse_text("word " * 500).wanted) == MOST_TERMS


def test_what_must_not_be_said_is_kept_apart() -> None:
    """By side too."""
    query = parse_text('refund -invoice -agent:"so sorry"')

    assert query.unwanted == (Term(words=("invoice",)), Term(words=("so", "sorry"), speaker=AGENT))


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Je veux résilier.", "resilier", ["résilier"]),
        ("C'est l'ÉTÉ dernier", '"ete dernier"', ["ÉTÉ dernier"]),
        ("un cœur, deux coeurs", "coeur*", ["cœur", "coeurs"]),
        ("annuler l'annulation", "annul*", ["annuler", "annulation"]),
        ("resilierait", "resilier", []),
        ("oui", "agent:oui", []),
        ("to be or not to be", '"to be"', ["to be", "to be"]),
    ],
)
def test_words_are_marked_as_they_were_said(text: str, query: str, marked: list[str]) -> None:
    """Whole words, or their beginnings where asked."""
    assert shown(text, query) == marked


def test_the_places_that_hold_most_come_first_and_are_shown_in_order() -> None:
    """At most a few of one call."""
    lines = [a_line("refund", float(at)) for at in range(6)] + [a_line("refund invoice", 9.0)]
    found = find_snippets(lines, parse_text("refund invoice").wanted)

    assert [each.at_s for each in found] == [0.0, 1.0, 9.0]
    assert len(found) == MOST


def test_words_in_a_row_over_two_utterances_are_shown_one_by_one() -> None:
    """The call is found, so something has to be shown."""
    found = find_snippets([a_line("I want my"), a_line("money back", 3.0)], parse_text('"my money"').wanted)

    assert [each.text for each in found] == ["I want my", "money back"]


def test_a_long_text_is_cut_around_its_words() -> None:
    """With the marks where the words now stand."""
    (found,) = find_snippets([a_line("bla " * 100 + "refund " + "bla " * 100)], parse_text("refund").wanted)

    assert len(found.text) <= LONGEST + 2
    assert [found.text[start:end] for start, end in found.marks] == ["refund"]
    assert (found.text[0], found.text[-1]) == ("…", "…")


@pytest.mark.parametrize("value", [None, 12.5, "2026-03-02T12:00:00+00:00"])
def test_a_cursor_is_read_as_it_was_written(value: float | str | None) -> None:
    cursor = Cursor(sort=Sort.LONGEST, value=value, number=7)

    assert read_cursor(write_cursor(cursor), Sort.LONGEST) == cursor


@pytest.mark.parametrize(
    "word", ["", "x", "é", "bnVsbA", write_cursor(Cursor(sort=Sort.FLAGS, value=1, number=1)), "W10"]
)
def test_a_cursor_of_nobody_is_refused(word: str) -> None:
    """Also one of another sort."""
    with pytest.raises(CursorError):
        read_cursor(word, Sort.LONGEST)
