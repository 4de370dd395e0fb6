"""How English takes back, right behind it, what was just said: corrections, jokes, idle questions. Pure."""

import re

from keywords.negation.english.matters import DEED, MATTER, MONEY
from keywords.negation.frames import ANYWHERE, Frame, opens, up_to

_SLIP = (
    r"(?:(?:no|sorry|wait|actually|er|oh|pardon|rather|well|or|i mean|hang on|hold on|scratch that|strike that"
    r"|my mistake"
    r"|silly me|excuse me) ,? ?)+"
)
_INSTEAD = (
    r"(?:i (?:mean|meant) |make that |just |only |not (?:that|cancel)|(?:to )?(?:pause|change|suspend|keep|move|upgrade"
    r"|downgrade|freeze|transfer|renew|exchange|swap|amend|update)\b)"
)
_WOULD_ONLY = re.compile(
    r"^(?:(?!but |so |and )[\w,]+ ){0,8}?(?:if|unless) (?!you )(?:\w+ ){1,3}?"
    r"(?:did not|had|was|were|could|would|got|came|went|broke|fell|died|\w+ed)\b"
)

AFTERTHOUGHTS = (
    # "I'd like to cancel, no wait, sorry, I mean pause it"
    Frame(
        opener=ANYWHERE,
        after=re.compile(rf"^(?:(?:it|that|(?:my|the|our|this) \w+) )?(?:[,.] )?{_SLIP}{_INSTEAD}"),
        unless=re.compile(rf"{_INSTEAD}[\w ]*?(?:cancel|refund|complain|manager|close)"),
    ),
    # "I'll see you in court, only kidding"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^(?:[\w,]+ ){0,8}?(?:[,.] )?(?:i am |we are )?(?:(?:only|just) (?:kidding|joking|teasing|pulling your leg"
            r"|having a laugh)|kidding|joking|i jest|ha ha|haha)(?: aside)?\b"
        ),
        unless=re.compile(r"\bnot (?:kidding|joking)\b|\bjoking aside\b"),
    ),
    # "how much would it cost to cancel, just out of curiosity?"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(
            r"^(?:(?!but |i )[\w,]+ ){0,8}?(?:[,.] )?(?:just |purely )*(?:out of (?:curiosity|interest)|hypothetically"
            r"|theoretically|in theory|asking for a friend|i am (?:just|only) (?:asking|curious|wondering)"
            r"|just (?:asking|curious|wondering))\b"
        ),
    ),
    # "I'd only go to court if somebody got hurt", "I'd cancel if I didn't need the address"
    Frame(
        opener=opens(r"(?:i|we) would (?:only |just |probably |gladly |happily |definitely |even |ever )*"),
        gap=up_to(2, "not like love want appreciate"),
        hit=MATTER,
        after=_WOULD_ONLY,
    ),
    Frame(
        opener=opens(r"(?:would|will|do|could|can) (?:i|we|one|you) (?:still |even |be able to )*"),
        gap=up_to(2, "not like love want please"),
        hit=MONEY,
        after=re.compile(
            r"^(?:\w+ ){0,4}?if (?:i|we|it|one|someone|somebody|the \w+) (?!do not|can not|is not|does not)"
        ),
        unless=re.compile(r"\b(?:not work|still not|broken|faulty|possible)\b"),
    ),
    # "a refund isn't going to fix this", "suing you won't bring it back"
    Frame(
        opener=re.compile(r"(?:^|, |\b(?:but|and|so|well|yes|because|maybe|that) )(?:(?:an?|the|my|your|any|even) )*"),
        hit=DEED,
        after=re.compile(
            r"^(?:\w+ ){0,2}?(?:is not going to|s not going to|will not|would not|does not|will hardly|would hardly"
            r"|is hardly going to) (?:really |even |exactly )?"
            r"(?:help|fix|solve|bring|change|make|undo|repair|mend|do (?:me|us|any)|get (?:me|us)|give me|be (?:much )?"
            r"(?:use|help|good))\b"
        ),
    ),
    # "the money back guarantee"
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile("^(?:guarantees?|scheme|policy) "),
        unless=re.compile(r"\b(?:want|claim|use|honou?r|apply|invoke|owe)"),
    ),
)
