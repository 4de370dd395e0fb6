"""A matter that is called off, or named in kindness, is not wanted; one that is refused or left lying is."""

import pytest

from keywords.matcher import Matcher
from streams.records import Language
from tests.keywords.builders import a_matcher, found

FRENCH = (
    "résilier",
    "résiliation",
    "(ma|une) réclamation",
    "mon avocat",
    "au tribunal",
    "remboursement",
    "geste commercial",
    "votre supérieur",
    "parler à (un|une|votre) (responsable|supérieur)",
    "suis en colère",
    "inadmissible",
    "rembours*",
    "porter plainte",
)
ENGLISH = (
    "want to cancel",
    "going to cancel",
    "cancel (my|the) plan",
    "my complaint",
    "my solicitor",
    "legal action",
    "(go|going) to court",
    "refund*",
    "compensation",
    "your supervisor",
    "speak to (a|your) manager",
    "fed up",
    "a bad review",
    "it is unacceptable",
    "sue you",
)


@pytest.fixture(scope="module")
def french() -> Matcher:
    return a_matcher(FRENCH, Language.FR)


@pytest.fixture(scope="module")
def english() -> Matcher:
    return a_matcher(ENGLISH, Language.EN)


@pytest.mark.parametrize(
    ("called_off", "wanted"),
    [
        ("Annulez ma résiliation.", "Traitez ma résiliation."),
        ("La résiliation de lundi, vous pouvez l'arrêter.", "La résiliation de lundi, vous l'avez oubliée."),
        ("Ma réclamation, vous pouvez la classer.", "Ma réclamation, vous l'avez classée sans rien faire."),
        ("Oubliez ma réclamation.", "Vous avez oublié ma réclamation."),
        ("J'ai dit à mon avocat de laisser tomber.", "J'ai dit à mon avocat de ne pas laisser tomber."),
        ("Pour le remboursement, laissez, c'est pas grave.", "Pour le remboursement, j'attends toujours."),
        ("Résilier ? Ah non, pas de danger.", "Résilier, oui, dès demain."),
        ("Saluez votre supérieur de ma part.", "Appelez votre supérieur de ma part."),
        ("J'ai eu la chance de parler à une responsable.", "J'ai le droit de parler à une responsable."),
        ("Merci pour le geste commercial.", "Faites un geste commercial."),
        ("Hier c'était inadmissible, là rien à redire.", "Hier c'était inadmissible, et ça continue."),
        ("Vous n'avez pas à me rembourser.", "Vous n'avez pas fini de me rembourser."),
    ],
)
def test_french_that_calls_it_off_is_silent(french: Matcher, called_off: str, wanted: str) -> None:
    assert found(french, called_off, Language.FR) == []
    assert found(french, wanted, Language.FR) != []


@pytest.mark.parametrize(
    ("called_off", "wanted"),
    [
        ("You can close my complaint now.", "You closed my complaint without a word."),
        ("Please tear up the letter where I said I want to cancel.", "Please read the letter where I want to cancel."),
        ("We've decided against legal action.", "We've decided on legal action."),
        ("I've told my solicitor to drop it.", "I've told my solicitor to go ahead."),
        ("As for the refund, let it go.", "As for the refund, I'm still waiting."),
        ("Going to cancel? Good grief no, I love it.", "I'm going to cancel, good grief."),
        ("Say hello to your supervisor from me.", "Say that to your supervisor, not to me."),
        ("I was lucky enough to speak to a manager.", "I would like to speak to a manager."),
        ("Thank you for the compensation.", "I expect compensation."),
        ("I was fed up yesterday, I do apologise.", "I was fed up yesterday and I still am."),
        ("You'll never get a bad review from me.", "You'll get a bad review from me."),
        ("We're nowhere near asking for a refund.", "We're near the end, I want a refund."),
    ],
)
def test_english_that_calls_it_off_is_silent(english: Matcher, called_off: str, wanted: str) -> None:
    assert found(english, called_off, Language.EN) == []
    assert found(english, wanted, Language.EN) != []


@pytest.mark.parametrize(
    "sentence",
    [
        "Je ne bouge pas d'ici avant d'avoir parlé à un responsable.",
        "Vous n'avez même pas ouvert ma réclamation.",
        "Personne ne me convaincra de ne pas résilier.",
        "Je ne vois pas le remboursement.",
        "On ne me rembourse pas.",
        "Je n'ai aucune réponse à ma demande de résiliation.",
        "Vous croyez que je vais pas porter plainte ?",
        "On m'a dit que le remboursement était refusé.",
        "Mon frère m'a conseillé de résilier, donc on y va.",
        "je ne plaisante pas mon avocat est prévenu",
        "sans vouloir vous presser mon avocat attend",
        "ça ne m'intéresse plus résiliez",
    ],
)
def test_french_that_only_sounds_negated_or_reported_fires(french: Matcher, sentence: str) -> None:
    assert found(french, sentence, Language.FR) != []


@pytest.mark.parametrize(
    "sentence",
    [
        "I don't see the refund anywhere.",
        "I never got an answer, I want to cancel my plan.",
        "There's no reply to my letter about going to court.",
        "Nobody will talk me out of going to court.",
        "You think I won't sue you?",
        "They said the refund was refused.",
        "My brother told me to cancel my plan, so let's do it.",
        "I won't be shy about leaving a bad review.",
        "it's not the first time it is unacceptable",
        "I'm not kidding my solicitor knows about it",
        "I don't care give me a refund",
        "no waffle please cancel my plan",
    ],
)
def test_english_that_only_sounds_negated_or_reported_fires(english: Matcher, sentence: str) -> None:
    assert found(english, sentence, Language.EN) != []
