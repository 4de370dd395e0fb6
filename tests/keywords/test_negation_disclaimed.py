"""What somebody never said, or thought and found otherwise, is not wanted; what they say for all that is."""

import pytest

from keywords.matcher import Matcher
from streams.records import Language
from tests.keywords.builders import a_matcher, found

FRENCH = (
    "résilier",
    "résiliation",
    "remboursement",
    "(ma|une) réclamation",
    "me plaindre",
    "se plaindre",
    "parler à (un|votre) responsable",
    "votre responsable",
    "au tribunal",
    "(prendre|prenne) un avocat",
    "compte a été piraté",
    "heure d'attente",
    "service lamentable",
)
ENGLISH = (
    "want to cancel",
    "cancel my (plan|contract)",
    "to cancel",
    "refund",
    "formal complaint",
    "my complaint",
    "calling to complain",
    "speak to (a|your) (manager|supervisor)",
    "go to court",
    "been scammed",
    "on hold for an hour",
    "shocking customer service",
    "delete my data",
    "put this on",
    "where did you get my number",
)


@pytest.fixture(scope="module")
def french() -> Matcher:
    return a_matcher(FRENCH, Language.FR)


@pytest.fixture(scope="module")
def english() -> Matcher:
    return a_matcher(ENGLISH, Language.EN)


@pytest.mark.parametrize(
    ("meant_otherwise", "meant"),
    [
        (
            "Votre mail confirme ma résiliation, alors que c'est pas pour ça que j'avais appelé.",
            "Votre mail confirme rien, alors que j'ai demandé la résiliation.",
        ),
        (
            "Il y a marqué demande de remboursement, c'est pas ce que j'ai dit.",
            "C'est pas ce que j'ai dit, je demande un remboursement.",
        ),
        (
            "Ma fille vous a appelés pour résilier, elle s'est trompée, on reste chez vous.",
            "Ma fille vous a dit qu'on voulait résilier, alors allez-y.",
        ),
        (
            "Elle voulait un remboursement, ça la regarde, moi je veux juste ma livraison.",
            "Elle voulait un avoir, ça la regarde, moi je veux un remboursement.",
        ),
        (
            "Vous avez sûrement des clients qui appellent pour se plaindre, je n'en fais pas partie.",
            "Vous avez des clients qui supportent ça, moi j'appelle pour me plaindre.",
        ),
        (
            "Sur le moment j'ai cru que mon compte a été piraté, mais non, c'était le péage.",
            "J'ai cru que mon compte a été piraté, et la banque me l'a confirmé.",
        ),
        (
            "Je m'attendais à une heure d'attente et vous avez répondu tout de suite.",
            "Je m'attendais à cinq minutes et j'ai eu une heure d'attente.",
        ),
        (
            "On lit tellement d'histoires de service lamentable, pas chez vous en tout cas.",
            "On lit tellement d'histoires de service lamentable, et maintenant je sais que c'est vrai.",
        ),
        (
            "Mon courrier de résiliation, je préférerais le retirer si possible.",
            "Mon courrier de résiliation, je voudrais savoir où il en est.",
        ),
        (
            "J'étais quasiment décidé à résilier et puis votre technicien est passé un dimanche.",
            "J'étais presque décidé à rester, et puis la facture est arrivée, donc je veux résilier.",
        ),
        (
            "Il en faudrait bien plus pour que je veuille me plaindre.",
            "Il en faudrait bien plus, là, je tiens à me plaindre.",
        ),
        (
            "Le prix aurait doublé, on aurait résilié, c'est sûr, mais là ça va.",
            "Le prix a doublé, je veux résilier, c'est sûr.",
        ),
        (
            "Imaginons, juste pour voir, que je prenne un avocat, ça donnerait quoi.",
            "Juste pour voir venir, je vais prendre un avocat.",
        ),
        (
            "J'ai appelé hier soir pour résilier, j'ai réfléchi depuis, je préfère rester.",
            "J'ai réfléchi depuis hier soir, je veux résilier.",
        ),
        (
            "Le remboursement dont vous m'aviez parlé est arrivé ce matin.",
            "Le remboursement dont vous m'aviez parlé n'est jamais arrivé.",
        ),
        (
            "Je peux parler à votre responsable, juste pour dire le bien que je pense de vous.",
            "Je peux parler à votre responsable, juste pour dire ce que je pense de vous.",
        ),
        (
            "j'ai bien pensé à demander un remboursement et puis je me suis dit non",
            "j'ai bien pensé à demander un remboursement et je le demande",
        ),
        (
            "pour que je veuille résilier il faudrait autre chose qu'un retard",
            "pour que je sois content il faut résilier",
        ),
        (
            "on va pas déranger votre responsable pour ça",
            "ça vous dérange pas de me passer votre responsable",
        ),
        ("ah le remboursement c'est vieux ça il est arrivé", "ah le remboursement c'est vieux ça et j'ai rien vu"),
        ("Ne notez pas que je veux résilier.", "Notez que je veux résilier."),
        (
            "Avec cette remise j'ai plus du tout l'intention de résilier.",
            "J'ai plus envie de payer pour rien, je veux résilier.",
        ),
    ],
)
def test_french_that_disclaims_does_not_fire_and_its_neighbour_does(
    french: Matcher, meant_otherwise: str, meant: str
) -> None:
    assert found(french, meant_otherwise, Language.FR) == []
    assert found(french, meant, Language.FR) != []


@pytest.mark.parametrize(
    ("meant_otherwise", "meant"),
    [
        (
            "Apparently I asked you to cancel my contract, I said nothing of the sort.",
            "I said nothing of the sort, I want to cancel.",
        ),
        (
            "It's down on your system as a refund request and that's not what I said at all.",
            "I asked for a refund, a voucher is not what I said at all.",
        ),
        (
            "My husband told you I want to cancel, he got that all wrong.",
            "My husband told you we want to cancel, so please go ahead.",
        ),
        (
            "I dare say plenty of customers are calling to complain, I'm not one of those.",
            "Plenty of customers put up with it, I'm calling to complain.",
        ),
        (
            "For a minute I thought I'd been scammed, but no, it was the right parcel.",
            "I thought I'd been scammed, and my bank says I was right.",
        ),
        (
            "I was resigned to being on hold for an hour, but you picked up first time.",
            "I was expecting ten minutes and I've been on hold for an hour.",
        ),
        (
            "You hear so many stories of shocking customer service, and yours is nothing like that.",
            "You hear so many stories of shocking customer service, and now I know they're true.",
        ),
        (
            "That request to delete my data, I'd rather take it back.",
            "That request to delete my data, I'd like to know where it's got to.",
        ),
        (
            "I'd as good as decided to cancel and then your engineer turned up on his day off.",
            "I'd all but decided to stay, then your bill came, so I want to cancel.",
        ),
        (
            "It'd have to be much worse than that before I'd go to court.",
            "It couldn't be much worse than that, I'll go to court.",
        ),
        (
            "In his place I'd want a refund, but I'm only the neighbour.",
            "In any case I'd want a refund.",
        ),
        (
            "I wrote to say I want to cancel, I've had a rethink, I'd rather stay.",
            "I've slept on it and I want to cancel.",
        ),
        (
            "The refund your colleague had told me about landed this morning.",
            "The refund your colleague had told me about never arrived.",
        ),
        (
            "My complaint about the engineer, the one from March, has been dealt with, ta.",
            "My complaint about the engineer, the one from March, has not been dealt with.",
        ),
        (
            "I'd like to speak to your manager, just to say what a gem you are.",
            "I'd like to speak to your manager, just to say what a disgrace this is.",
        ),
        (
            "I'll put this on Facebook, everybody should hear how kind you were.",
            "I'll put this on Facebook, everybody should hear how you treat people.",
        ),
        (
            "You keep suggesting I speak to a manager, I don't see the point.",
            "You promised me a refund and I do not see it.",
        ),
        (
            "I did think about asking for a refund and then I thought no, live and let live.",
            "I did think about asking for a refund and I still do.",
        ),
        (
            "my sister would be straight on the phone for a refund I can't be doing with it",
            "my sister is with me on the phone and I want a refund",
        ),
        (
            "It's not the sort of thing you'd speak to a manager about.",
            "It's the sort of thing I'd speak to a manager about.",
        ),
        (
            "What would it take for me to want to cancel, a lot more than a late engineer.",
            "What would it take, I want to cancel.",
        ),
        (
            "You sent me a letter confirming that I want to cancel and I never asked for any such thing.",
            "You never sent me a letter confirming it and I want to cancel.",
        ),
        (
            "Don't write down that I want to cancel.",
            "Write down that I want to cancel.",
        ),
    ],
)
def test_english_that_disclaims_does_not_fire_and_its_neighbour_does(
    english: Matcher, meant_otherwise: str, meant: str
) -> None:
    assert found(english, meant_otherwise, Language.EN) == []
    assert found(english, meant, Language.EN) != []


@pytest.mark.parametrize(
    "sentence",
    [
        "Je sais bien que vous n'y êtes pour rien, je veux un remboursement.",
        "vous avez beau m'expliquer que c'est écrit il n'empêche que je veux un remboursement",
        "vous me dites que tout est réglé seulement je veux résilier",
        "Personne ne vous accuse, c'est pas vous qui décidez, je tiens à me plaindre.",
    ],
)
def test_a_french_concession_ends_before_the_wish(french: Matcher, sentence: str) -> None:
    """With and without what the recogniser writes for pauses."""
    assert found(french, sentence, Language.FR) != []


@pytest.mark.parametrize(
    "sentence",
    [
        "I don't mean to be awkward or anything, but where did you get my number?",
        "i am not having a go at you or anything but i want to cancel",
        "I understand everything you're telling me, only I want to cancel.",
        "you are telling me it is a good offer it's just that i've decided to cancel",
    ],
)
def test_an_english_concession_ends_before_the_wish(english: Matcher, sentence: str) -> None:
    """With and without what the recogniser writes for pauses."""
    assert found(english, sentence, Language.EN) != []
