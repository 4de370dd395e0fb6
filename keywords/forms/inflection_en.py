"""English words whose forms no ending tells: the irregular verbs that callers use. Pure data."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from keywords.words import word_set

_FAMILIES = """
pay: pays paid paying
leave: left leaves leaving
make: made makes making
take: took taken takes taking
tell: told tells telling
speak: spoke spoken speaks speaking
talk: talks talked talking
give: gave given gives giving
write: wrote written writes writing
send: sent sends sending
lose: lost loses losing
break: broke broken breaks breaking
steal: stole stolen steals stealing
keep: kept keeps keeping
sell: sold sells selling
buy: bought buys buying
bring: brought brings bringing
find: found finds finding
hear: heard hears hearing
hold: held holds holding
meet: met meets meeting
spend: spent spends spending
teach: taught teaches
choose: chose chosen chooses choosing
drive: drove driven drives driving
cancel: cancels cancelled canceled cancelling canceling
complain: complains complained complaining
threaten: threatens threatened threatening
refer: refers referred referring
"""


def _forms() -> Iterator[tuple[str, str]]:
    for line in filter(None, _FAMILIES.splitlines()):
        lemma, _, told = line.partition(":")
        yield lemma, lemma
        for form in told.split():
            yield form, lemma


ENGLISH_FORMS: Mapping[str, str] = MappingProxyType(dict(_forms()))
"""A form, which other letters may precede ("mistaken"), to its infinitive."""
ENGLISH_UNCHANGED = word_set(
    "nothing something anything everything evening evenings morning mornings during wedding ceiling spring string "
    "thing things king ring hundred indeed need speed bleed always perhaps news business bus this thus less unless "
    "less address access process across yes else please one someone anyone those these whose there here were where "
    "some same time times little people sense service once since because else house office"
)
