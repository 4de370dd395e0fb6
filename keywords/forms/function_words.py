"""Words that only hold sentences together: they say nothing of what a phrase means. Pure data."""

from collections.abc import Mapping
from types import MappingProxyType

from keywords.words import word_set
from streams.records import Language

_FRENCH = """
a afin ai aie ailleurs alors apres as au aucun aucune aujourdhui auquel aussi autant autre autres aux avais avait avant
avec avez aviez avoir avons ca car ce ceci cela celle celles celui cent ces cet cette ceux chaque chez ci comme comment
contre d dans de depuis derriere des desormais desquels dessus dessous deux devant doit donc dont du elle elles en
encore entre es est et etaient etais etait etant ete etes etiez etre eu eux fait fois fut il ils ici j jamais je jusque
l la le lequel les leur leurs lors lorsque lui m ma mais me meme memes mes mien moi moins mon n ne ni nos notre nous on
ont or ou par parce parmi pas pendant peu peut plus plusieurs plutot pour pourquoi pourtant pourrait presque puis
puisque qu quand que quel quelle quelles quelque quelques quelquun quels qui quoi rien s sa sans sauf se selon sera
serait serez seront ses si sien soi soit sommes son sont sous suis sur t ta tandis tant te tel telle tels tes toi ton
toujours tous tout toute toutes tres tu un une vers veux veut voici voila vos votre vous y etions
"""
_ENGLISH = """
a about above after again against ago all almost along already also although always am among an and another any anybody
anyone anything are aren as at away back be became because been before behind being below between both but by can could
did do does doing done down during each either else enough even ever every everyone everything few for from further get
gets getting go goes going gone got had has have having he her here hers herself him himself his how however i if in
into is it its itself just least less like made make many may maybe me might mine more most much must my myself near
neither never no nobody none nor not nothing now of off often on once one only or other others our ours ourselves out
over own perhaps please put quite rather really s same shall she should since so some somebody someone something
somewhere still such than that the their theirs them themselves then there these they thing things this those though
through to together too toward two under unless until up upon us very was we well were what whatever when where whether
which while who whole whom whose why will with within without would yes yet you your yours yourself
"""


_WORDS: Mapping[Language, frozenset[str]] = MappingProxyType(
    {Language.FR: word_set(_FRENCH), Language.EN: word_set(_ENGLISH)}
)


def is_function_word(form: str, language: Language) -> bool:
    """Whether a word only holds sentences together."""
    return form in _WORDS[language]
