"""What English says of a matter that came right, is over, was a mistake, or is to be undone. Pure."""

import re

from keywords.negation.english.matters import HARM, MATTER
from keywords.negation.frames import ANYWHERE, Frame, opens, up_to

STILL_OPEN = re.compile(
    r"\b(?:still|yet|never|nothing|nobody|no one|waiting|since|when|refus\w*|hung up|again|missing"
    r"|not (?:had|got|received|heard|seen|been|happened|done|come|work\w*|helpful|happy|answered)|does not work"
    r"|but (?:i|we|now) (?:\w+ )?(?:want|need|am going|will|demand|would like)|but (?:it is|get|give|put))\b"
)
_NOT_ENDED = re.compile(rf"{STILL_OPEN.pattern}|\b(?:if|unless|until|till|before|once|said|told|promised|supposed)\b")
ASKED_ALL_THE_SAME = re.compile(
    r"\b(?:but|so|then|except) .*\b(?:want|need|demand|get|give|put|cancel|would like|am going)\b"
)
_ENDED = re.compile(
    r"\b(?:behind (?:me|us)|ancient history|water under the bridge|in the past|no longer (?:an issue|needed|relevant)"
    r"|straightened out|ironed out|put to bed|over and done|(?:is|was|been|got|s|has been|were) (?:all |now |already "
    r"|quickly |fully |properly |finally )*(?:sorted|resolved|settled|fixed|dealt with|handled|cleared up|closed off"
    r"|taken care of|straightened|put right|cleared)|(?:all|everything) (?:is |s )?(?:fine|good|sorted|well) now"
    r"|moved on|case (?:is )?closed|(?:he|she|they|someone) (?:has |have )?(?:called|rang|phoned|got) (?:me )?back"
    r"|(?:it|all) (?:is )?(?:fine|good) now|came up with a solution|already (?:zeroed|credited|taken it off)|calling"
    r" about something else"
    r"|(?:this|that) is about (?:mine|the new|something))\b"
)
_UNDONE = re.compile(
    r"\b(?:undo|put it back|put (?:me|us|everything) back|reverse (?:it|that)|reinstate\w*|(?:like|want|love) to"
    r" (?:come back|rejoin|keep)|go back to how"
    r"|reconnect\w*|switch (?:it|me) back on|carry on as|keep it|stop that|backtrack)\b"
)
_BY_MISTAKE = re.compile(
    r"\b(?:by (?:mistake|accident)|in error|accidentally|without meaning to|unintentionally|did not mean to"
    r"|(?:it|that) (?:is|was) not (?:me|us)\b|not me\b(?! who)|a (?:mistake|mix up|glitch|misunderstanding|mistype|bug)"
    r"|slip of the|got (?:it|that|me) wrong|news to me|never (?:said|asked|wanted|told|signed|agreed)"
    r"|wrong (?:button|end of the stick|person|key)|i had no idea|nothing to do with me|heat of the moment|disregard"
    r"|ignore (?:that|it|what)|take (?:it|that) back|strike that|forget i (?:said|asked))\b"
)
_AVERTED = (
    r"(?:(?:i|we) (?:had|have|would) (?:all but|as good as|pretty much|more or less|half|nearly"
    r"|almost) (?:made up my mind"
    r"|decided|resolved|agreed)(?: to| on)?|(?:i|we) (?:was|were|had been) (?:\w+ )?(?:off|all set|about|ready"
    r"|going|tempted|minded|inclined|on the"
    r" (?:point"
    r"|verge|brink)|prepared|this close|\w+ \w+ away|within an? \w+|one \w+ away)(?: to| of| from)?"
    r"|(?:i|we) (?:\w+ )?(?:came on|spent|considered|hesitated)(?: \w+){0,3}?"
    r"(?: to| about| of| whether| wondering whether to)|within an? (?:inch|whisker|ace) of) "
)
_BUT_IT_CAME_RIGHT = re.compile(
    r"(?:, |\b)(?:but|when|then|until|luckily|thankfully|glad)\b"
    r"(?!.*\b(?:not (?:let|work|find|able|answer\w*|get|had|possible)|button|website|form|app|page|keeps?|said"
    r"|transfer\w*|passed|put (?:me )?through|crash\w*|hung up|cut off|refus\w*"
    r"|nobody|no one|still|nothing|never|want|need|impossible|could not|can not|wait\w*|hold|told|now i)\b)"
)

RIGHTED = (
    # "I managed to speak to a manager and it's all straightened out"
    Frame(opener=ANYWHERE, hit=MATTER, after=_ENDED, unless=_NOT_ENDED, only_named=True),
    # "I sent you a letter to say I want to cancel, I'd like to undo that", "I clicked cancel my plan by mistake"
    Frame(opener=ANYWHERE, hit=HARM, after=_UNDONE, unless=ASKED_ALL_THE_SAME, only_named=True),
    Frame(opener=ANYWHERE, hit=HARM, after=_BY_MISTAKE, unless=ASKED_ALL_THE_SAME, only_named=True),
    Frame(
        opener=opens(
            r"(?:by (?:mistake|accident)|in error|accidentally|without meaning to|pretending to be (?:me|\w+ \w+)"
            r"|in my name|on my phone) "
        ),
        gap=up_to(6, "not i we"),
        hit=HARM,
    ),
    Frame(
        opener=opens(
            r"(?:sent|wrote|put in|filed|gave|emailed|posted|handed in) (?:[\w,] ?){0,40}?(?:i |we )?(?:want |wanted"
            r" )?to "
        ),
        hit=HARM,
        after=_UNDONE,
        unless=ASKED_ALL_THE_SAME,
    ),
    # "I was going to complain, but you've been so lovely", "good thing you rang back"
    Frame(opener=opens(_AVERTED), gap=up_to(5, "not but am will"), after=_BUT_IT_CAME_RIGHT),
    Frame(
        opener=opens("(?:good thing|just as well|lucky|thank (?:god|goodness|heavens)|good job|luckily) "),
        gap=re.compile(r".*\b(?:i|we) (?:was|were|would have|had|nearly|almost) (?:\w+ ){0,4}"),
    ),
    Frame(
        opener=opens(r"(?:was|were) (?:\w+ ){0,3}?(?:within an? \w+|a hair|away) (?:of|from) (?:me )?"),
        gap=up_to(2, "not"),
    ),
)
