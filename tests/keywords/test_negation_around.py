"""A matter that is only named counts less than one that is wanted: what stands around it then says which it is."""

from collections.abc import Sequence
from typing import overload

import pytest

from keywords.matcher import Matcher
from keywords.negation.frames import LOOKED_AHEAD, LOOKED_BACK
from keywords.negation.negated import is_negated
from keywords.normal import Token, tokens
from streams.records import Language
from tests.keywords.builders import a_matcher, found

FRENCH = (
    "résilier",
    "résiliation",
    "une réclamation",
    "(un|mon) avocat",
    "au tribunal",
    "(votre|un) supérieur",
    "remboursement",
)
ENGLISH = ("cancel*", "complaint", "(a|my) lawyer", "to court", "(your|a) supervisor", "refund*")


@pytest.fixture(scope="module")
def french() -> Matcher:
    return a_matcher(FRENCH, Language.FR)


@pytest.fixture(scope="module")
def english() -> Matcher:
    return a_matcher(ENGLISH, Language.EN)


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ("Le bouton résiliation apparaît en rouge.", "Je ne trouve pas le bouton résiliation."),
        ("J'ai appuyé sur résilier par erreur.", "J'ai appuyé sur résilier et ça ne marche pas."),
        ("J'étais à deux doigts de résilier, mais vous avez trouvé.", "J'étais patient mais je veux résilier."),
        ("Mon voisin ne pense plus qu'à aller au tribunal.", "Mon voisin est témoin, on ira au tribunal."),
        ("Je dirai à votre supérieur que vous méritez mieux.", "Je dirai à votre supérieur ce que j'en pense."),
        ("Moi, résilier ?", "Moi, je veux résilier."),
        ("La résiliation est faite, merci, tout est réglé.", "La résiliation est faite ? J'attends toujours."),
        ("Tout sauf résilier.", "Tout me va sauf la facture, je veux résilier."),
        ("Dérangez pas un supérieur pour ça.", "Ça vous dérange pas de me passer un supérieur ?"),
        (
            "Une réclamation de mars, je vous remercie d'avoir répondu.",
            "Une réclamation de mars, je vous remercie de répondre.",
        ),
        ("Le remboursement peut attendre.", "Le remboursement ne peut pas attendre."),
    ],
)
def test_french_that_only_names_it_is_silent(french: Matcher, named: str, wanted: str) -> None:
    assert found(french, named, Language.FR) == []
    assert found(french, wanted, Language.FR) != []


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ("The cancel button is red.", "I can't find the cancel button."),
        ("I pressed cancel by mistake.", "I pressed cancel and nothing happens."),
        ("I was going to cancel, but you've been lovely.", "I was going to wait, but now I want to cancel."),
        ("Half the village is off to court.", "Half the village knows, I'm taking you to court."),
        ("I'll tell your supervisor you were brilliant.", "I'll tell your supervisor what I think."),
        ("Me, cancel? After twenty years?", "For me, cancel it today."),
        ("My complaint was dealt with in a day, well done.", "My complaint was never dealt with, well done."),
        ("Anything but cancel it.", "I've tried anything you said, but cancel it."),
        ("The refund can wait.", "The refund can't wait."),
        ("Leave your supervisor out of this.", "Get me your supervisor."),
    ],
)
def test_english_that_only_names_it_is_silent(english: Matcher, named: str, wanted: str) -> None:
    assert found(english, named, Language.EN) == []
    assert found(english, wanted, Language.EN) != []


class Watched(Sequence[Token]):
    """Tokens that remember how many of them were taken at once."""

    def __init__(self, spoken: Sequence[Token]) -> None:
        self._spoken = spoken
        self.taken: list[int] = []

    def __len__(self) -> int:
        return len(self._spoken)

    @overload
    def __getitem__(self, at: int) -> Token: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Token]: ...

    def __getitem__(self, at: int | slice) -> Token | Sequence[Token]:
        found = self._spoken[at]
        self.taken.append(1 if isinstance(at, int) else len(self._spoken[at]))
        return found


@pytest.mark.parametrize("language", list(Language), ids=str)
@pytest.mark.parametrize("sentences", [1, 200])
def test_what_a_hit_costs_does_not_grow_with_the_text(language: Language, sentences: int) -> None:
    """Speech without punctuation has no sentence end: what is read around a hit must be bounded otherwise."""
    said = {Language.FR: "alors voilà je vous explique", Language.EN: "right so let me explain"}[language]
    spoken = Watched(tokens(f"{' '.join([said] * sentences)} cancel".split(), language))
    is_negated(spoken, len(spoken) - 1, len(spoken), language)

    assert sum(spoken.taken) <= LOOKED_BACK + 1 + LOOKED_AHEAD
