"""English that names another party than the company: who pays, whom one is at law with, what one works for. Pure.

A refund that the speaker's own bank pays, a lawyer for a divorce and a theft told to the police ask nothing of the
company.
"""

import re

from keywords.negation.english.matters import HARM, LAW, MONEY, PAYERS, PRIVATE
from keywords.negation.frames import ANYWHERE, Frame, opens

_PAYS = re.compile(r"^(?:full |partial )?(?:refund|reimburs|compensat|money back)|^(?:give|gave|given|pa(?:y|id)) ")
_MINE = (
    "(?:my|our|his|her|their) (?!provider|operator|supplier|account|contract|card|bill|order|phone|line|plan|parcel"
    r"|router|box|money|complaint|request|claim|own|colleague|advis)(?:\w+ ){1,2}?"
)
_INSTITUTION = (
    "(?:the|an?|that) (?:\\w+ )?(?:bank|insur(?:er|ance)|airline|school|council|dentist|seller|shop|store|hospital"
    "|hotel|employer|landlord|government|nursery|club|courier|gym|garage|railway|university|mortgage|health|tax|travel)"
    "(?: (?:office|company|agency|people|plan))? "
)
_THEY = rf"(?:{_MINE}|{_INSTITUTION}|(?:amazon|paypal|ebay|apple|google|visa|mastercard) )"
_WILL = (
    "(?:(?:s|is|are|was|will|would|has|have|had|did|already|now|just|going|to|be|been|about|due|paying|giving|sending"
    "|sorted|settled|handled|paid|gave|covered|out|me|us|the|my|our|a|itself|should|must) )+"
)
_NOT_DONE = re.compile(r"\b(?:not|never|still|but you|you (?:owe|need|have to|should|must)|from you|instead|until)\b")
_CRIME = (
    r"(?:stole|stolen|burgl|robb|mugg|identity theft|break in|broke into|broken into|assault|vandal|hit and run"
    r"|car crash|car accident)"
)
_COMPANY = "(?:you|your|this|these|the (?:company|firm|business|provider|operator|lot of you))"
_OPPONENT = (
    rf"(?:(?:against|with) (?!{_COMPANY}\b)(?:my|our|the|an?|his|her|their|some) |(?:over|about|for"
    rf"|because of) (?:my|our"
    r"|the|an?|his|her|their) (?:\w+ )?(?:hedge|fence|divorce|custody|inheritance|will|estate|accident|neighbou?r\w*"
    r"|stolen|theft|burglary|noise|boundary|wall|tree|rent|house|tenan|landlord)|(?:over|about|for) (?:custody"
    r"|identity theft|jury|probate|inheritance))"
)
_PAPER = (
    r"(?:copy|copies|proof|statements?|certificate|records?|paperwork|invoices?|bills?|reference|crime number|letter"
    r"|confirmation|documents?|plan of|receipts?|name changed)"
)
_FOR_THEM = (
    rf"\b(?:needs?|wants?|asks?(?: me)? for|asking(?: me)? for|requires?|requested|i (?:just |only )?need"
    rf"|i have got) (?:me to send |to see )?(?:an? |the |my |our |some |copies of )?(?:\w+ ){{0,2}}?{_PAPER}\b"
)
_AGAINST_YOU = re.compile(
    r"\b(?:against|sue|suing|with|about|take|taking|contact|hear from|letter to|complaint to) (?:you|your"
    r"|this company)\b"
)

PARTIES = (
    # "my insurer has reimbursed me", "the school's to refund us the dinners", "Amazon sorted the refund itself"
    Frame(opener=opens(rf"{_THEY}{_WILL}"), hit=_PAYS, unless=_NOT_DONE),
    Frame(opener=opens(_THEY), hit=re.compile(r"^(?:refunded|reimbursed|compensated) "), unless=_NOT_DONE),
    # "the refund from my dental plan, which statement is it on?"
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile(rf"^(?:that )?(?:is |came |comes )?from {_THEY}"),
        unless=re.compile(r"\b(?:still|never|not|where)\b"),
        only_named=True,
    ),
    # "my cousin has a lawsuit with her builder", "I may have to press charges against the courier"
    Frame(opener=ANYWHERE, hit=LAW, after=re.compile(rf"^(?:\w+ )?{_OPPONENT}"), unless=_AGAINST_YOU),
    # "my phone was stolen so I had to press charges"
    Frame(
        opener=opens(rf"(?<!you )(?<!you have ){_CRIME}"),
        gap=re.compile(r"(?:(?!you |your |\. )[\w,]+ )*"),
        hit=LAW,
        unless=re.compile(r"\byou\b|\byour\b"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(rf"^(?:(?!you |your |\. )[\w,]+ ){{0,9}}?(?:was|were|had been|got|been) {_CRIME}"),
        unless=_AGAINST_YOU,
        only_named=True,
    ),
    # "in the middle of a divorce, my lawyer", "we're at law with the neighbour, the court said"
    Frame(
        opener=opens(
            r"(?:divorc\w+|custody|inheritance|probate|jury (?:service|duty)|dispute with (?!you)\w+ \w+"
            r"|lawsuit with (?!you)\w+ \w+|conveyancing|buying (?:a|the|our) (?:house|flat)) "
        ),
        gap=re.compile(r"(?:(?!you |your |\. )[\w,]+ )*"),
        hit=LAW,
        unless=_AGAINST_YOU,
    ),
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(
            r"^(?:[\w,]+ ){0,3}?(?:(?:for|about|in|over|on) (?:my|our|the|a|his|her) (?:\w+ )?(?:divorce|house|flat"
            r"|purchase|mortgage|inheritance|will\b|estate|custody|adoption|probate|sale|tenancy)|for jury"
            r"|as a (?:witness"
            r"|juror)|(?:on|for) jury)"
        ),
        unless=_AGAINST_YOU,
    ),
    # "my solicitor wants a copy of the contract"
    Frame(opener=ANYWHERE, hit=LAW, after=re.compile(_FOR_THEM), unless=_AGAINST_YOU, only_named=True),
    # "there was a lawsuit with the builder", "I work next to the court", "the legal cover pays my solicitor"
    Frame(
        opener=opens(
            r"(?:work|works|working|live|lives|living|park|parked|office is|shop is|stand|standing) (?:\w+ )?(?:next to"
            r"|opposite|near|by|at|in|behind|across from|round from|above) (?:the |a )?"
        ),
        hit=LAW,
    ),
    Frame(
        opener=opens(r"legal (?:cover|option|protection|expenses|insurance|assistance|helpline|advice line) (?:, )?"),
        gap=re.compile(r"(?:(?!\. )[\w,]+ )*"),
        hit=LAW,
    ),
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(
            r"^(?:s )?(?:office|building|friend|cover|option|protection|insurance|department|clerk|student|degree"
            r"|drama)\b"
        ),
        unless=re.compile(rf"{_AGAINST_YOU.pattern}|\battorney general\b"),
    ),
    # "my lawyer he calls himself"
    Frame(opener=ANYWHERE, after=re.compile(r"^(?:as )?(?:he|she|they) calls? (?:himself|herself|themselves|it)\b")),
    # "luckily the bank gave me a refund", "my last provider refunded me within a day"
    Frame(
        opener=opens(
            rf"(?:the|my|our) (?:\w+ )?{PAYERS} (?:have |has |had |already |just )*(?:gave|given|sent|paid|issued"
            rf"|offered|granted) "
            "(?:me|us) (?:an? |my |the )?(?:full )?",
            r"(?:my|our|the) (?:last|old|previous|former|other) \w+ (?:have |has |had |already |just )*"
            "(?:(?:gave|sent|paid|issued|offered) (?:me|us) (?:an? |my |the )?)?",
        ),
        hit=re.compile(r"^(?:refund|reimburs|compensat|credit)"),
        unless=re.compile(r"\b(?:not|never|still|but|missing|late|again)\b"),
    ),
    # "I had to cancel my contract with the gym as well"
    Frame(
        opener=ANYWHERE,
        hit=HARM,
        after=re.compile(
            r"^(?:\w+ ){0,2}?(?:with|at) (?:the|my|our) (?:\w+ )?"
            r"(?:gym|club|insurer|electricity|gas|water|energy|landlord|garage|magazine|newspaper|nursery|bank)\b"
        ),
    ),
    # "it's the insurance that's going to refund me", "the bank's refunding me"
    Frame(
        opener=opens(
            r"it is (?!you )(?:\w+ ){1,4}?(?:that|who|which) (?:is |will |has |would )*(?:going to |to )?",
            rf"(?:the|my) (?:\w+ )?{PAYERS} (?:s |is |are |will |has |have |already |going to |be |been )+",
        ),
        hit=re.compile(r"^(?:refund|reimburs|compensat)"),
    ),
    # "a lawyer for my divorce"
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(rf"^(?:with|against|over|about|for) (?:my|our|the|an?) (?:\w+ )?{PRIVATE}\b"),
    ),
)
