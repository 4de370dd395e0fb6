"""Words that the same calls say are one line of the page."""

from datetime import timedelta

from qa_monitor.themes.growth import Growth
from qa_monitor.themes.labels import label
from qa_monitor.themes.lines import Line, lines_of
from qa_monitor.themes.records import Theme
from qa_monitor.themes.sayers import Sayers, newest
from streams.records import CallId
from tests.qa_monitor.builders import NOON


def a_growth(word: str) -> Growth:
    return Growth(theme=Theme(f"fr:{word}"), calls=40, expected=10, times=4, low=2, high=8, chance=0.0001, grown=True)


def calls(first: int, last: int, step: int = 1) -> Sayers:
    """One call a minute."""
    return newest({CallId(f"c{number}"): NOON + timedelta(minutes=number) for number in range(first, last, step)})


def told(sayers: dict[str, Sayers]) -> list[tuple[str, tuple[str, ...]]]:
    lines = lines_of([a_growth(word) for word in sayers], {Theme(f"fr:{word}"): of for word, of in sayers.items()})
    return [(bare(line.lead.theme), tuple(bare(theme) for theme in line.along)) for line in lines]


def bare(theme: Theme) -> str:
    return theme.partition(":")[2]


def test_words_of_the_same_calls_are_one_line_the_surest_first() -> None:
    found = told(
        {"livreur": calls(0, 30), "bill": calls(100, 130), "colis": calls(5, 35), "livraison": calls(0, 20, 2)}
    )

    assert found == [("livreur", ("colis", "livraison")), ("bill", ())]


def test_a_word_that_few_of_the_calls_share_has_a_line_of_its_own() -> None:
    assert told({"livreur": calls(0, 30), "facture": calls(25, 50)}) == [("livreur", ()), ("facture", ())]


def test_calls_are_compared_as_far_back_as_both_are_known() -> None:
    """Of "colis" only the newest forty calls are kept; most that say "livreur" did so before."""
    assert told({"colis": calls(360, 400), "livreur": calls(300, 400, 4)}) == [("colis", ("livreur",))]


def test_fewer_than_five_calls_put_nothing_together() -> None:
    assert told({"colis": calls(0, 40), "livreur": calls(0, 4)}) == [("colis", ()), ("livreur", ())]
    assert lines_of([a_growth("colis")], {}) == (Line(lead=a_growth("colis"), along=()),)


def test_of_words_said_together_those_are_shown_that_tell_most() -> None:
    """Longer ones for the shorter ones they hold, in the place of the first; what is misheard of them is left out."""
    said = ["cave", "rats", "vibrent", "rats envahissent", "vibrend", "rats envahissent cave", "rongeurs", "bail"]

    assert label(said, 3) == ("rats envahissent cave", "vibrent", "rongeurs")
    assert label(["panne", "panne"], 3) == ("panne",)
    assert label([], 3) == ()
