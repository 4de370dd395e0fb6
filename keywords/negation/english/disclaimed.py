"""What English speakers say right behind it that they never said, asked for or agreed to. Pure."""

import re

from keywords.negation.english.matters import MATTER, MONEY
from keywords.negation.frames import ANYWHERE, Frame, opens

_AND_YET = r"\b(?:but|so) (?:i|we|now) (?:\w+ )?(?:want|need|demand|would|am|will)\b"
_ON = r"(?:(?!got |instead |sent |gave )[\w,]+ )"
_NOT_SAID = (
    r"(?:(?:that|this|it|which) (?:is|was) (?:(?:really|simply|just|certainly|definitely) )?not (?:at all )?"
    r"(?:what (?:i|we) (?:\w+ )?(?:said|say|saying|meant|mean|told|(?:am |are |was )?(?:ringing|calling|phoning) "
    r"(?:about|for)"
    r"|(?:rang|called|phoned|came)(?: \w+)? (?:about|for))|why (?:i|we) (?:am |are |was )?(?:rang|called|phoned|ringing"
    r"|calling|phoning))"
    r"|(?:i|we) (?:have |had )?(?:did|done|do|said|say|asked|wrote|want|wanted|meant) (?:for )?(?:absolutely )?"
    r"(?:no such thing|nothing of the (?:kind|sort))"
    r"|(?:i|we) (?:have |had |did )?(?:never|not) (?:asked|ask|said|say|wrote|write|meant|wanted|want|signed) (?:for )?"
    r"(?:any such|such a) thing)\b"
)
_THEM = (
    r"(?:(?:a lot of |plenty of |other |some |these |those )*(?:people|customers|folks?|others|everyone|everybody)"
    r"|(?:my|our|an?|the|some|that|his|her) (?:\w+ ){1,4}?(?:,|who|he|she|they|is|was|would|has|had|says?|said)) "
)
_NOT_I = (
    r"(?:i|we) (?:am|are) (?:\w+ly )?not (?:one of (?:them|those)|like (?:him|her|them|that)|(?:that|the) "
    r"(?:sort|kind|type))\b"
)
_REJECTED = (
    r"\b(?:(?:he|she|they) (?:\w+ )?(?:had|has|have) (?:absolutely )?no (?:business|right|say|authority|call)"
    r"|(?:he|she|they) should (?:\w+ )?not have|(?:he|she|they) (?:(?:have|has|had|got|was|were|is|are) )+"
    r"(?:(?:it|that) )?(?:all |completely |quite )?(?:wrong|mistaken|confused|muddled)"
    r"|(?:that|it) is not true|without (?:asking|telling) (?:me|us)|behind (?:my|our) backs?"
    r"|(?:i|we) (?:never|do not|did not) (?:agreed?|want))\b"
)

DISCLAIMED = (
    # "your letter says I asked to cancel, well, I did no such thing", "don't write that, because it's not what I said"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(rf"^{_ON}{{0,10}}?(?:\. )?{_ON}{{0,2}}?{_NOT_SAID}"),
        unless=re.compile(_AND_YET),
    ),
    # "they keep on about a refund": said over and over by somebody else
    Frame(
        opener=opens(r"(?:going|goes|went|keep|keeps|kept) on (?:and on )?about (?:an? |the |my )?"),
        gap=re.compile(r"(?:[\w,]+ ){0,3}"),
        hit=MONEY,
        unless=re.compile(_AND_YET),
    ),
    # "I know my son told you we want to cancel, he had no business saying that"
    Frame(
        opener=opens(
            r"(?:my|our) (?:\w+ ){1,3}?(?:told|asked|wrote to|rang|called|phoned|emailed|said to"
            r"|messaged) (?:you|your \w+)"
        ),
        gap=re.compile(r"(?:(?!but )[\w,]+ ?| )*"),
        after=re.compile(rf"^(?:[\w,]+ ){{0,8}}?{_REJECTED}"),
        unless=re.compile(_AND_YET),
    ),
    # "you must have had people ringing to complain, well, I'm not one of them"
    Frame(
        opener=opens(_THEM),
        gap=re.compile(r"(?:(?!(?:i|we) (?:want|am|need|will|have) |\. )[\w,]+ )*"),
        after=re.compile(rf"^(?:(?!i |we )[\w,]+ ){{0,6}}?{_NOT_I}"),
        unless=re.compile(_AND_YET),
    ),
)
