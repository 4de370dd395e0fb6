"""What somebody asks for or announces: a card number, a security code, a telephone number, an order number. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from keywords.marks import is_mark
from keywords.normal import plain, spoken_words
from keywords.words import word_set
from streams.records import Utterance


class Topic(StrEnum):
    """What the next digits may be."""

    CARD = "card"
    CVV = "cvv"
    EXPIRY = "expiry"
    IBAN = "iban"
    PHONE = "phone"
    EMAIL = "email"
    OTHER = "other"
    """An order, a postcode, an amount: nothing to mask."""


class Strength(StrEnum):
    """How much a cue says about the digits that follow."""

    ASKED = "asked"
    """The thing itself is asked for or announced."""
    NAMED = "named"
    """Somebody speaks of such things: "par carte bancaire", "call me back"."""
    FOUND = "found"
    """It was just said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that tell what digits are about."""

    topic: Topic
    strength: Strength
    at_s: float
    """When the last of them ends."""
    begins_s: float
    """When their utterance begins."""
    ends_s: float
    """When it ends."""
    channel: int = -1
    """Where it was said; -1: found in digits."""
    sure: bool = True
    """Whether it was understood well enough to end what was talked of before."""
    any_code: bool = False
    """No more than "the code", or a secret one: any code at all, but a card's where a card number was just said."""


UNDERSTOOD = 0.5
"""With less confidence a text says little about what was said."""
_SMALL = word_set(
    "le la les l un une des de d du au aux a en et ce cet cette ces votre vos ton ta tes mon ma mes son sa ses notre "
    "the your my his her this that of an s qui est c ou vous nous you we can i je"
)
"""Left out before cues are looked for: recognisers add and drop them."""

_SPELLINGS = (
    (re.compile(r"[ck]r[iy]pto?g\w+"), "cryptogramme"),
    (re.compile(r"validit\w*|[od]\w?validit\w*"), "validite"),
    (re.compile(r"d?atres?|s?adate?|datt?es?|atd"), "date"),
    (re.compile(r"(?:at)?troi[sx]|toi[st]?|toits?|etois"), "trois"),
    (re.compile(r"s?h?chiff?res?|shifl?"), "chiffres"),
    (re.compile(r"doses?"), "dos"),
    (re.compile(r"t[eé]l[eé]phon+es?"), "telephone"),
    (re.compile(r"e?x?spiration"), "expiration"),
    (re.compile(r"numeros|nombres?|num"), "numero"),
    (re.compile(r"numbers"), "number"),
    (re.compile(r"cartes|m?acc?art[es]?|[mt]?acquar[dt]e?"), "carte"),
    (re.compile(r"cards"), "card"),
    (re.compile(r"c[bdpv][bcvp]\d?"), "cvv"),
    (re.compile(r"ibans?|ibanes?|ibanne|hiban"), "iban"),
    (re.compile(r"e?mails?|courriels?|imel|imail"), "mail"),
)

_ASKED: Mapping[Topic, str] = MappingProxyType(
    {
        Topic.CVV: (
            "cryptogramme,crypto gramme,cvv,c v v,c v,cid,c i d,code securite,corde securite,recorde securite,"
            "code verification,numero verification,"
            "chiffres dos,chiffres derriere,chiffres verso,chiffres arriere,chiffre dos,numero dos,numero verso,"
            "dos carte,situe dos,situes dos,situe verso,situes verso,verso carte,derriere carte,arriere carte,"
            "trois derniers chiffres,trois chiffres,3 chiffres,"
            "3 derniers chiffres,quatre chiffres devant,4 chiffres devant,"
            "security code,security number,security digits,verification code,verification number,verification value,"
            "digits on back,digits from back,digits back,number on back,number from back,code on back,back card,"
            "three digit,three digits,3 digit,3 digits,3-digit,last three,signature strip,four digits on front"
        ),
        Topic.EXPIRY: (
            "date expiration,expiration date,exploration date,expression date,"
            "expiry date,expiry,expiration,expire,expires,expiring,date validite,"
            "fin validite,valid until,valid thru,valid through,valable jusqu,valide jusqu,good until,good through"
        ),
        Topic.CARD: (
            "numero carte,numero sur carte,chiffres carte,chiffres sur carte,numero cb,numero visa,numero mastercard,"
            "numero complet,seize chiffres,16 chiffres,quinze chiffres,15 chiffres,coordonnees carte,"
            "numero carte bancaire,numero carte credit,"
            "card number,number on card,number on front,number from card,digits on card,digits on front,long number,"
            "sixteen digits,sixteen digit,16 digits,16 digit,visa number,card details,credit card number,"
            "debit card number,full number"
        ),
        Topic.IBAN: (
            "iban,rib,i b n,compte bancaire,numero compte bancaire,coordonnees bancaires,"
            "bank account,bank account number,bank details,sort code,account details"
        ),
        Topic.PHONE: (
            "numero telephone,numero portable,numero mobile,numero cellulaire,numero cell,numero fixe,numero joindre,"
            "numero rappel,numero rappeler,telephone,portable,mobile,cellulaire,cell,cell phone,phone,phone number,"
            "telephone number,mobile number,cell number,contact number,callback number,number to reach,"
            "number to call,best number"
        ),
        Topic.EMAIL: (
            "mail,e mail,adresse mail,adresse e mail,mail address,e mail address,adresse electronique,mel,"
            "write me at,write to me at,write to at,ecrivez moi,m ecrire"
        ),
        Topic.OTHER: (
            "combien,quel age,quelle heure,quelle annee,quelle taille,quel etage,how many,how much,how old,how long,"
            "what time,what year,which year,what size,which floor,"
            "numero commande,numero dossier,numero contrat,numero facture,numero ticket,numero client,numero suivi,"
            "numero colis,numero reference,numero serie,numero compte,numero reservation,numero police,numero adherent,"
            "numero membre,"
            "numero reclamation,numero demande,numero confirmation,numero siret,numero tva,numero matricule,"
            "numero rue,numero civique,"
            "numero securite sociale,numero assurance sociale,compte client,code postal,code client,code promo,"
            "reference,siret,siren,date naissance,"
            "order number,case number,ticket number,tracking number,customer number,client number,account number,"
            "reference number,invoice number,booking number,policy number,serial number,membership number,"
            "member number,confirmation number,"
            "claim number,file number,model number,street number,house number,flight number,"
            "zip code,zip,postcode,post code,postal code,promo code,date birth,birth date"
        ),
    }
)
_NAMED: Mapping[Topic, str] = MappingProxyType(
    {
        Topic.CARD: (
            "carte bancaire,carte bleue,carte credit,carte debit,carte visa,visa,mastercard,master card,amex,"
            "american express,par carte,credit card,debit card,bank card,payment card,visa card,by card,with card,"
            "sur carte,on card,carte paiement,carte expire,carte expiree,card expires,card expired,carte,card"
        ),
        Topic.IBAN: "compte,account",
        Topic.PHONE: (
            "reached,contact,contacted,contacter,rappeler,rappelez,rappelle,rappel,joindre,joignable,appelez,appeler,"
            "call,callback,reach,text,sms,texto,fax"
        ),
        Topic.OTHER: (
            "commande,dossier,contrat,facture,ticket,colis,suivi,client,reservation,adresse,rue,avenue,boulevard,"
            "montant,total,prix,somme,solde,serie,modele,matricule,chambre,appartement,poste,article,produit,"
            "carte identite,carte fidelite,carte grise,carte vitale,carte cadeau,"
            "order,booking,invoice,tracking,shipment,parcel,case,address,street,road,amount,price,balance,model,serial,"
            "room,apartment,apt,suite,extension,policy,claim,confirmation,item,flight,gift card,loyalty card,"
            "business card,identity card,building,batiment,etage,floor,ligne,line,error,erreur,version,code,service"
        ),
    }
)
_MAIL_SENT = re.compile(
    r"sen[dt]|sends|sending|receiv\w*|got|gotten|wrote|written|reply|replied|forward\w*|read|check\w*|recu\w*|recoi\w*"
    r"|recev\w*|envo\w*|repondu\w*|repondre|ecrit\w*|lu|transmis\w*"
)
"""What is done with a message: beside these "mail" is one, unless an address is spoken of or a question put."""
_MAIL_ASKED = re.compile(r"adresses?|address|addresses|quel\w*|what|which")
LONGEST = 4
_ANY_CODE = frozenset({("code",), ("code", "secret"), ("secret", "code"), ("code", "pin"), ("pin", "code"), ("pin",)})


def _table() -> dict[tuple[str, ...], tuple[Topic, Strength]]:
    found: dict[tuple[str, ...], tuple[Topic, Strength]] = {}
    for strength, listed in ((Strength.NAMED, _NAMED), (Strength.ASKED, _ASKED)):
        for topic, phrases in listed.items():
            for phrase in phrases.split(","):
                found[tuple(_usual(form) for form in phrase.split())] = topic, strength
    return {**dict.fromkeys(_ANY_CODE, (Topic.OTHER, Strength.NAMED)), **found}


def _usual(form: str) -> str:
    return next((usual for pattern, usual in _SPELLINGS if pattern.fullmatch(form)), form)


_TABLE: Mapping[tuple[str, ...], tuple[Topic, Strength]] = MappingProxyType(_table())


def cues_of(utterance: Utterance) -> tuple[Cue, ...]:
    """What the utterance asks for or announces, in the order of its words; the longest of overlapping cues counts."""
    said = [
        (_usual(form), word.end_s)
        for word in spoken_words(utterance)
        for form in re.findall(r"[^\W_]+", plain(word.text))
        if form not in _SMALL and not is_mark(word.text)
    ]
    found: list[Cue] = []
    is_message = _is_about_message([form for form, _ in said])
    at = 0
    while at < len(said):
        width = _width([form for form, _ in said[at : at + LONGEST]])
        if width:
            forms = tuple(form for form, _ in said[at : at + width])
            topic, strength = _TABLE[forms]
            if topic is Topic.EMAIL and is_message:
                strength = Strength.NAMED
            end_s = said[at + width - 1][1]
            cue = Cue(
                topic=topic,
                strength=strength,
                at_s=end_s,
                begins_s=utterance.start_s,
                ends_s=utterance.end_s,
                channel=utterance.channel,
                sure=utterance.confidence >= UNDERSTOOD,
                any_code=forms in _ANY_CODE,
            )
            found.append(cue)
        at += max(1, width)
    return tuple(found)


def _is_about_message(forms: Sequence[str]) -> bool:
    """Whether a message is spoken of and no address: "I sent you an e-mail"."""
    sent = any(_MAIL_SENT.fullmatch(form) for form in forms)
    return sent and not any(_MAIL_ASKED.fullmatch(form) for form in forms)


def _width(forms: Sequence[str]) -> int:
    """How many of the forms at the beginning are the longest cue; 0: none."""
    return next((width for width in range(len(forms), 0, -1) if tuple(forms[:width]) in _TABLE), 0)
