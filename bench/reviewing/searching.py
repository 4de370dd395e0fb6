"""Full text: common words, rare ones, phrases, prefixes, and words that must not be there."""

from random import Random

import httpx

from bench.reviewing.asking import Question, Times, timed
from bench.reviewing.folder import Filled
from bench.reviewing.listing import PATH

QUESTIONS = 200
COMMON = ("facture", "merci", "technicien", "bonjour", "engineer", "thanks", "box", "d'accord", "bill", "internet")
RARE = ("solicitor", "avocat", "concurrent", "décédé", "supervisor", "patience", "remboursement", "Sherbrooke")
PHRASES = (
    '"mettre fin"',
    '"résilier mon contrat"',
    '"cancel my contract"',
    '"speak to a manager"',
    '"personne ne m\'a rappelé"',
    '"nobody called me back"',
    '"carte SIM"',
    '"delivery address"',
)
PREFIXES = ("rembours*", "résili*", "cancel*", "techni*")


def search_times(client: httpx.Client, filled: Filled) -> Times:
    """Two hundred searches, some with a filter besides."""
    dice = Random(11)
    questions = []
    for _ in range(QUESTIONS):
        text = dice.choice((_one, _one, _two, _without, _by_agent))(dice)
        asked: dict[str, str | int] = {"text": text, "limit": 50}
        if dice.random() < 0.3:
            asked["team"] = dice.choice(filled.teams)
        questions.append(Question(path=PATH, params=asked))
    return timed(client, questions, "calls")


def _one(dice: Random) -> str:
    return dice.choice(dice.choice((COMMON, RARE, PHRASES, PREFIXES)))


def _two(dice: Random) -> str:
    return f"{dice.choice(COMMON)} {dice.choice((*RARE, *COMMON, *PHRASES))}"


def _without(dice: Random) -> str:
    return f"{dice.choice(COMMON)} -{dice.choice(RARE)}"


def _by_agent(dice: Random) -> str:
    return f"{dice.choice(('agent', 'customer'))}:{dice.choice((*COMMON, *RARE))}"
