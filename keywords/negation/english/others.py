"""What English tells of the doings of others, the company's among them. Pure."""

import re

from keywords.negation.english.matters import DEED, HARM, HARMED, LAW, MATTER, TOLD_ABROAD
from keywords.negation.english.reports import MANY
from keywords.negation.frames import ANYWHERE, Frame, any_of, opens, up_to

_ASKED_AND_HELPED = re.compile(r"^(?!.*(?:refund|reimburs|money|manager|supervisor))")
_WHERE = "(?:of mine |across the street |next door )?"
_RELATION = any_of(
    "mother mum mom father dad brother sister son daughter cousin uncle aunt parents friend friends mate neighbour "
    "neighbor neighbours neighbors tenant tenants landlord owner owners colleague colleagues guy lady occupant "
    "employer "
    "ex boss husband wife girlfriend boyfriend partner nephew niece nan gran grandmother grandfather flatmate roommate "
    "surveyor accountant"
)
_KIN = rf"(?:{_RELATION}(?: in law)?)"
_OUTSIDERS = (
    rf"(?:(?:my|our|the|a|an|his|her|some|that) (?:\w+ ){{0,3}}?{_KIN}(?: ,? ?(?:he|she|they))?"
    rf"|brother in law|sister in law|everyone else|somebody else|someone else|whoever (?:\w+ ){{1,4}}?"
    rf"|(?:there is |there was )?(?:one|someone|somebody) (?:in|on|at|from) (?:\w+ ){{1,3}}?(?:who )?"
    rf"|every(?:one|body) (?:in|on|at) (?:\w+ ){{1,3}}?) ?{_WHERE}"
)
_STRANGERS = (
    r"(?:the|my|our|a|an|some|that) (?:(?:previous|old|former|last) \w+"
    rf"|(?:\w+ )?(?:neighbou?r|tenant|landlord|owner|friend|mate)s?) {_WHERE}"
)
_ANYONE_ELSE = (
    r"(?:any(?:one|body)(?: else)?|any other \w+|(?:some|another|other|most|plenty of|many) (?:people"
    r"|customers?|person|folks?)"
    r"|there (?:are|is|s) (?:people|folks?|some|plenty|those) (?:who|that)|others|folks) "
)
_SOMEBODY = (
    r"(?:^|(?<=, )|(?<=\. )|\b(?:and|but|because|when|since|after|so|well|yeah|yes|no|that|how|like) )"
    r"(?:my|his|her|their|a|an|some|this|that|the|another|one|both|two|three) (?!company|firm|business|family|team|is )"
    r"(?:(?!i |you |we |he |she |they |your |my |me |to |it )\w+ ){1,5}?(?:(?:who|that|they|he|she) )?"
)
_DID = (
    r"(?:is (?:forever|always|constantly|often|usually)|was|were|had|got|went|did|took|sent|wrote|told|came|ended up"
    r"|started|tried|threatened|wanted|decided|managed"
    r"|loved|hated|kept|used|refused|insisted|demanded|put|posted|left|made|gave|filed|won|lost|spent|used to|has|have)"
)
_DEEDS = re.compile(rf"{LAW.pattern}|{TOLD_ABROAD.pattern}|\b(?:cancel|switch|manager|supervisor|complain|leav|clos)")
_LONG_AGO = re.compile(r"\b(?:ago|last (?:year|month|winter|summer|spring|time)|at the time|back then)\b")
_NOT_ME = re.compile(
    r"^.*?(?:, |\bbut )(?:not me\b|(?:but )?(?:i|me) (?:do not|will not|would not|am not|would rather"
    r"|am staying|prefer))"
)

OTHERS_DOING = (
    # "you decided to cancel it", "if you cancel my contract", "you disconnected my line", "my sister cancelled hers"
    Frame(
        opener=opens(
            r"(?:you|they) (?:are the ones? |who )*(?:have |had |just |already |even )*"
            r"(?:decided|tried|threatened|wanted|went ahead|chose) (?:to |and )?",
            r"(?:if|i understand|got this right) you (?:will not |are not going to |are going to |do )?",
            r"if they (?:do )?",
            r"(?:you|they|he|she) (?:had|were about|were forced) to ",
            r"notice (?:\w+ ){0,2}?(?:that )?you (?:will |would |are going to )?",
        ),
        hit=HARM,
    ),
    Frame(opener=opens(r"(?:you|they|he|she) (?:have |has |had |just |already |even |also |went and )*"), hit=HARMED),
    Frame(opener=opens(_OUTSIDERS), gap=up_to(1, "i we"), hit=HARMED),
    # "my mate posted a bad review about his garage", "my ex was always going to court"
    Frame(
        opener=opens(_OUTSIDERS),
        gap=up_to(1, "i we not never would wants want will"),
        hit=re.compile(r"^(?:\w+ed|went|left|wrote|told|took|spoke|put|got|gave|had|sent|made) "),
    ),
    Frame(
        opener=opens(rf"{_OUTSIDERS}(?:who )?(?:\w+ed|put|left|wrote|gave|sent|made|went|told|got|had|was|took) "),
        gap=up_to(4, "i we you not never but me us"),
        hit=TOLD_ABROAD,
    ),
    # "the lady next door complained to the press", "a woman on the bus was talking about suing the council"
    Frame(
        opener=opens(rf"{_SOMEBODY}{_DID} "),
        gap=up_to(4, "i we you me us not never please can want need"),
        hit=_DEEDS,
        unless=re.compile(r"\byou\b|\byour\b"),
    ),
    Frame(
        opener=opens(_SOMEBODY), hit=re.compile(rf"^\w+ed .*(?:{_DEEDS.pattern})|^(?:cancel|disconnect|switch)l?ed ")
    ),
    # "at my last company I had to speak to a manager", "when I was with Sky I cancelled my contract"
    Frame(
        opener=opens(
            r"(?:(?:at|with|in|from) (?:my|our|the|a) (?:last|old|previous|former|other|first) \w+"
            r"|when (?:i|we) (?:was|were|lived|worked|had|moved|studied) (?:\w+ ){1,4}?|years ago|ages ago|as a student"
            r"|in (?:the past|my (?:last|old|previous) \w+)|in (?:19|20)\d\d|(?:once|one time)) ,? ?"
            r"(?:i|we) (?:(?:once|had to|actually|even|did|ended up|was|were|got|also) )*"
        ),
        gap=up_to(3, "not want will need am"),
        hit=re.compile(rf"^\w+(?:ed|nt|t) |^(?:spoke|took|went|got|wrote|left|had) |{_DEEDS.pattern}"),
        unless=re.compile(r"\b(?:still|never)\b"),
    ),
    # "we took them to court, the builders, and won"
    Frame(opener=opens("(?:i|we) (?:once |even |actually )*"), hit=re.compile("^(?:took|dragged|saw) them ")),
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(r"^(?:[\w,]+ ){0,6}?(?:and|but) (?:i |we |they |he |she )?(?:won|lost|settled) "),
    ),
    # "if anyone should be making a complaint it's my neighbour"
    Frame(
        opener=opens(r"if any(?:one|body) (?:should|has|ought|is|were|was|could|would) "),
        gap=up_to(4, "not"),
        after=re.compile(r"^(?:[\w,]+ ){0,4}?(?:it is|it would be|it should be|that is|that would be) (?!me\b|you\b)"),
    ),
    # "my neighbour wants to cancel", "nobody is going to sue you", "it's the bank that wanted to cancel"
    Frame(
        opener=opens(
            MANY,
            _STRANGERS,
            r"(?:there is |there was )?(?:one|someone|somebody|some) (?:in|on|at|from) (?:\w+ ){1,3}?(?:who )?",
            r"(?:it is|it was) (?!you |me |i |my )(?:\w+ ){1,3}?(?:that|who) ",
            r"(?:whoever|the (?:people|ones?|man|woman|couple)) (?:\w+ ){1,4}?",
        ),
        gap=re.compile(
            r"(?:who )?(?:(?:wants?|wanted|decided|tried|are going|is going|was going|were going|had)(?: to)? "
            r"|are |is )+"
        ),
    ),
    Frame(
        opener=opens(r"(?:nobody|no one|none of us) (?:here |in this house )?(?:is|s|wants?|will|would) "),
        gap=up_to(3, "i you not"),
        hit=_ASKED_AND_HELPED,
    ),
    # "my husband dreams of cancelling, I don't"
    Frame(
        opener=opens(
            rf"(?:my|our|a|the) (?:\w+ )?{_KIN} (?:\w+ )?(?:wants?|would|dreams?|loves?|thinks?|is|keeps?|wanted) "
        ),
        gap=up_to(4, "not i we"),
        after=_NOT_ME,
    ),
    # "it was my late husband who was going to cancel", "my wife says it's unacceptable, I'm easy about it"
    Frame(
        opener=opens(
            rf"(?:it is|it was|that is|that was) (?:my|our) (?:\w+ )?{_KIN} (?:that|who) "
            r"(?:(?:wants?|wanted|decided|is going|was going|had|would like)(?: to)? )",
            rf"(?:my|our) (?:\w+ )?{_KIN} (?:s|is) the one (?:that|who) (?:wants?|wanted|is going|was going) (?:to )?",
        ),
        gap=up_to(2, "not i we"),
    ),
    Frame(
        opener=opens(rf"(?:my|our|the) (?:\w+ )?{_KIN} (?:says|said|thinks|finds|found|reckons|thought|calls) "),
        gap=re.compile(r"(?:that )?(?:(?:it|this|that|you) (?:is|are|was|were) )?(?:\w+ )?"),
        after=re.compile(
            r"^(?:\w+ ){0,4}?, (?:but )?(?:personally )?(?:i am (?:easy|fine|not|happy|okay|ok)|i (?:do|would) not"
            r"|not me|me)\b"
        ),
    ),
    # "my parents got a refund last year", "my brother had to go to court", "my employer took legal action against me"
    Frame(
        opener=opens(
            rf"{_OUTSIDERS}(?:who )?(?:had|got|received|took|did|threatened|filed|started|hired|wanted|decided) "
        ),
        gap=up_to(4, "i we you not never but"),
        hit=MATTER,
    ),
    Frame(
        opener=opens(
            rf"{_OUTSIDERS}(?:who )?(?:went|was|were|is|has|have|ended up|finished up|wound up) ",
            r"(?:they|he|she) (?:were|was|had|have|has|ended up|wound up) ",
        ),
        gap=up_to(4, "i we you not never but"),
        hit=LAW,
    ),
    Frame(opener=opens(_OUTSIDERS), gap=re.compile(r"(?:decided|wanted|chose|tried) to |"), hit=DEED, after=_LONG_AGO),
    # "they keep ringing to make me cancel"
    Frame(
        opener=opens(
            r"(?:they|he|she|someone|somebody) (?:(?:is|are|was|were|keep|keeps|kept) )?"
            r"(?:trying|ringing|calling|phoning|pushing) (?:\w+ )?to ",
        ),
        hit=re.compile("^(?:make|get) me"),
    ),
    Frame(
        opener=opens(
            r"(?:my|our|the|a) (?:\w+ ){1,2}?(?:would|wants|wanted|want|tried|tries|is trying|was trying) "
            "(?:love |like )?to "
        ),
        gap=re.compile("(?:make|get|have) me (?:to )?"),
    ),
    Frame(
        opener=opens(
            r"(?:my|our|the|a) (?:\w+ ){1,2}?(?:would|wants|wanted|want|tried|tries|is trying|was trying) "
            "(?:love |like )?to "
        ),
        hit=re.compile("^(?:make|get) me"),
    ),
    # "my sister would be straight on the phone for a refund"
    Frame(
        opener=opens(rf"{_OUTSIDERS}(?:who )?would (?!like|love|want|prefer|be (?:happy|glad|grateful))"),
        gap=up_to(7, "i we you not but me us"),
        hit=MATTER,
    ),
    # "anyone else would sue you", "there are people who'd have gone to court"
    Frame(
        opener=opens(rf"{_ANYONE_ELSE}(?:in my shoes |in my place )?(?:who |that )?(?:would|might|could) "),
        gap=up_to(5, "not"),
    ),
)
