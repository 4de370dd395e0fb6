"""What English says around a matter that shows it is not wanted: praise, another errand, a mistake, an ending. Pure.

Most of it counts only where the speaker names the matter without plainly wanting it.
"""

import re

from keywords.negation.english.matters import ABOVE, DEED, HARM, HARMED, LAW, MATTER, MONEY, TOLD_ABROAD
from keywords.negation.frames import ANYWHERE, Frame, opens, up_to

_STILL_OPEN = re.compile(
    r"\b(?:still|yet|never|nothing|nobody|no one|waiting|since|when|refus\w*|hung up|again|missing"
    r"|not (?:had|got|received|heard|seen|been|happened|done|come|work\w*|helpful|happy|answered)|does not work"
    r"|but (?:i|we|now) (?:\w+ )?(?:want|need|am going|will|demand|would like)|but (?:it is|get|give|put))\b"
)
_NOT_ENDED = re.compile(rf"{_STILL_OPEN.pattern}|\b(?:if|unless|until|till|before|once|said|told|promised|supposed)\b")
_ASKED_ALL_THE_SAME = re.compile(
    r"\b(?:but|so|then|except) .*\b(?:want|need|demand|get|give|put|cancel|would like|am going)\b"
)
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
    r"|thank (?:him|her|them|you for))\b"
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
_OTHER_ERRAND = re.compile(
    r"\b(?:all i (?:want|need)|i (?:just|only|simply) (?:want|need|wanted|needed)|i am (?:just|only) (?:after|calling"
    r"|ringing|asking)|this is (?:just |only"
    r" )?(?:about"
    r"|for)|i am (?:ringing|calling) (?:about|to|for)) (?!know|see|find|my money|a refund|compensation|what|when"
    r"|where)\w+"
    rf"(?!.*(?:{DEED.pattern}))"
)
_AVERTED = (
    r"(?:(?:i|we) (?:was|were|had been) (?:\w+ )?(?:off|all set|about|ready|going|tempted|minded|inclined|on the"
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

AROUND = (
    # "my complaint was dealt with in two days, well done", "I'm going to leave you a review, five stars"
    Frame(opener=ANYWHERE, hit=MATTER, after=_PRAISED, unless=_STILL_OPEN, only_named=True),
    Frame(
        opener=ANYWHERE,
        hit=TOLD_ABROAD,
        after=_PRAISED,
        unless=re.compile(rf"{_STILL_OPEN.pattern}|\bbut\b|\bnot\b"),
    ),
    # "what's the name of your supervisor, I'd love to tell them you're a star"
    Frame(
        opener=ANYWHERE,
        hit=ABOVE,
        after=re.compile(
            r"\b(?:you deserve|congratulat\w+|compliments?|praise|you are a (?:star|gem)|promotion|a raise|how"
            r" (?:helpful|kind"
            r"|good|brilliant) you)\b"
        ),
        unless=re.compile(rf"{_STILL_OPEN.pattern}|\bbut\b|\bnot\b"),
    ),
    Frame(
        opener=opens(r"(?:congratulate|thank|praise|compliment|commend)\w* (?:you )?(?:to |with )?"),
        gap=up_to(3, "not want"),
        hit=ABOVE,
        unless=_ASKED_ALL_THE_SAME,
    ),
    # "I managed to speak to a manager and it's all straightened out"
    Frame(opener=ANYWHERE, hit=MATTER, after=_ENDED, unless=_NOT_ENDED, only_named=True),
    # "I sent you a letter to say I want to cancel, I'd like to undo that", "I clicked cancel my plan by mistake"
    Frame(opener=ANYWHERE, hit=HARM, after=_UNDONE, unless=_ASKED_ALL_THE_SAME, only_named=True),
    Frame(opener=ANYWHERE, hit=HARM, after=_BY_MISTAKE, unless=_ASKED_ALL_THE_SAME, only_named=True),
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
        unless=_ASKED_ALL_THE_SAME,
    ),
    # "cancel my plan? you've got it all wrong, I just want to change the date"
    Frame(
        opener=re.compile(r"(?:^|, )(?:me |us |the |an? |oh |no )*(?:, )?"),
        hit=re.compile(rf"{HARM.pattern}|{LAW.pattern}"),
        after=re.compile(rf"^(?:\w+ )?[.,] .*{_OTHER_ERRAND.pattern}"),
        unless=_STILL_OPEN,
        only_named=True,
    ),
    # "I had to get a lawyer onto them, all I need from you is a statement"
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(
            r"\b(?:all i (?:need|want) (?:from you )?is|from you (?:i|it is) (?:just|only)|(?:wants?|needs?|asked"
            r" for) (?:an? "
            r"|the |my )\w+ (?:\w+ )?from you|need the name changed|hence (?:my|this) call|that is why i am (?:calling"
            r"|ringing))\b"
        ),
        unless=re.compile(r"\b(?:sue|suing|against|court with) you\b"),
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
    # "keep me waiting and I want to cancel, I'm just teasing"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"[.,] (?:no |but |oh )*(?:(?:i am |we are )?(?:just |only )(?:pulling|teasing|kidding|joking|messing"
            r"|winding"
            r"|having)|(?:that|it) (?:is|was) (?:a|just a|only a) joke)\b"
        ),
    ),
    # "I'll be telling your supervisor you deserve a raise"
    Frame(
        opener=opens(r"(?:tell|telling|let|writ\w+ to|write to|email|emailing) "),
        hit=ABOVE,
        after=re.compile(rf"^(?:know )?.*{_PRAISED.pattern}"),
        unless=re.compile(r"\bnot\b"),
    ),
    # "the refund can wait", "to call it a disgrace would be pushing it"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(
            r"^(?:(?!but |i |not )[\w,.]+ ){0,8}?(?:(?:can|could|will) (?:easily |happily |always )?wait\b|is in no"
            r" hurry"
            r"|(?:would|might|is) (?:be )?(?:\w+ )?(?:pushing it|going (?:a bit )?(?:too )?far|a stretch|unfair|harsh"
            r"|over the top|an? (?:exaggeration|overreaction)|excessive|steep)"
            r"|(?:give over|get away|come off it|you are (?:joking|kidding)|pull the other one|perish the thought"
            r"|not in this lifetime)|over something (?:that|so) (?:small|trivial|silly) ,? ?no"
            r"|but (?:that|it|this) is not (?:the (?:point|issue|question)|why|what i|my)|not on your (?:nelly|life)"
            r"|and (?:there|it|we|i) would (?:be|have) (?:\w+ )?(?:war|riot|murder|uproar|hell|trouble)|(?:makes?"
            r"|made|would make) no sense|serves? no purpose)\b"
        ),
        only_named=True,
    ),
    Frame(
        opener=opens("to (?:say|call|claim|describe|think) (?:(?:that|it|this|you|is|are|as) )*"),
        gap=up_to(2, "not"),
        after=re.compile(
            r"^(?:\w+ ){0,3}?(?:would|might|is|s) (?:be )?(?:\w+ )?(?:pushing it|going (?:a bit )?(?:too )?far|a"
            r" stretch|unfair"
            r"|harsh|over the top|an exaggeration|strong|too much)\b"
        ),
    ),
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile(
            r"^(?:\w+ ){0,3}?,? ?(?:but (?:keep it|never mind|no matter|let it)|so much the better|all"
            r" the better)\b"
        ),
        only_named=True,
    ),
    # "leave your supervisor out of it"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^(?:out of (?:it|this)|alone|in peace|(?:has|have|had) not done anything|to (?:his|her|their)"
            r" (?:lunch|work))\b"
        ),
        unless=re.compile(r"\bpublicity\b"),
    ),
    # "the law lets me cancel, but that's not the point"; "a firm offered to take you to court, I said no"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(
            r"\bbut (?:that|it|this) is not (?:the (?:point|issue|question)|what i am (?:asking|saying))\b"
            r"|\bi (?:have )?(?:refused|declined|said no(?: thanks| thank you)?|ignored it|binned it|turned (?:it"
            r"|them) down"
            r"|shut the door on (?:him|her|them)) [.,]"
        ),
        only_named=True,
    ),
    # "me, switch provider?"
    Frame(
        opener=re.compile(r"^(?:me|us|my \w+) ,? ?"),
        after=re.compile(r"^(?:\w+ ){0,3}?\. "),
    ),
    # "I'll switch provider when hell freezes over"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^(?:\w+ ){0,3}?(?:when|before|the day) (?:hell (?:will )?freez|pigs (?:can |might |will )?(?:fly|have)"
            r"|the cows come|i (?:win the lottery|am dead))"
        ),
    ),
    # "my solicitor lives on the same street"
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(
            r"^(?:lives|works|plays|goes|is (?:on holiday|a friend|my|dealing with|handling|sorting)|deals with"
            r"|handles) "
        ),
        unless=re.compile(r"\b(?:this|your company|contact you|be in touch)\b"),
    ),
    # "I couldn't possibly accept a refund"
    Frame(
        opener=opens(r"(?:could|can) not (?:possibly )?(?:accept|take|ask for|expect) "),
        gap=up_to(2, "not i"),
        hit=MONEY,
    ),
    # "you did close our account last week, thanks"
    Frame(
        opener=opens("you (?:did|have|had) (?:already )?(?:an? )?"),
        hit=re.compile(rf"{HARMED.pattern}|{HARM.pattern}|{MONEY.pattern}"),
        after=re.compile(
            r"^[\w ,]*?\b(?:thanks|thank you|cheers|(?:will|would) not push|that is enough|very good of you)\b"
        ),
        unless=_STILL_OPEN,
    ),
    Frame(
        opener=opens("you (?:gave|sent|paid|offered|granted) (?:me |us )?(?:an? |the |some |my )?"),
        hit=MONEY,
        after=re.compile(
            r"\b(?:(?:will|would) not (?:push|ask|be greedy)|that is enough|plenty|very good of you|do me)\b"
        ),
    ),
)
