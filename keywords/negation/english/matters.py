"""What English hits are about, and who may be meant by them, for the frames that look at it. Pure."""

import re

HARM = re.compile(r"\b(?:cancel|disconnect|clos|end|terminat|cut|suspend)")
"""What a company may do against the customer's will."""
HARMED = re.compile(r"^(?:(?:cancell?|disconnect|clos|terminat|suspend|end|switch)ed|cut|sued|left)\b")
LAW = re.compile(r"\b(?:court|claims|lawyer|solicitor|attorney|su(?:e|ing)\b|legal|charges\b|lawsuit|barrister)")
MONEY = re.compile(r"\b(?:refund|reimburs|compensat|money|credit)")
DEED = re.compile(rf"{LAW.pattern}|{MONEY.pattern}|\b(?:cancel|switch|leav|clos)")
TOLD_ABROAD = re.compile(
    r"\b(?:review|rating|press\b|papers?\b|newspaper|media|journalist|bbc|facebook|twitter|tiktok|instagram|trustpilot"
    r"|online|internet|publicity|viral|ombudsman|regulator|of(?:com|gem|wat)|trading standards|better business"
    r"|consumer|citizens advice|watchdog)"
)
"""What may be told of the company, and to whom."""
MATTER = re.compile(
    rf"{DEED.pattern}|{TOLD_ABROAD.pattern}|\b(?:complain|disconnect|terminat|end|manager|supervisor|boss|elsewhere"
    r"|provider|supplier|carrier)"
)
"""Whatever a customer may ask for, threaten or complain of."""
PRIVATE = (
    "(?:ex|husband|wife|divorce|separation|custody|inheritance|employer|boss|work|job|neighbou?r|landlord|tenant|garage"
    "|builder|brother|sister|father|mother|house|accident|council)"
)
"""Whom and what the speaker may be at law with, or for, that is none of the company's business."""
PAYERS = "(?:bank|insurance|insurer|shop|store|seller|airline|landlord|employer|courier|council|card company|work)"
"""Who may refund the speaker in the company's stead."""
ABOVE = re.compile(r"\b(?:supervisor|superior|manager|boss|team leader)")
"""Whoever stands above an agent."""
DISCONTENT = re.compile(
    r"\b(?:unhappy|dissatisfied|not (?:happy|satisfied|pleased|impressed|acceptable)|fed up|sick of|had enough"
    r"|ridiculous"
    r"|shocking|disgrac|outrag|appall|unacceptable|angry|furious|livid|upset|a joke|disgust|scam|rip off|absurd"
    r"|complain"
    r"|awful|terrible|horrible|dreadful|disappoint|had it with)"
)
"""How somebody finds something bad."""
