"""What English says around a matter to praise: the company, whoever is on the line, or their superior. Pure."""

import re

from keywords.negation.english.matters import ABOVE, MATTER, TOLD_ABROAD
from keywords.negation.english.righted import ASKED_ALL_THE_SAME, STILL_OPEN
from keywords.negation.frames import ANYWHERE, Frame, opens, up_to

_PRAISED = re.compile(
    r"\b(?:well done|bravo|hats off|five stars?|5 stars?|praises?|compliments?|recommend(?:ing)? you|recommendation"
    r"|deserve[sd]?|earned it|pay rise|promotion|a raise|a star\b|good job|great job|credit to"
    r"|(?:you|he|she|they|(?:your|the) (?:colleague|agent|advis[eo]r|lady|gentleman|girl|guy|man|woman|team|staff"
    r"|driver|engineer|technician)) (?:have |has |had )?(?:all )?(?:been|is|are|was|were|s) (?:\w+ly |all"
    r" )?(?:so "
    r"|very |really |such |absolutely |just )*(?:a )?(?:great|brilliant|lovely|helpful|kind|excellent|fantastic"
    r"|wonderful"
    r"|superb|amazing|nice|patient|polite|quick|efficient|charming|perfect|sweet|good|help|gem|angel|delight)"
    r"|all good things|nothing but (?:good|praise)|(?:how|so|very) (?:helpful|kind|lovely|brilliant|quick|patient)"
    r"|breath of fresh air|what an? (?:\w+ )?(?:treasure|gem|angel|star|asset|joy|godsend)\b|thank (?:him|her"
    r"|them|you for))\b"
)

PRAISED = (
    # "my complaint was dealt with in two days, well done", "I'm going to leave you a review, five stars"
    Frame(opener=ANYWHERE, hit=MATTER, after=_PRAISED, unless=STILL_OPEN, only_named=True),
    Frame(
        opener=ANYWHERE,
        hit=re.compile(rf"{TOLD_ABROAD.pattern}|^(?:post|shar|put|writ|tweet)\w* "),
        after=_PRAISED,
        unless=re.compile(rf"{STILL_OPEN.pattern}|\bbut\b|\bnot\b"),
    ),
    # "what's the name of your supervisor, I'd love to tell them you're a star"
    Frame(
        opener=ANYWHERE,
        hit=ABOVE,
        after=re.compile(
            r"\b(?:you deserve|congratulat\w+|compliments?|praise|you are a (?:star|gem)|promotion|a raise|how"
            r" (?:helpful|kind"
            r"|good|brilliant) you|what an? (?:\w+ )?(?:treasure|gem|star|angel|credit|asset|delight|legend|godsend)"
            r"|how (?:much|well) you (?:have )?help\w*)\b"
        ),
        unless=re.compile(rf"{STILL_OPEN.pattern}|\bbut\b|\bnot\b"),
    ),
    Frame(
        opener=opens(r"(?:congratulate|thank|praise|compliment|commend)\w* (?:you )?(?:to |with )?"),
        gap=up_to(3, "not want"),
        hit=ABOVE,
        unless=ASKED_ALL_THE_SAME,
    ),
    # "I'll be telling your supervisor you deserve a raise"
    Frame(
        opener=opens(r"(?:tell|telling|let|writ\w+ to|write to|email|emailing) "),
        hit=ABOVE,
        after=re.compile(rf"^(?:know )?.*{_PRAISED.pattern}"),
        unless=re.compile(r"\bnot\b"),
    ),
)
