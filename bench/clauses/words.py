"""Kinds of words that tell whether something is meant, per language. Pure."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from keywords.words import word_set
from streams.records import Language

_FRENCH = {
    "negation": word_set("ne pas jamais rien aucun aucune plus ni sans nullement guere pantoute"),
    "report": word_set(
        "dit dire dis disait disent raconte racontent parle parlait parler parlent conseille trouve "
        "pense croit croyait demande propose propos entendu promis ecrit repete insiste jure envoie "
        "marque parait"
    ),
    "third": word_set(
        "il elle ils elles lui leur mari femme fils fille mere pere soeur frere voisin voisine collegue "
        "ami amie copain copine cousin cousine patron patronne oncle tante beau belle gendre monsieur "
        "dame gens client cliente enfant maman papa conjoint ex neveu niece grand chum blonde locataire "
        "proprietaire banque assurance vendeur livreur technicien facteur syndic comptable"
    ),
    "speaker": word_set("je me moi mon ma mes on nous notre nos"),
    "company": word_set("vous votre vos tu te toi"),
    "wish": word_set(
        "veux veut voulons voudrais voudrait souhaite souhaitons aimerais aimerions demande exige "
        "reclame faut faudrait besoin vais allons decide desire tiens pourriez pouvez"
    ),
    "past": word_set(
        "avais avait etais etait avions etions voulais voulait allais allait failli ancien ancienne "
        "avant autrefois epoque hier dernier derniere passe passee precedent ans"
    ),
    "now": word_set("maintenant aujourd aujourdhui tout suite demain encore toujours soir la"),
    "supposed": word_set(
        "si mettons imaginons supposons admettons suppose jour cas hypothese eventuellement peut-etre"
    ),
    "settled": word_set(
        "regle reglee resolu arrange fait recu arrive clos close fini finie merci bien parfait parfaite "
        "super bravo ravi ravie gentil gentille adorable aimable chouette impeccable nickel"
    ),
    "question": word_set("est-ce quoi comment combien pourquoi quand ou quel quelle qui"),
    "given_up": word_set(
        "finalement renonce laisse laissez oubliez tomber retire plutot prefere garde garder annule reste"
    ),
    "angry": word_set(
        "marre honte scandaleux inadmissible assez voleurs furieux prelevez preleve facture debite "
        "attends attend semaines mois"
    ),
    "errand": word_set("juste seulement simplement autre chose question renseignement savoir comprendre"),
    "but": word_set("mais sauf seulement pourtant cependant toutefois neanmoins"),
    "so": word_set("donc alors du coup parce car"),
}
_ENGLISH = {
    "negation": word_set("not no never nothing none nobody without hardly neither nor cannot"),
    "report": word_set(
        "said say says saying told tell tells telling asked ask asks reckons thinks thought suggested "
        "mentioned heard read according promised wrote email letter text"
    ),
    "third": word_set(
        "he she they him her them husband wife son daughter mother father mum dad mom sister brother "
        "neighbour neighbor neighbours colleague friend cousin boss uncle aunt landlord lady man guy "
        "chap girl people customer customers gran ex flatmate partner bank insurance driver agent "
        "accountant everyone everybody somebody someone"
    ),
    "speaker": word_set("i me my we us our mine"),
    "company": word_set("you your yours"),
    "wish": word_set("want like need must going please demand let get have give wanna gonna"),
    "past": word_set("was were had did used ago once last before yesterday nearly almost back years"),
    "now": word_set("now today still right tonight tomorrow yet"),
    "supposed": word_set("if suppose say imagine unless would could might may maybe perhaps hypothetically case"),
    "settled": word_set(
        "sorted fixed solved resolved done thanks thank lovely great brilliant perfect fine good closed "
        "settled glad happy kind nice sweet over arrived"
    ),
    "question": word_set("what how why when where which who do does is are"),
    "given_up": word_set(
        "rather instead keep stay staying drop forget ignore scrap decided against mind prefer sooner stop"
    ),
    "angry": word_set("waiting charged charging weeks months ridiculous disgrace unacceptable enough"),
    "errand": word_set("just only simply wondering question curious"),
    "but": word_set("but although though only however except"),
    "so": word_set("so because since therefore"),
}
_WORDS: Mapping[Language, Mapping[str, frozenset[str]]] = MappingProxyType(
    {Language.FR: _FRENCH, Language.EN: _ENGLISH}
)
_ENDINGS: Mapping[Language, Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        Language.FR: {
            "would": re.compile(r"\w{2,}r(?:ais|ait|ions|iez|aient)"),
            "used_to": re.compile(r"\w{2,}(?<!r)(?:ais|ait|ions|iez|aient)"),
            "will": re.compile(r"\w{2,}r(?:ai|as|a|ez|ons|ont)"),
            "you_do": re.compile(r"\w{2,}(?<![ri])ez"),
        },
        Language.EN: {"did": re.compile(r"\w{2,}ed"), "doing": re.compile(r"\w{2,}ing")},
    }
)


@lru_cache(maxsize=16_384)
def categories_of(form: str, language: Language) -> tuple[str, ...]:
    """The kinds a word belongs to, marked so that none is taken for a word."""
    listed = [kind for kind, words in _WORDS[language].items() if form in words]
    ended = [kind for kind, ending in _ENDINGS[language].items() if ending.fullmatch(form)]
    return tuple(f"@{kind}" for kind in (*listed, *ended))
