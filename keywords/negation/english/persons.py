"""English clauses whose subject is somebody else: what they want, do or say is not the speaker's wish. Pure."""

import re

from keywords.negation.english.matters import LAW, MATTER
from keywords.negation.frames import Frame, opens, up_to

_WHO = (
    "(?:husband|wife|spouse|partner|fiance|fiancee|boyfriend|girlfriend|ex|father|mother|dad|mum|mom|gran|nan|grandad"
    "|grandma|grandpa|parents|brother|sister|son|daughter|kids?|child|children|toddler|uncle|aunt|cousin|nephew|niece"
    "|in laws?|in law|family|friend|mate|pal|neighbour|neighbor|colleague|boss|employer|accountant|landlord|landlady"
    "|tenant"
    "|flatmate|roommate|lodger|caretaker|postman|driver|courier|salesman|saleswoman|rep|mechanic|banker|broker"
    "|doctor|client|customer|subscriber|competitor|firm|charity|bloke|guy|chap|fellow|lad|gentleman|lady|woman|man"
    "|person"
    "|people|judge|bailiff|garage|shop|insurer|bank|adviser|advisor|agent|engineer|technician|influencer"
    "|seller|journalist|club|neighbourhood|office|village|town|street|building|occupiers?|villagers?|residents?"
    "|strangers?)s?"
)
_DETERMINER = (
    "(?:my|our|a|an|the|some|this|that|these|those|his|her|their|another|one|two|several|many|half the|half my|every"
    "|each"
    "|all my|all the|most)"
)
_SUBJECT = (
    rf"(?:{_DETERMINER} (?:\w+ ){{0,3}}?{_WHO}|(?:someone|somebody|everyone|everybody|anyone|anybody|half of \w+ \w+"
    r"|most of \w+|plenty|others|whoever)) "
)
_CLAUSE = r"(?:^|(?<=, )|(?<=\. )|\b(?:and|but|that|when|if|so|because|then|as|like|since|after) )"
_SELF = "i we you me us your my our so and then not never still"
_ALSO_ME = re.compile(
    r"\b(?:me too|so am i|so do i|us too|and i|so i|so we|on (?:his|her|their) behalf|for (?:him|her|them)\b|still"
    r"|never"
    r"|nothing|(?:he|she|they) (?:is|are|was) right|(?:his|her|their) (?:line|contract|plan|account|policy"
    r"|subscription)|i agree|against you|(?:sue|suing) you|how (?:do|does|can)|what"
    r" (?:do|does) |is (?:it|that) possible|can (?:he|she|they)|i want|we want|i will|i am going|i would like|asked"
    r" me to"
    r"|told me to (?:call|ring))\b"
)

PERSONS = (
    # "my daughter-in-law has got it into her head …", "half the bowls club want to cancel"
    Frame(
        opener=re.compile(rf"{_CLAUSE}{_SUBJECT}(?:, [\w ]{{1,40}}, )?(?!you |and i |and me |asked me )"),
        gap=up_to(12, _SELF),
        hit=re.compile(
            rf"{LAW.pattern}|\b(?:cancel|switch|clos|unsubscrib|manager|supervisor|boss|review|rating|press\b|papers?\b"
            r"|journalist|ombudsman|regulator|ofcom|ofgem)"
        ),
        unless=_ALSO_ME,
    ),
    # "the previous occupier never bothered to cancel"
    Frame(
        opener=re.compile(
            rf"{_CLAUSE}(?:my|our|the|his|her) (?:\w+ )?(?:husband|wife|father|mother|dad|mum|mom|brother|sister|son"
            rf"|daughter"
            r"|uncle|aunt|parents|in laws?|occupier|owner|tenants?|neighbou?rs?|friends?|mate|ex|partner|boss|gran"
            r"|nan) "
        ),
        gap=re.compile(
            r"(?:(?!i |we |you |us |me |but |so )\w+ ){0,3}(?:never|not) (?:(?!i |we |you |us |me )\w+"
            r" ){0,5}"
        ),
        hit=re.compile(rf"{LAW.pattern}|\b(?:cancel|switch|clos|unsubscrib)"),
        unless=_ALSO_ME,
    ),
    # "the gentleman in front of me was shouting he wanted to speak to a manager"
    Frame(
        opener=re.compile(rf"{_CLAUSE}{_SUBJECT}(?:(?:in front of|before|behind|next to|ahead of) (?:me|us) )"),
        gap=up_to(12, "i we you your"),
        hit=MATTER,
    ),
    # "my mother keeps on that it's a disgrace, I think it's fine myself"
    Frame(
        opener=re.compile(rf"{_CLAUSE}{_SUBJECT}"),
        gap=re.compile(r"(?:(?!i |we |\. )[\w,]+ )*"),
        after=re.compile(
            r"^[^.]*?, (?:but )?(?:personally |me |myself )?,? ?(?:i (?:think (?:it is|that is|you are) (?:fine|ok"
            r"|okay|all right"
            r"|great|good)|am (?:\w+ )?(?:happy|fine|easy|staying|good|all right|not (?:fussed|bothered))|love (?:it"
            r"|you)"
            r"|like (?:it|you)|did not mind|was (?:fine|glad|happy)|do not (?:think|mind|agree|see)|disagree)|(?:it"
            r"|that) (?:suited|suits) me|(?:it is )?fine by me|it (?:was|is) fine (?:for|with) me|not me)\b"
        ),
    ),
    # "the adviser got the wrong end of the stick and thought I wanted to cancel", "into her head that I want to cancel"
    Frame(
        opener=opens(
            r"(?<!i )(?:thought|thinks|believed|assumed|understood|imagined|figured|supposed|concluded|(?:it )?into"
            r" (?:his|her"
            r"|their) head|under the impression|convinced|reckoned|reckons|think|assume) (?:that )?(?:i|we) (?:was "
            r"|were |am "
            r"|are )?(?:want(?:ed)? |meant |going |trying |after |about |calling |looking |ringing |asking )?(?:to )?"
        ),
        gap=up_to(2, "not"),
        unless=re.compile(r"\b(?:still|never|nothing)\b"),
    ),
    # "he loved going to court"
    Frame(
        opener=opens("(?:he|she|they) (?:loved|loves|hated|liked|enjoyed|used to|would always) "),
        gap=up_to(2, "not i you"),
        hit=LAW,
    ),
    # "if everybody went to court over a late parcel"
    Frame(
        opener=opens(r"if (?:everyone|everybody|people|all your \w+|every \w+|each \w+) "),
        gap=re.compile(r"(?:(?!but |\. |i |you ).)*"),
    ),
    # "it's my daughter dealing with the refund", "he'll ring you himself to cancel", "they have it in their heads to"
    Frame(
        opener=opens(
            r"(?:it is|that is) (?:my|our|his|her) (?:\w+ ){1,2}?(?:who (?:is|was|s) |that (?:is"
            r"|was) )?(?:dealing with|handling|sorting(?: out)?|looking"
            r" (?:after|into)|seeing to|chasing|in charge of) ",
            r"(?:he|she|they) (?:will|is going to|are going to|would) (?:\w+ )?(?:ring|call|phone|contact|write to"
            r"|email) you (?:\w+ )?to ",
            r"in (?:his|her|their) heads? (?:to|that (?:i|we) (?:should|must|want to)) ",
        ),
        gap=re.compile(r"(?:(?:the|my|our|a|an|this|that|his|her|their|want|to) )*"),
    ),
)
