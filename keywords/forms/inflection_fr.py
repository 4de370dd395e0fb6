"""French words whose forms no ending tells: the irregular verbs that callers use. Pure data."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from keywords.words import word_set

_FUTURE = "ai as a ons ez ont ais ait ions iez aient"
_FAMILIES = """
faire: fais fait faisons faites font faisais faisait faisions faisiez faisaient faite faits fasse fasses fassent; fer
vouloir: veux veut voulons voulez veulent voulais voulait voulions vouliez voulaient voulu veuille veuillez; voudr
prendre: prends prend prenons prenez prennent prenais prenait prenions preniez prenaient pris prise prises prenne \
prennes prenant; prendr
mettre: mets mettons mettez mettent mettais mettait mettions mettiez mettaient mis mise mises mettant; mettr
venir: viens vient venons venez viennent venais venait venaient venu venue venus venues vienne viennent; viendr
tenir: tiens tient tenons tenez tiennent tenais tenait tenaient tenu tenue tenus tenues tienne; tiendr
voir: vois voit voyons voyez voient voyais voyait voyaient vue vus vues voie; verr
partir: pars partons partez partent partais partait partaient parti partie partis parties parte; partir
sortir: sors sort sortons sortez sortent sortais sortait sorti sortie sortis; sortir
mentir: mens mentons mentez mentent mentais mentait mentaient menti mente; mentir
sentir: sens sent sentons sentez sentent sentais sentait senti; sentir
servir: sers sert servons servez servent servais servait servi; servir
suivre: suis suit suivons suivez suivent suivais suivait suivi suivie suivis suivies suive; suivr
plaindre: plains plaint plaignons plaignez plaignent plaignais plaignait plaigne plaignes; plaindr
craindre: crains craint craignons craignez craignent craignais craignait craigne; craindr
joindre: joins joint joignons joignez joignent joignais joignait jointe joigne; joindr
recevoir: recois recoit recevons recevez recoivent recevais recevait recu recue recus recues recoive; recevr
devoir: dois doit devons devez doivent devais devait devaient doive; devr
ecrire: ecris ecrit ecrivons ecrivez ecrivent ecrivais ecrivait ecrite ecrits ecrites ecrive; ecrir
dire: disons dites disent disais disait disaient dise disent; dir
lire: lisons lisez lisent lisais lisait; lir
ouvrir: ouvre ouvres ouvrons ouvrez ouvrent ouvrais ouvrait ouvert ouverte ouverts ouvertes; ouvrir
offrir: offre offres offrons offrez offrent offrais offrait offert offerte offerts offertes; offrir
croire: crois croit croyons croyez croient croyais croyait; croir
construire: construis construit construisons construisez construisent construite; construir
conduire: conduis conduit conduisons conduisez conduisent conduite; conduir
resoudre: resous resout resolvons resolvez resolvent resolu resolue resolus; resoudr
rompre: romps rompt rompons rompez rompent rompais rompait rompu rompue; rompr
acquerir: acquiers acquiert acquis acquise; acquerr
courir: cours court courons courez courent courais courait couru; courr
payer: paie paies paient paye payes payez payons payent payais payait payaient payee paiera paierai; paier
envoyer: envoie envoies envoient envoyez envoyons envoyais envoyait envoyaient envoyee envoyees; enverr
appeler: appelle appelles appellent appelez appelons appelais appelait appelee; appeller
"""


def _forms() -> Iterator[tuple[str, str]]:
    for line in filter(None, _FAMILIES.splitlines()):
        lemma, _, told = line.partition(":")
        forms, _, futures = told.partition(";")
        yield lemma, lemma
        for form in forms.split():
            yield form, lemma
        for stem in futures.split():
            for ending in _FUTURE.split():
                yield stem + ending, lemma


FRENCH_FORMS: Mapping[str, str] = MappingProxyType(dict(_forms()))
"""A form, which other letters may precede ("reprends"), to its infinitive."""
FRENCH_UNCHANGED = word_set(
    "client clients agent argent urgent content comment souvent avant devant maintenant autant pendant tant enfant "
    "moins toujours jamais mais francais anglais relais palais delai essai lait fait droit endroit toit nuit huit "
    "maison raison saison poison prison facon garcon citron patron patrons pardon bonjour merci lundi mardi jeudi "
    "vendredi samedi midi ici aussi ainsi hier avocat avis prix voix croix choix taux mieux vieux yeux deux heure "
    "heures peur coeur soeur leur leurs jour fois mois trois dehors alors corps temps lors vers tres plus sous sans "
    "dans vous nous tous bras cas pas gens foutre connasse concert concours secours permis tapis"
)
