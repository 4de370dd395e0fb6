"""English reported speech: "they told me I'd be refunded", "my husband said don't cancel". Pure."""

import re

from keywords.negation.frames import Frame, any_of, opens, until

MANY = (
    "(?:(?:a lot of |lots of |some |many |most |other |old )*(?:people|customers|clients|others|everyone|everybody) )"
)
_DETERMINER = any_of("my your our the a an some his her their this that")
_NOUN = rf"{_DETERMINER} (?:(?!{any_of('i we you he she they it')} )\w+ ){{1,4}}?"
_THIRD = rf"(?:{any_of('he she they who someone somebody anyone one')} (?:\w+ )?|{MANY}|{_NOUN})"
_AUX = any_of("has have had was were is are keep keeps kept always never not just did would already also then be been")
# a promise is no mere report: "you promised me a refund" asks for it
_SAID = any_of(
    "said says told assured assures informed advised advises suggested suggests recommended recommends mentioned "
    "mentions claimed claims offered offers asked asks wrote brought"
)
_SAYING = any_of("saying telling mentioning offering asking talking bringing")
_THINKS = any_of("say tell tells thinks think thought reckons reckon reckoned believes threatened threatens talked")
_TO_WHOM = r"(?:(?:me|us|you|him|her|them|anything|something) )?(?:about )?"
_YOUR_AUX = rf"(?:{_AUX}|the one|the ones|who)"
# Who calls for somebody passes their wish on: "my husband told you we want to cancel".
_NOT_PASSED_ON = r"(?!(?:my|our) \w+ (?:(?!never )\w+ )?(?:told|asked|wrote to|emailed|said to) you )"
_REPORTERS = (
    rf"(?<!to )you (?:{_YOUR_AUX} )*(?:{_SAID}|say|talk|talked|threatened) (?:up )?{_TO_WHOM}",
    rf"(?<!to )you (?:{_YOUR_AUX} )+{_SAYING} (?:up )?{_TO_WHOM}",
    rf"{_NOT_PASSED_ON}{_THIRD}(?:{_AUX} )*(?:{_SAID}|{_SAYING}|{_THINKS}) (?:up )?{_TO_WHOM}",
    rf"{_THIRD}(?:{_AUX} |s )*(?:trying|tried|ringing|calling|phoning|keen|desperate) (?:\w+ )?"
    r"to (?:get|make) me (?:to )?",
    r"it (?:also )?(?:says|said|states|reads) (?:here |there )?(?:(?:in|on) (?:\w+ ){1,3}?)?",
    rf"{_THIRD}(?:{_AUX} )*(?:wants|want|wanted) (?:me|us) ",
    r"(?:nobody|no one) (?:here )?(?:told|asked) (?:you|him|her|them) ",
    rf"(?:i|we) (?:was|were|am being|have been|had been|got) (?:{_AUX} )*(?:told|assured|advised|informed) ",
    r"i (?:have |had )?(?:read|heard|seen|saw) (?:\w+ ){0,3}?that ",
    r"i (?:have |had )?(?:read|heard) (?:online |somewhere )?",
    r"according to (?:\w+ ){1,3}?",
    r"(?:rumour has it|word is|apparently) (?!you |i |my |we )",
)

# The speaker's own words begin again.
_OWN_WORDS = (
    r", (?!that |if )|\. |\bbut |\bso |\bbecause |\bthen |\bnow |\botherwise |\band (?:i|we|now|you) "
    r"|(?<!that )(?<!if )(?<!when )(?<!whether )\bi (?:want|am|need|will|would|wanna|demand|$)"
)
_QUOTED = until(_OWN_WORDS, after=r"(?:, (?!i |we ))?(?:that |if |whether |when |how |to )*(?:i |we )?")

# "a friend says it is cheaper elsewhere", "I've heard nothing about my refund"
_STATED = r"^(?:that )?(?:it is|there is|that is|nothing|no|back) "
# "you said you'd refund me and I still have nothing"
_KEPT_WAITING = (
    r"\b(?:still|never came|never got|never received|weeks? ago|months? ago|years? ago|since then|where is|lied|lies"
    r"|nothing (?:yet|happened|came|since)|(?:had|got|received|seen) nothing|yet to"
    r"|not (?:had|got|received|seen|come)|it (?:has|did|does) not|you (?:did|had|have) not|nothing there|and nothing"
    r"|guess what|that was (?:in|on|back|last|(?:\w+ ){1,2}ago)"
    r"|(?:is|has) been (?:\w+ ){0,3}(?:days|weeks|months|years|ages))\b"
)
# "they say I can't cancel"
_REFUSED = r"\b(?:can|will|would|could) not\b|\bnot (?:possible|able|allowed|entitled)\b"
# "I was told to ring this number to cancel", "you ask why I want to cancel", "nobody told me where to complain"
_WHY = (
    r"\bto (?:call|ring|phone|contact|write|email|dial|press)\b.*? (?:to|about|for) "
    r"|\b(?:why (?:i|we)|(?:where|how) (?:to|i|we)) "
)
# "they told me to wait get me a manager"
_ORDERED = r"(?<!to )(?<!not )\b(?:get|give|pass) me\b"

REPORTED = Frame(
    opener=opens(*_REPORTERS),
    gap=_QUOTED,
    unless=re.compile("|".join((_STATED, _KEPT_WAITING, _REFUSED, _WHY, _ORDERED))),
)
