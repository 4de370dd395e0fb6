"""The words by which somebody asks for a number, announces it or speaks of it, in French and English. Data."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from keywords.words import word_set


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


SMALL = word_set(
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
LONGEST = 4
"""Words of the longest cue."""
ANY_CODE = frozenset({("code",), ("code", "secret"), ("secret", "code"), ("code", "pin"), ("pin", "code"), ("pin",)})
"""Cues that may be of any code."""


def _table() -> dict[tuple[str, ...], tuple[Topic, Strength]]:
    found: dict[tuple[str, ...], tuple[Topic, Strength]] = {}
    for strength, listed in ((Strength.NAMED, _NAMED), (Strength.ASKED, _ASKED)):
        for topic, phrases in listed.items():
            for phrase in phrases.split(","):
                found[tuple(usual(form) for form in phrase.split())] = topic, strength
    return {**dict.fromkeys(ANY_CODE, (Topic.OTHER, Strength.NAMED)), **found}


def usual(form: str) -> str:
    """A plain form as cues are written, however a recogniser spells it."""
    return next((spelling for pattern, spelling in _SPELLINGS if pattern.fullmatch(form)), form)


CUES: Mapping[tuple[str, ...], tuple[Topic, Strength]] = MappingProxyType(_table())
"""By the usual forms of their words: what they are about, and how much they say."""
