"""What English says around a matter that shows it is not wanted: another errand, a joke, no interest in it. Pure.

Most of it counts only where the speaker names the matter without plainly wanting it.
"""

import re

from keywords.negation.english.matters import DEED, HARM, HARMED, LAW, MATTER, MONEY
from keywords.negation.english.righted import STILL_OPEN
from keywords.negation.frames import ANYWHERE, Frame, opens, up_to

_OTHER_ERRAND = re.compile(
    r"\b(?:all i (?:want|need)|i (?:just|only|simply) (?:want|need|wanted|needed)|i am (?:just|only) (?:after|calling"
    r"|ringing|asking)|this is (?:just |only"
    r" )?(?:about"
    r"|for)|i am (?:ringing|calling) (?:about|to|for)) (?!know|see|find|my money|a refund|compensation|what|when"
    r"|where)\w+"
    rf"(?!.*(?:{DEED.pattern}))"
)

AROUND = (
    # "cancel my plan? you've got it all wrong, I just want to change the date"
    Frame(
        opener=re.compile(r"(?:^|, )(?:me |us |the |an? |oh |no )*(?:, )?"),
        hit=re.compile(rf"{HARM.pattern}|{LAW.pattern}"),
        after=re.compile(rf"^(?:\w+ )?[.,] .*{_OTHER_ERRAND.pattern}"),
        unless=STILL_OPEN,
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
    # "keep me waiting and I want to cancel, I'm just teasing"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"[.,] (?:no |but |oh )*(?:(?:i am |we are )?(?:just |only )(?:pulling|teasing|kidding|joking|messing"
            r"|winding"
            r"|having)|(?:that|it) (?:is|was) (?:a|just a|only a) joke)\b"
        ),
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
        unless=STILL_OPEN,
    ),
    Frame(
        opener=opens("you (?:gave|sent|paid|offered|granted) (?:me |us )?(?:an? |the |some |my )?"),
        hit=MONEY,
        after=re.compile(
            r"\b(?:(?:will|would) not (?:push|ask|be greedy)|that is enough|plenty|very good of you|do me)\b"
        ),
    ),
)
