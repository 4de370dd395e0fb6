"""Words that say nothing of why somebody calls, and words that may say who they are. Forms are without accents."""

from collections.abc import Mapping
from types import MappingProxyType

from keywords.words import word_set
from streams.records import Language

NEGATIONS: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        Language.FR: word_set("pas plus jamais aucun aucune rien sans"),
        Language.EN: word_set("not no never without cannot"),
    }
)
"""Part of a term of several words, never one by themselves."""

_FR_GRAMMAR = """
a ai aie ait as au aux avait avais avec avez aviez avoir avons ayant c ca car ce ceci cela celle celles celui ces cet
cette ceux chez ci comme comment d dans de depuis des donc dont du elle elles en encore entre es est et etaient etais
etait etant ete etes etre eu eux fait faire fais faites fallait falloir faut furent fut hier ici il ils j je jusqu
jusque l la le les leur leurs lors lorsque lui m ma mais me meme memes mes mi moi mon n ne ni nos notre notres nous on
ont ou par parce pendant peu peut peux pour pourquoi pourrais pourrait pouvez pouvoir puis puisque qu quand que quel
quelle quelles quels qui quoi s sa se sera serait ses si soi soit sommes son sont sous suis sur t ta tandis te tel telle
tes toi ton tout toute toutes tous tres trop tu un une vais va vas vers vos votre votres vont vous y avant apres alors
ainsi aussi assez autre autres beaucoup bien bon bonne deja dire dis dit dites lequel laquelle quelqu quelque quelques
chose choses savoir sais sait voir vois voit voulais voulait vouloir veux veut vraiment toujours juste maintenant
aujourd hui demain matin soir midi jour jours semaine semaines mois an ans annee annees heure heures minute minutes fois
petit petite petits grand grande truc machin genre enfin surtout presque plutot peut-etre parler parle appelle appeler
appel appels besoin aurais aurait aimerais savez pense crois trouve donner donne mettre mis met prendre pris prend
passer passe venir viens vient aller ete arrive arriver niveau cote cause rapport sujet question probleme problemes
souci soucis aider aide aidez regarder regarde attendez attends
"""
_FR_COURTESY = """
bonjour bonsoir salut allo oui non ouais merci svp plait ok okay accord voila parfait exact exactement revoir bonne
journee soiree monsieur madame mademoiselle messieurs excusez pardon desole desolee effectivement absolument super
entendu volontiers prie patience ecoutez ecoute tiens ben hein quoi eh bah
"""
_FR_COUNTS = """
zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante
cinquante soixante septante huitante nonante cent cents mille million millions premier premiere deuxieme troisieme
lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre
novembre decembre euro euros centime centimes virgule tiret arobase point
"""
_EN_GRAMMAR = """
a about above after again all also am an and any anyone anything are as at back be because been before being between
both but by can could d did do does doing done each else even ever every few for from further get gets getting go
goes going gone gonna got had has have having he her here hers him his how i if in into is it its itself just know
like ll look looking m made make many may maybe me mean might mine more most much must my myself need needs now of off
oh on once one only or other our ours out over own put quite rather re really right s said same saw say saying see
seems she should since so some someone something still such sure t take taken than that the their them then there
these they thing things think this those though through till to today tomorrow tonight too took tried try trying under
until up us ve very want wanted wants was way we week weeks well went were what when where whether which while who why
will with would yesterday yet you your yours day days month months year years hour hours minute minutes morning
afternoon evening time times call calls called calling ring rang phone tell told talk speak help helped question
problem problems issue issues regarding basically actually anyway bit lot kind sort stuff let lets give gave come came
happen happened happening
"""
_EN_COURTESY = """
hello hi hey good yes yeah yep yup nope okay ok thanks thank please sorry pardon excuse bye goodbye cheers alright
fine great lovely perfect exactly absolutely sir madam ma'am maam hang hold wait nice welcome pleasure
"""
_EN_COUNTS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million first second third fourth
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december pound pounds dollar dollars cent cents euro euros pence quid double triple dot dash
"""

STOP: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        Language.FR: word_set(f"{_FR_GRAMMAR} {_FR_COURTESY} {_FR_COUNTS}"),
        Language.EN: word_set(f"{_EN_GRAMMAR} {_EN_COURTESY} {_EN_COUNTS}"),
    }
)
"""No part of a term; it may stand between two words of one."""

HIDES_NEXT: Mapping[Language, Mapping[str, int]] = MappingProxyType(
    {
        Language.FR: MappingProxyType(
            dict.fromkeys(("monsieur", "madame", "mademoiselle", "docteur", "maitre"), 2)
            | dict.fromkeys(("nom", "prenom", "nomme", "prenomme"), 4)
            | dict.fromkeys(("adresse", "rue", "avenue", "boulevard", "impasse", "allee", "habite", "domicilie"), 4)
            | dict.fromkeys(("mail", "courriel", "arobase"), 4)
            | dict.fromkeys(("conjoint", "conjointe", "mari", "femme", "epoux", "epouse", "titulaire"), 2)
            | dict.fromkeys(("fille", "fils", "frere", "soeur", "mere", "pere"), 2)
        ),
        Language.EN: MappingProxyType(
            dict.fromkeys(("mr", "mrs", "ms", "mister", "missus", "doctor", "dr"), 2)
            | dict.fromkeys(("name", "surname"), 4)
            | dict.fromkeys(("address", "postcode", "email"), 4)
            | dict.fromkeys(("husband", "wife", "partner", "holder", "daughter", "son", "mother", "father"), 2)
        ),
    }
)
"""After these, so many words are left out: a name or an address may follow."""
OWN_NAME: Mapping[Language, frozenset[tuple[str, str]]] = MappingProxyType(
    {
        Language.FR: frozenset(
            {
                ("me", "appelle"),
                ("m", "appelle"),
                ("appeler", "monsieur"),
                ("suis", "monsieur"),
                ("s", "appelle"),
                ("part", "de"),
            }
        ),
        Language.EN: frozenset(
            {
                ("live", "in"),
                ("live", "at"),
                ("this", "is"),
                ("am", "called"),
                ("living", "in"),
                ("spoke", "to"),
                ("spoken", "to"),
                ("speak", "to"),
                ("through", "to"),
            }
        ),
    }
)
"""After these two words, three are left out."""

ADDRESSES = word_set("arobase gmail hotmail icloud yahoo outlook")
"""Parts of an address of mail: the words just before are of it too."""

FIRST_NAMES = word_set(
    """
adam adele adrien agathe agnes aicha alain albert alexandra alexandre alexis alfred alice aline alison amanda amandine
amelie amina amy ana anais andre andrea andreas andrew angela angelique anita ann anna annabelle anne annette annick
anthony antoine antonio arnaud arthur audrey aurelie aurelien axel barbara baptiste beatrice benedicte benjamin benoit
bernadette bernard bertrand beth betty bob brahim brenda brian brigitte bruno camille carl carla carlos carol carole
caroline catherine cathy cecile cedric celia celine chantal charles charlie charlotte chloe christelle christian
christiane christina christine christophe christopher cindy claude claudia claudine clara clement colette colin colleen
corinne craig cynthia cyril damien daniel danielle danny david dean debbie deborah delphine denis denise derek diana
diane didier dominique donald donna doris dorothy doug douglas dylan edith edouard edward eileen elaine elena eleonore
elias eliane elisabeth elise elizabeth ella ellen elodie emilie emily emma emmanuel emmanuelle eric erica erwan estelle
esther ethan etienne eugene eva evelyne fabien fabienne fabrice farid fatima fatoumata felix fernand florence florent
florian fran france-line franck francois francoise frank fred frederic frederique gabriel gabrielle gaelle gareth gary
gaston genevieve geoffrey george georges gerald geraldine gerard germaine ghislaine gilbert gilles gillian ginette
giulia gregory guillaume gustave guy gwenaelle hamid hannah harold harry hassan heather hector helen helene henri
henriette henry herve hugo hugues ian ibrahim ines ingrid irene isaac isabelle ismael ivan jack jackie jacqueline
jacques jake james jamie jan jane janet janice jason jean jeanne jeannine jeff jeffrey jennifer jenny jeremy jerome
jessica jill jim joan joanna joanne joel joelle johanna john johnny jonathan jordan jose josee joseph josephine josette
joshua josiane joyce juan judith julia julian julie julien juliette julio justine karen karim karine kate katherine
kathleen kathy katie keith kelly ken kenneth kevin kim kimberley kyle laetitia lambert larry laura laure laurence
laurent laurie lea leah leila leo leon leonie leslie liam lily linda lionel lisa lise loic lola lou louis louise luc
lucas lucia lucie lucien lucy ludovic luis luke lydia lydie madeleine mael maeva magali mahmoud malik manon manuel
marc marcel marcelle margaret margot marguerite maria mariam marianne marie mario marion marise marjorie marlene martha
martin martine marvin mary maryse mateo mathieu mathilde matthew matthieu maude maurice maxence maxime megan melanie
melissa mehdi michael michel michele micheline michelle mickael miguel mike mireille mohamed mohammed monique morgane
morgan mourad muhammad murielle mustapha myriam nabil nadege nadia nadine nancy natacha natalie nathalie nathan neil
nicholas nick nicolas nicole nigel nina noah noemie noel noelle nora norbert norman odette odile oliver olivia olivier
omar oscar pamela pascal pascale patricia patrice patrick paul paula paulette pauline pedro peggy peter philip philippe
phil phyllis pierrette pierrick quentin rachel rachid ralph raoul raphael raymond raymonde rebecca regine regis remi
remy renaud rene renee rhys ricardo richard rita robert roberto robin roger roland romain romane ronald rosalie rosemary
roxane russell ruth ryan sabine sabrina sally salma sam samantha samir samuel sandra sandrine sara sarah sasha scott
sean sebastien serge severine shane shannon sharon sheila shirley sidney simon simone sofia solange sonia sophie
stephane stephanie stephen steve steven stuart sue suzanne sylvain sylvie tanguy tania tanya teresa theo theodore
theresa therese thibault thierry thomas tiffany tim timothy tina todd tom tommy tony tracy trevor tristan valentin
valentine valerie vanessa vera veronique vicky victor victoria vincent violette virginie vivian viviane walter warren
wendy wesley william willy xavier yan yann yannick yasmina yasmine yoann yolande youssef yusuf yves yvette yvonne
zacharie zoe
"""
)
"""Common first names of France, Quebec and English-speaking countries that are no ordinary words besides."""
NAMES_AND_WORDS = word_set(
    """
amber amour art aimee bill carry chance claire clemence constance dale desire dick dawn drew ernest faith felicite
france frank gene glen grace grant guy hope hortense iris ivy jasmine jean jade jay jewel joy june kay lance lee lourdes
luce marine mark max may melody miles mona nick norm ocean olive paix pascal pat pearl penny pierre prudence ray reed
rich rob robin roman rosa rose ruby rusty sandy sue summer terry victoire violet wade wayne will
"""
)
"""Names that are ordinary words too: left out only where written with a capital."""
