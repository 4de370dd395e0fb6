"""What English tells of a time gone by, or of something other than the company. Pure."""

import re

from keywords.negation.english.matters import LAW, MATTER, MONEY, TOLD_ABROAD
from keywords.negation.frames import ANYWHERE, Frame, opens, until, up_to

_ONCE = (
    r"(?:last (?:year|month|week|time|summer|winter|spring|autumn|fall|christmas|january|february|march|april|may|june"
    r"|july|august|september|october|november|december)|(?:\w+ ){1,2}(?:years?|months) (?:ago|back)|ages ago|years back"
    r"|back in \w+|back then|in the past|previously|before(?! (?:the|my|our|this|i|we|you|it) )|once|at the time"
    r"|in (?:19|20)\d\d)"
)
_OPEN = re.compile(
    r"\b(?:still|never|nothing|again|now|yet|keeps?|since|waiting|where|charged|charging|no (?:sign|reply|answer|one)"
    r"|nobody|no one|unanswered|not (?:had|got|received|heard|seen|been|happened|done)|want|need|am going|same)\b"
)
_OPEN_OR_LATE = re.compile(rf"{_OPEN.pattern}|(?:{LAW.pattern}|{TOLD_ABROAD.pattern}).*\blast (?:week|month|time)\b")
"""Who went to the regulator last week may well mean the company."""
_NO_REQUEST = r"(?!(?:asked|called|rang|phoned|wrote|emailed|requested|tried|told|contacted) )"

ONCE = (
    # "I had a refund last month", "I did make a complaint last year, but that's water under the bridge"
    Frame(
        opener=opens(
            r"(?:i|we) (?:once |did |had |have |actually |already |even )*"
            rf"(?:{_NO_REQUEST}(?:\w+ed|had|was|were|did|put|got|made|took|went|left|gave|sent|used|make|have|go"
            rf"|spoke) )?"
        ),
        gap=up_to(4, "not want need will am can should"),
        hit=MATTER,
        after=re.compile(rf"^(?:\w+ ){{0,4}}?{_ONCE}\b"),
        unless=_OPEN_OR_LATE,
    ),
    Frame(
        opener=opens(
            rf"(?:{_ONCE} ,? ?)(?:i|we) {_NO_REQUEST}(?=\w+ed |had |was |were |did |put |got |made |took |went )"
        ),
        gap=up_to(5, "not want need will am can"),
        hit=MATTER,
        unless=_OPEN,
    ),
    Frame(opener=opens("(?:i|we) (?:only )?once "), gap=up_to(4, "not want need will am can"), unless=_OPEN),
    # "they gave me my money back without a quibble"
    Frame(
        opener=opens(
            r"(?:they|he|she|(?:the|that|my|another) \w+) (?:just |even |actually |immediately )?"
            r"(?:gave|sent|paid|offered|issued|got) (?:me|us) (?:an? |my |the )?(?:full |whole |partial )?"
        ),
        hit=MONEY,
        unless=re.compile(r"\b(?:not|never|still|half|part|but|only|if|wrong|less|until|instead)\b"),
    ),
    Frame(
        opener=opens(r"(?:they|he|she|(?:the|that|my|another) \w+) (?:just |even |actually )?"),
        hit=re.compile("^(?:gave|sent|paid) "),
        unless=re.compile(r"\b(?:not|never|still|half|part|but|only|if|wrong|less|until|instead)\b"),
    ),
    # "I saw a bad review of you", "we'd been going to court for a year"
    Frame(
        opener=opens(
            r"(?:i|we) (?:also |just |have |had |even )*(?:saw|seen|read|noticed|spotted|found|came across"
            r"|come across|heard) (?:of |about )?(?:an? |some |the |your |this |that )?"
        ),
        gap=up_to(1, "not my"),
        hit=TOLD_ABROAD,
    ),
    Frame(
        opener=opens("(?:i|we) (?:had|would) been (?:\\w+ )?"),
        gap=up_to(2, "not"),
        hit=LAW,
        after=re.compile(r"^(?:for|over|about|with|until|against (?!you)) "),
        unless=_OPEN,
    ),
    # "the gym made it a nightmare to cancel, not you"
    Frame(opener=ANYWHERE, after=re.compile(r"^(?:[\w,]+ ){0,4}?, not (?:you|with you|yours|your lot)\b")),
    # "the word you used was unacceptable", "unacceptable, not my word"
    Frame(
        opener=opens(
            r"(?:the|your|that|his|her) (?:word|words|term|phrase|expression)s? (?:(?:you|he|she|they|i|your \w+) )?"
            r"(?:(?:used|wrote|said|chose|is|was|were) )+"
        ),
        unless=re.compile(r"\bright word\b"),
    ),
    # "the weather's been appalling"
    Frame(
        opener=opens("(?:weather|traffic|football|match|government|politicians?|roads?|heat|rain|economy|world) "),
        hit=re.compile(
            r"\b(?:unacceptable|disgust|appall|terrible|awful|horrible|dreadful|disgrac|outrag|ridiculous|joke)"
        ),
        gap=until(r"\byou\b|\byour\b|\bi\b|\bbut |\band \b|\. "),
    ),
    # "it'd be nice to get my money back, but I'm not holding my breath"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^(?:[\w,]+ ){0,4}?, but (?:i|we) (?:am |are |will |would |do |can )?(?:really )?not (?:holding|hold"
            r"|asking|ask"
            r"|expecting|expect|fussed|bothered|bother|going to (?:ask|push|insist|bother|fight))\b"
        ),
    ),
    # "I might think about switching provider"
    Frame(
        opener=opens(
            r"(?:might|may|could) (?:well |just |possibly )?(?:think about|think of|consider|look into|look at"
            r"|have a (?:think|look) (?:about|at)|mull over|toy with) "
        ),
        gap=up_to(2, "not"),
    ),
    # "a refund? for a phone case? life's too short"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^\. (?:for|over|because of) (?:\w+ ){1,8}?[.,] (?:life|no\b|come on|do not be|nah|never|please|really)"
        ),
    ),
    # "I used to be fed up with you lot"
    Frame(opener=opens("(?:i|we) used to (?:be |get |feel )?"), gap=up_to(3, "but i am")),
    # "back then we got a lawyer"
    Frame(
        opener=opens("(?:back then|at the time|in those days|years ago) (?:i|we) "), gap=up_to(5, "want am will and")
    ),
    # "we stopped everything, cancelled our contract and all", "I had to cancel the insurance when I sold the car"
    Frame(
        opener=opens(
            r"(?:i|we) (?:had |have )?(?:stopped|cancelled|cut|ended|sold|closed|switched) (?:everything|the lot"
            r"|it all|the \w+|most things) ,? ?(?:(?:and|we|i|had|to) )*"
        ),
        hit=re.compile(r"^(?:cancel|clos|end|disconnect|stop)"),
        after=re.compile(r"^(?:[\w,]+ ){0,8}?(?:and all|too|as well|now|only)\b"),
    ),
    Frame(
        opener=opens(r"(?:i|we) (?:had to|did|once) (?:also |once |even )?"),
        hit=re.compile(r"^(?:cancel|clos|end|disconnect|stop)"),
        after=re.compile(
            r"^(?:[\w,]+ ){0,4}?(?:when (?:i|we) (?:sold|moved|left|lost|changed|retired|married|had|was|were)"
            r"|ages ago|years ago|back then|(?:on|at|for) the old)\b"
        ),
        unless=re.compile(r"\b(?:still|charged|charging|bill\w*|keep)\b"),
    ),
)
