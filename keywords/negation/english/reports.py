"""English reported speech: "they told me I'd be refunded", "my husband said don't cancel". Pure."""

import re

from keywords.negation.frames import Frame, any_of, opens, until

MANY = (
    "(?:(?:(?:a lot of |lots of |some |many |most |other |old |plenty of )*"
    "(?:people|customers|clients|others|everyone|everybody|folks)(?: (?:at|in|on|from|around"
    "|down) (?:\\w+ ){0,2}?\\w+)?"
    "|some (?:on|in|of) (?:the |my )?\\w+"
    "|there (?:is|are) (?:people|folks|some|those) (?:who|that)) )"
)
"""People in general."""
_DETERMINER = any_of("my your our the a an some his her their this that")
_PRONOUN = any_of("i we you he she they it")
_NOUN = rf"{_DETERMINER} (?:(?!{_PRONOUN} )\w+ ){{1,5}}?"
_THIRD = rf"(?:{any_of('he she they who someone somebody anyone one')} (?:\w+ )?|{MANY}|{_NOUN})"
_KIN = rf"(?:(?:my|our|a|an) (?:(?!{_PRONOUN} )\w+ ){{1,4}}?|(?:he|she|they|someone|somebody) )"
_AUX = any_of(
    "has have had was were is are s keep keeps kept always never not just did would already also then be been will"
)
# a promise is no mere report: "you promised me a refund" asks for it
_SAID = any_of(
    "said says told assured assures informed advised advises suggested suggests recommended recommends mentioned "
    "mentions claimed claims offered offers asked asks wrote brought swore swears insisted insists warned "
    "states stated "
    "pretended pretends explained explains proposed proposes urged urges hinted figured"
)
_SAYING = any_of("saying telling mentioning offering asking talking bringing suggesting insisting claiming urging")
_THINKS = any_of(
    "say tell tells thinks think thought reckons reckon reckoned believes believe threatened threatens talked "
    "claim swear "
    "feels feel suspects figures insist suggest understood"
)
_TO_WHOM = r"(?:(?:me|us|you|him|her|them|anything|something) )?(?:about )?"
_YOUR_AUX = rf"(?:{_AUX}|the one|the ones|who)"
_PAPERS = (
    "(?:letter|email|text|message|notice|notification|advert|ad|contract|leaflet|website|poster|flyer|voicemail"
    "|recording"
    "|page|site|app|chatbot|bot|article|video|post|story|programme|program|podcast|thread|forum|form|questionnaire"
    "|policy"
    "|brochure|banner|invoice|bill|bit|thing|song|film|book|piece|small print|terms|reminder|survey|screen|headline)s?"
)
_TELLING = (
    "(?:confirming|stating|claiming|promising|mentioning|about|saying|telling|offering|threatening|inviting|asking|advising|suggesting"
    "|recommending|explaining)"
)
_COUNSEL = any_of(
    "advice recommendation suggestion idea opinion view verdict instinct reaction answer proposal tip hint thought"
)
# Who calls for somebody passes their wish on: "my husband told you we want to cancel".
_NOT_PASSED_ON = r"(?!(?:my|our) \w+ (?:(?!never )\w+ )?(?:told|asked|wrote to|emailed|said to) you )"
_REPORTERS = (
    rf"(?<!to )(?<!matter what )(?<!care what )(?<!whatever )you (?:{_YOUR_AUX} )*(?:{_SAID}|say|talk|talked"
    rf"|threatened) (?:up )?{_TO_WHOM}",
    rf"(?<!to )you (?:{_YOUR_AUX} )+{_SAYING} (?:up )?{_TO_WHOM}",
    rf"(?<!care what )(?<!matter what )(?<!of what )(?<!whatever ){_NOT_PASSED_ON}{_THIRD}(?:{_AUX} )*(?:{_SAID}"
    rf"|{_SAYING}|{_THINKS}) (?:up )?{_TO_WHOM}",
    rf"{_THIRD}(?:{_AUX} |s )*(?:trying|tried|ringing|calling|phoning|keen|desperate) (?:\w+ )?"
    r"to (?:get|make) me (?:to )?",
    rf"{_THIRD}(?:{_AUX} )*(?:rang|called|phoned|visited|emailed|wrote to) (?:me|us) (?:\w+ )?so (?:that )?",
    rf"{_KIN}(?:{_AUX} )*(?:push|press|encourag|urg|beg|nag|pester|persuad)\w* (?:me|us) ",
    rf"{_THIRD}(?:is|s|was|are|were|seems?|seemed) (?:\w+ )?(?:convinced|sure|certain|adamant|positive|of the opinion"
    r"|of the view|determined|dead set|keen|insistent|under the impression|hoping|worried) (?:that |on |about )?",
    rf"{_KIN}(?:(?:is|was|were|are|s|just|all) )*(?:like|going on about|goes on about|on about|on at me) ",
    # "my wife goes, just cancel it", "they keep texting me to switch provider"
    rf"(?:{_KIN}|they |people )(?:just |only )?(?:(?:goes|went|go|is all|was all) , |(?:is|was|are|were) like ,? ?)",
    rf"{_THIRD}(?:keep|keeps|kept|is|are|was|were|been|always|constantly|started|starts) (?:\w+ )?(?!going )\w+ing "
    r"(?:me|us|at me|at us) (?:to |about |into |with |on |that )",
    r"(?:he|she|they|the \w+) (?:just |then )?(?:came|comes) (?:right )?out with (?:it )?,? ?",
    # "a seller came yesterday, swore blind I had to switch"
    r"(?<!i )(?<!we )(?:swore|swears|insisted|claimed|claims|reckoned|maintained) (?:blind )?(?:to me )?(?:that"
    r" )?(?=i |we )",
    r"(?:it|this) (?:also )?(?:says|said|states|reads|is written|was written) (?:here |there )?(?:(?:in"
    r"|on) (?:\w+ ){1,3}?)?",
    rf"(?:a|an|the|your|this|that|some|one of those) (?:\w+ ){{0,2}}?{_PAPERS} (?:\w+ ){{0,3}}?{_TELLING} (?:me |us "
    rf"|you |people )?",
    # "one of your lot said", "somebody at your end put me down as", "my brother, who knows about these things, says"
    rf"(?:one|some|somebody|someone|another|a couple|most|half|both) (?:of|at|in|from|on) (?:\w+ ){{1,4}}?(?:{_AUX} )*"
    rf"(?:{_SAID}|{_SAYING}|{_THINKS}) (?:up )?{_TO_WHOM}",
    rf"{_THIRD}, (?:who|he|she|a|an|the|bless) [\w ]+, (?:{_AUX} )*(?:{_SAID}|{_SAYING}|{_THINKS}) (?:up )?{_TO_WHOM}",
    # "you've put down that I want to cancel", "you used the word unacceptable", "as you call it"
    r"(?:your \w+|someone|somebody|anyone|he|she|they|who) (?:\w+ )?(?:put|write|wrote|written|note|noted|mark|marked"
    r"|logged"
    r"|typed|entered) (?:down |in (?:my|the) \w+ |on (?:my|the) \w+ |here )?(?:that )?(?=i |me )",
    r"you (?:(?:have|had|just|also|then|even|went and|keep|kept|lot|guys|people) )*(?:put|wrote|written|noted|logged"
    r"|recorded|typed|put down|entered|ticked|selected|read out|called it|call it|wanted to know|used the (?:\w+ )?"
    r"(?:word|words|phrase|term)|refer\w* to|described? it as|on about) (?:down )?(?:me )?(?:as )?(?:that )?",
    r"(?:was|were|am|are|is) (?:being )?(?:asked|offered|shown|sent|given|quoted|read|encouraged|urged|pressured"
    r"|tempted"
    r"|invited|reminded|warned|sold) (?:to |into |with |about |of |if |whether |an? |the )*",
    rf"(?:a|an|the|your|this) {_PAPERS} (?:promises|promised|mentions|mentioned|has|had|about|talks about"
    rf"|that|of) (?:that )?",
    rf"{_THIRD}(?:{_AUX} )*(?:wants|want|wanted) (?:me|us) ",
    r"(?:nobody|no one) (?:here )?(?:told|asked) (?:you|him|her|them) ",
    rf"(?:i|we) (?:was|were|am being|have been|had been|got) (?:{_AUX} )*(?:told|assured|advised|informed) ",
    r"i (?:have |had )?(?:read|heard|seen|saw) (?:\w+ ){0,3}?that ",
    r"i (?:have |had )?(?:read|heard) (?:online |somewhere )?",
    r"(?:according to|if you (?:believe|ask|listen to)|to (?:hear|listen to)) (?:\w+ ){1,5}?(?:, |(?=i |we |you |it ))",
    r"(?:rumour has it|(?:the )?word (?:on the street |round here |around town )?(?:is|has it)|apparently"
    r"|(?:i|we) (?:hear|gather)|there (?:is|are) (?:talk|rumours?|stories)) (?:that |of )?(?!i |my |we )",
    # "my friend's advice was to", "it was suggested to me that", "your system has me down as wanting to"
    rf"(?:the|a|his|her|their|my \w+|some) (?:s )?(?:\w+ )?{_COUNSEL} (?:\w+ ){{0,4}}?(?:is|was|were) (?:for me )?",
    rf"(?:it|that) (?:is|was|has been) (?:\w+ )?(?:{_SAID}|put) to (?:me|us) ",
    r"(?:kept|keeps|went|goes|been) (?:on )?(?:and on )?at (?:me|us) ",
    r"(?:you|they|he|she|your \w+) (?:all )?(?:seems?|appears?) to (?:think|believe|assume|want|suggest) ",
    r"ha(?:s|ve|d) (?:me|us) down (?:as|for) ",
    rf"(?:your|the|this|their) {_PAPERS} (?:talks|speaks|tells me|spoke|talked) (?:of |about )?",
)

# The speaker's own words begin again.
_OWN_WORDS = (
    r", (?!that |if )|\. |\bbut |\bso |\bbecause |\bthen |\bnow |\botherwise |\band (?:i|we|now|you) "
    r"|(?<!that )(?<!if )(?<!when )(?<!whether )(?<!did )(?<!do )\bi (?:want|am|need|will|would|wanna|demand|$)"
    r"|\b(?:only|just|simply|still) i (?:want|have|am|need|will|would)|\bit is just (?:that )?i |\bi have decided "
)
_QUOTED = until(_OWN_WORDS, after=r"(?:, (?!i |we ))?(?:that |if |whether |when |how |to )*(?:i |we )?")

# "a friend says it is cheaper elsewhere", "I've heard nothing about my refund"
_STATED = r"^(?:that )?(?:it is|there is|that is|nothing|no|back) "
# "you said you'd refund me and I still have nothing"
_KEPT_WAITING = (
    r"\b(?:still|it is (?:\w+ )?(?:now|january|february|march|april|may|june|july|august|september|october|november"
    r"|december)|see (?:it|nothing)|not see(?! (?:what for|why|the (?:point|need|use)|any (?:point|need)"
    r"|what (?:good|use)))|never (?:came|got|received|had|saw|arrived)|weeks? ago|months? ago"
    r"|years? ago|since then|where is|lied|lies"
    r"|nothing (?:yet|happened|came|since)|(?:had|got|received|seen) nothing|yet to"
    r"|not (?:had|got|received|seen|come)|it (?:has|did|does) not|you (?:did|had|have) not|nothing there|and nothing"
    r"|guess what|that was (?:in|on|back|last|(?:\w+ ){1,2}ago)"
    r"|(?:is|has) been (?:\w+ ){0,3}(?:days|weeks|months|years|ages)|(?:been|got) (?:charged|billed|debited)"
    r"|(?:charged|billed|debited|taken) (?:me |it )?(?:again|twice)|(?:\w+ )(?<!some )(?<!at )times)\b"
)
# "they say I can't cancel"
_REFUSED = (
    r"\b(?:can|will|would|could) not\b(?! (?:be bothered|see|think|understand|imagine|care|agree|help|fault))"
    r"|\bnot (?:possible|able|allowed|entitled)\b"
    r"|\b(?:is|was|been) (?:refused|denied|rejected|turned down|declined)\b"
)
# "I was told to ring this number to cancel", "you ask why I want to cancel", "nobody told me where to complain"
_WHY = (
    r"\bto (?:call|ring|phone|contact|write|email|dial|press)\b.*? (?:to|about|for|and) "
    r"|\b(?:why (?:i|we)|(?:where|how) (?:to|i|we)) "
)
# "they told me to wait get me a manager"
_ORDERED = r"(?<!to )(?<!not )\b(?:get|give|pass) me\b"

# "your colleague suggested I speak to a supervisor, so can I?", "says press two to cancel but nothing happens"
_TAKEN_UP = (
    r"\bso (?:can|could|may|please|here i am|i am (?:calling|ringing|asking|here)|i would like|i want|let us|let s"
    r"|lets|do it"
    r"|that is)\b|\b(?:tak(?:e|ing)|follow(?:ing)?) (?:that|his|her|their|the) advice|\band (?:i (?:agree|want|think"
    r" so)|(?:he|she|they) (?:is|are) right|now i want|that is what|i (?:am doing|will do) (?:it|just that|that))\b"
    r"|\b(?:for (?:him|her|them)|on (?:his|her|their) behalf)\b|\b(?:nothing happens|it does not work|will not let me"
    r"|cut(?:s)? me off|nobody (?:answers|picks))\b"
)

REPORTED = Frame(
    opener=opens(*_REPORTERS),
    gap=_QUOTED,
    unless=re.compile("|".join((_STATED, _KEPT_WAITING, _REFUSED, _WHY, _ORDERED, _TAKEN_UP))),
)
