"""Other parties, other annoyances and questions how things go are not about the company; the same words may be."""

import pytest

from keywords.matcher import Matcher
from streams.records import Language
from tests.keywords.builders import a_matcher, found

FRENCH = (
    "remboursement",
    "(me|nous) rembours*",
    "porter plainte",
    "(mon|un) avocat",
    "au tribunal",
    "mise en demeure",
    "c'est (n'importe quoi|honteux|du vol)",
    "(j'en ai|on en a) (marre|assez)",
    "(inadmissible|scandaleux)",
    "bande d'(incapables|idiots)",
    "résilier",
    "résiliation",
    "me désabonner",
    "une réclamation",
)
ENGLISH = (
    "refund*",
    "reimburse*",
    "(press|pressing) charges",
    "(my|a) solicitor",
    "to court",
    "legal action",
    "(this|that|it) is (ridiculous|a disgrace)",
    "had enough",
    "sick of",
    "outrageous",
    "bunch of idiots",
    "want to cancel",
    "cancel (my|the) (plan|phone|policy)",
    "unsubscribe",
    "make a complaint",
)


@pytest.fixture(scope="module")
def french() -> Matcher:
    return a_matcher(FRENCH, Language.FR)


@pytest.fixture(scope="module")
def english() -> Matcher:
    return a_matcher(ENGLISH, Language.EN)


@pytest.mark.parametrize(
    ("elsewhere", "here"),
    [
        ("Ma mutuelle va me rembourser les lunettes.", "Vous allez me rembourser les lunettes."),
        ("Mon employeur doit me rembourser le trajet.", "Mon employeur est témoin, il faut me rembourser."),
        ("Je dois porter plainte contre mon ancien locataire.", "Je vais porter plainte contre votre société."),
        ("On m'a cambriolé, j'ai dû porter plainte.", "On m'a menti, je vais porter plainte."),
        ("Mon avocat demande une copie du contrat.", "Mon avocat vous écrira demain."),
        ("Je travaille au tribunal, livrez-moi à l'accueil.", "On se retrouvera au tribunal."),
        ("Vous m'envoyez une mise en demeure pour dix euros ?", "Vous recevrez une mise en demeure."),
        ("C'est n'importe quoi ce que je raconte.", "C'est n'importe quoi ce que vous racontez."),
        ("J'en ai marre de la pluie.", "J'en ai marre de la coupure."),
        ("Ma sœur trouve ça scandaleux, moi ça me va.", "Ma sœur trouve ça scandaleux et moi aussi."),
        ("ma sœur trouve ça scandaleux moi ça me va", "ma sœur et moi on trouve ça scandaleux"),
        ("Un monsieur hurlait bande d'incapables dans la file.", "Vous êtes une bande d'incapables."),
        ("Résilier et suspendre, c'est la même chose ?", "Suspendre ne suffit pas, je veux résilier."),
        ("Si je rends la box, vous allez résilier la fibre ?", "Si je rends la box, vous voudrez bien résilier ?"),
        ("Je veux me désabonner de vos mails.", "Je veux me désabonner de votre service."),
        ("Les remboursements passent le matin ou le soir ?", "Les remboursements ne passent toujours pas."),
        ("C'est ici pour une réclamation ou c'est le service commercial ?", "Je fais une réclamation."),
    ],
)
def test_french_about_something_else_is_silent(french: Matcher, elsewhere: str, here: str) -> None:
    assert found(french, elsewhere, Language.FR) == []
    assert found(french, here, Language.FR) != []


@pytest.mark.parametrize(
    ("elsewhere", "here"),
    [
        ("My insurer has reimbursed me for the glasses.", "My insurer is not involved, reimburse me."),
        ("The airline is going to refund us.", "You are going to refund us."),
        ("I have to press charges against my tenant.", "I'm going to press charges against you."),
        ("We were burgled, so I had to press charges.", "You lied, so I will press charges."),
        ("My solicitor wants a copy of the contract.", "My solicitor will write to you tomorrow."),
        ("I'm in the middle of a divorce, it goes to court soon.", "I'll take this to court soon."),
        ("The neighbours threaten legal action over the hedge.", "I will take legal action over the bill."),
        ("That is ridiculous, I've lost my glasses.", "That is ridiculous, you've lost my parcel."),
        ("I'm sick of the winter.", "I'm sick of the waiting."),
        ("I've had enough ink for now.", "I've had enough for now."),
        ("My sister finds it outrageous, doesn't bother me.", "My sister and I find it outrageous."),
        ("my sister finds it outrageous but mine works fine", "my sister and me find it outrageous"),
        ("A man was shouting bunch of idiots at them.", "You are a bunch of idiots."),
        ("If I drop the TV do you cancel my plan?", "I'll drop the TV, please cancel my plan."),
        ("I want to cancel my appointment for Friday.", "I want to cancel my contract on Friday."),
        ("Unsubscribe me from the newsletter.", "Unsubscribe me from the service."),
        ("Where would a refund show up?", "Where is my refund?"),
        ("Is this where you make a complaint or is it sales?", "I want to make a complaint, is it here?"),
    ],
)
def test_english_about_something_else_is_silent(english: Matcher, elsewhere: str, here: str) -> None:
    assert found(english, elsewhere, Language.EN) == []
    assert found(english, here, Language.EN) != []
