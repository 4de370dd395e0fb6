"""How English gives a wish up or tells that a matter is closed. Pure."""

import re

from keywords.negation.english.matters import MONEY
from keywords.negation.frames import ANYWHERE, Frame, opens, up_to

_SETTLED = re.compile(
    r"\b(?:changed my mind|in the end|decided (?:not|to (?:stay|keep))|(?:am|are) staying|will stay|am keeping"
    r"|not any ?more|no longer|not now|(?:is|been|got|all) (?:sorted|fixed|resolved|fine)|everything is|worked out"
    r"|forget (?:that|it|about)|(?:am|are) (?:happy|good|fine|okay|ok|delighted|pleased|satisfied|all set)\b(?! to)"
    r"|thought better|second thoughts|and then no\b|let it (?:drop|go)|(?:undo|reverse|take back) (?:that|it|this)"
    r"|to (?:say )?thank|talked (?:me|us) (?:out|round|into)|settled it|offered (?:me|us) (?:something"
    r"|a better)|scrap that|but (?:then )?no\b(?! one)|never mind|leave it|(?:convinced|persuaded) (?:me|us)"
    r"|(?:he|she|they|you|your \w+) (?:have |has |had )?(?:all |just |then |already )*(?:sorted|fixed|resolved|helped"
    r"|dealt with|put it right|dropped the|knocked|lowered|reduced|matched)|not worth (?:it|the)"
    r"|water under the bridge|in the past|too much (?:hassle|trouble|bother|faff)|decided (?:it|that it|against)"
    r"|(?:gave|offered|found|did) (?:me|us) (?:an? )?(?:\w+ ){0,2}(?:price|deal|discount|rate)|so thank(?:s| you)"
    r"|talked me round|regretted|life is too short|slept on it|what changed (?:it|that|my mind)|(?:i"
    r"|we) thought (?:to myself )?(?:, )?(?:no\b|why bother|what for|leave (?:it|well)|let it)|stay after all"
    r"|had a rethink|would (?:rather"
    r"|like to|prefer to) stay\b"
    r"|could not be bothered|what is the (?:point|use)"
    r"|(?:that|this|your) (?:new )?(?:offer|deal|price) (?:is|was|sounds|changes))\b"
)
_UNSETTLED = re.compile(r"\b(?:nothing|never|still|but now (?:i|we))\b")
_THANKED = re.compile(
    r"\bthank|\bcheers\b|\ball right\b|\ball good\b|\bperfect\b|\b(?:was|is) (?:very |so "
    r"|really )?(?:nice|kind|good|great|quick|lovely)\b"
)
_IN_PART = re.compile(
    r"\b(?:not(?! believe (?:it|my luck),? (?:[,.] )?(?:thank|cheers|brilliant|amazing|so kind|well done))|only"
    r"|never|still|but|half|part|please|wrong|less|short|instead|owed|missing|last time"
    r"|this time|refused)\b"
)
_AS_PROMISED = (
    r"(?:(?:that |which )?(?:you|they|your \w+) (?:had |have |all )*(?:promised|mentioned|told|said|announced"
    r"|spoke|sent"
    r"|issued|agreed|arranged) (?:(?:me|us|about|of|to|for|would|was|it) )*)?"
)
_REQUEST = r"(?:my|the|our|that|this) (?:request|application|notice|letter|claim|process)? ?(?:to |for |of )?"
_REQUESTED = r"(?:my|the|our|that|this) (?:request|application|notice|letter|claim|process) ?(?:to |for |of )?"

SETTLED = (
    # "I wanted to cancel but I've changed my mind", "last year I was fed up, not any more", "back then we got a lawyer"
    Frame(
        opener=opens(
            r"(?:i|we) (?:had |have |really |just |would (?=made |decided |thought |planned |considered ))*"
            r"(?:made up my mind|wanted|was|were|wrote|emailed|thought|considered|contemplated|planned|intended"
            r"|meant|decided"
            r"|used|rang|called|phoned"
            r"|wondered|hesitated|looked|toyed|debated|explored|played|contacted|asked|did (?:ring|call|phone|look at"
            r"|look into|think about|consider|think of)) ",
            r"on second thoughts ,? ?",
        ),
        gap=up_to(6, "not but"),
        after=_SETTLED,
        unless=_UNSETTLED,
    ),
    # "I'd like to withdraw my request to cancel", "forget what I said about wanting to cancel"
    Frame(
        opener=opens(
            rf"(?<!make me )(?<!not )(?:withdraw|withdrew|drop|dropp|retract|undo|revok|tak\w* back)(?:ing|ed)?"
            rf" {_REQUEST}",
            # to cancel a contract is what was asked for: only a request is taken back by it
            rf"(?:cancel|stop)(?:l?ing|l?ed|ping|ped)? {_REQUESTED}",
            r"(?<!not )(?:forget|scrap|ignore|disregard|never mind) "
            "(?:what i (?:said|asked)|everything|all that|all)? ?"
            r"(?:about|on)? ?(?:wanting to )?",
        ),
        gap=up_to(2, "not want"),
    ),
    # "I cancelled with my old supplier to come to you"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^(?:\w+ ){0,3}?(?:with (?:my|our|the) (?:old|previous|former|last|other) |to (?:come|switch|move) to you"
            r"|with (?!you )(?:\w+ ){1,5}?(?:come|coming|join|joining|move|moving|switch) (?:over )?(?:to )?you\b)"
        ),
        hit=re.compile(r"\b(?:cancel|switch|chang|leav|clos|end)"),
    ),
    # "I've already been refunded, thank you", "you refunded me, cheers", "the refund's no problem", "forget the refund"
    Frame(
        opener=opens(
            r"(?<!have )(?<!has )(?<!did )(?<!if )(?<!until )(?<!till )(?<!unless )(?<!when )(?<!wish )(?<!think )"
            r"(?:i|we) (?:(?:have |had |now |already |just )*(?:got|received|been|was|were|had)|did (?:get"
            r"|receive|have)) "
            r"(?:already )?(?:my |the |a |our )?",
        ),
        hit=MONEY,
        unless=_IN_PART,
    ),
    Frame(
        opener=opens(r"you (?:have |already |did )*(?:gave |given |offered |sent |paid )(?:me )?(?:my |an? |some )?"),
        hit=MONEY,
        after=_THANKED,
        unless=_IN_PART,
    ),
    Frame(opener=opens("you (?:have |already )*"), hit=re.compile(r"^\w+ed\b"), after=_THANKED, unless=_IN_PART),
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile(
            r"^(?:(?!not |i |you |if )\w+ ){0,5}?(?:is |was |s |has )(?:all |now |been |already )*"
            r"(?:no (?:problem|bother|trouble|hassle|issue|worries|worry)|fine|sorted|not a problem|arrived"
            r"|come through|all right|in)\b"
        ),
    ),
    Frame(
        opener=opens(r"(?<!not )(?<!make me )(?:forget|scrap|drop|never mind)(?: about)? (?:the |my |a |that )?"),
        unless=re.compile(r"\bwant\b"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile(
            r"^, (?:it is |that is )?(?:all )?(?:good|sorted|done|fine)\b|^,? ?(?:i|we) (?:got|received) it\b"
        ),
    ),
    # "the refund came through on Monday", "I spoke to a manager yesterday and he was lovely"
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile(
            rf"^{_AS_PROMISED}(?:(?!not |i |you |if |never )\w+ ){{0,4}}?(?:came through|that came\b|it came\b"
            rf"|arrived|landed"
            rf"|went through|cleared)\b"
        ),
        unless=_IN_PART,
    ),
    Frame(
        opener=opens(r"(?:i|we) (?:have |had |already |just |did )*"),
        hit=re.compile(r"^(?:spoke|spoken|talked) (?:to|with) "),
        after=re.compile(rf"^(?:[\w,]+ ){{0,5}}?(?:{_THANKED.pattern}|\bhelpful\b)"),
        unless=_IN_PART,
    ),
    # "I'm such an idiot"
    Frame(
        opener=opens(
            r"(?:called me|calls me|calling me|call me|i am|i was|i feel|i felt|take me for|think me"
            r"|look) (?:like )?(?:such |just )?an? "
        ),
        gap=up_to(1, "not"),
        hit=re.compile(
            r"\b(?:idiots?|morons?|clowns?|fool|stupid|useless|dumb\w*|twat|prick|wanker|jackass|dickhead)\b"
        ),
    ),
    # "I can see the refund", "you refunded it already", "last year you refunded me within two days"
    Frame(
        opener=opens(
            r"(?:(?:i|we) (?:can |do |did )?(?:now )?(?:see|saw|found|spotted|noticed)|there is"
            r"|here is) (?:it ,? ?)?(?:the|my|your) "
        ),
        hit=MONEY,
        unless=re.compile(rf"{_IN_PART.pattern}|\b(?:policy|form|button|page|option|waiting|since)\b"),
    ),
    Frame(
        opener=opens(
            r"(?:last (?:year|month|week|time|summer|winter|christmas) |in \w+ )you (?:had |even |also )*",
            "you (?:have|had|did) already ",
        ),
        hit=re.compile(r"^(?:refund|reimburs|compensat|credit)"),
        unless=_IN_PART,
    ),
    Frame(
        opener=opens("you (?:have |had |would |already |did )*"),
        hit=re.compile(r"^(?:refunded|reimbursed|compensated|credited)"),
        after=re.compile(
            r"^(?:\w+ ){0,2}?(?:already|within|without|straight|right away|quickly|promptly|at once|the (?:same"
            r"|next) day)\b"
        ),
        unless=_IN_PART,
    ),
    # "your colleague confirmed the refund, so that's grand", "you say it's refunded in ten days, fine, noted"
    Frame(
        opener=opens(r"(?:(?:confirm|say|sa|tell|told|assur|explain)\w* (?:me )?(?:that )?)"),
        gap=re.compile(r"(?:(?:it|is|was|will|be|the|my|your|a|has|been|that|would) )*"),
        hit=MONEY,
        after=re.compile(
            r"^(?:(?!not |but )[\w,]+ ){0,6}?(?:(?:all )?(?:fine|good|grand|great|perfect|lovely|noted)"
            r"|i have (?:noted|written)|another question"
            r"|very (?:good|well)|one more thing|next (?:question|thing))\b"
        ),
        unless=re.compile(rf"{_IN_PART.pattern}|\b(?:nothing|waiting|where|when|not)\b"),
    ),
    # "a refund's no good to me", "keep your refund"
    Frame(
        opener=re.compile(r"(?:^|, |\b(?:but|and|so|because) )(?:(?:an?|the|your|any|just|only) )*$"),
        hit=MONEY,
        after=re.compile(
            r"^(?:is |s )?(?:no (?:good|use|help)|of no (?:use|interest)|not much (?:use|good)"
            r"|neither here nor there)\b"
        ),
    ),
    Frame(
        opener=opens("(?:keep|stuff) (?:the |your |that )"),
        hit=MONEY,
        after=re.compile(r"^, (?:what )?i (?:want|need) (?:is )?(?!my|it|a refund)"),
    ),
)
