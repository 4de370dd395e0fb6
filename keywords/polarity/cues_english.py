"""English phrases by the cue they give, written as in rule files.

Drawn from how customers complain and thank on the telephone; no word list of others is in it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from keywords.records import CueKind

ENGLISH_CUES: Mapping[CueKind, tuple[str, ...]] = MappingProxyType(
    {
        CueKind.REPEAT_CONTACT: (
            "(second|third|fourth|fifth|sixth|seventh|eighth|tenth|hundredth|umpteenth) time (I've|I have|we've"
            "|we have) [had to] (called|phoned|rung|rang|contacted|asked|explained|written|call|phone|ring|explain"
            "|emailed|tried)",
            "(second|third|fourth|fifth|sixth|seventh|eighth|tenth|hundredth|umpteenth) time (I'm|I am) (calling"
            "|ringing|phoning|asking|explaining|having|writing|telling)",
            "(second|third|fourth|fifth|sixth|seventh|eighth|tenth|hundredth|umpteenth) time (I call|I ring|I phone"
            "|I ask|calling|I explain|I write|I'm calling|around)",
            "for the (third|fourth|fifth|sixth|seventh|tenth|hundredth|umpteenth) time",
            "(called|phoned|rung|rang|contacted|emailed|written|rung up|asked) ~3 (several|many|multiple|a dozen"
            "|countless) times",
            "(called|phoned|rung|rang|contacted|emailed|written|asked|explained) ~4 {number>=2} times !(a day|a week)",
            "(called|phoned|rung|rang|contacted|emailed) ~1 twice (already|now|this|about|and nothing|since)",
            "I've (been|been on) ~3 (called|phoned|rung) ~3 times",
            "already (explained|called|phoned|rung|told|contacted|reported|been through|gone through) !(a taxi"
            "|my mother|my husband|my wife|it to my)",
            "already (spoken|talked|spoke) to",
            "(calling|ringing|phoning|here) again !(tomorrow|later)",
            "(it's|its) me again",
            "(on|is) my (second|third|fourth|fifth|sixth|seventh|tenth|umpteenth) (call|email|message|letter)",
            "(same|exact same) (problem|issue|fault|thing|story) (again|every time|as last)",
            "(go through|explain|repeat|say|tell) ~4 (all over again|from scratch|from the beginning|from the start)",
            "(go through|explain|repeat) ~4 again from",
            "(every|each) (single time|time) ~3 (repeat|explain|start again|call)",
            "(have|having|had) to (repeat|explain) (myself|everything|it all|this again|it again)",
            "how many [more] times (do|must|have|should|will)",
            "(keep|kept) (calling you|calling and|calling about|calling back|ringing|phoning|having to call"
            "|having to ring|chasing)",
            "I've (written|emailed) ~6 (called|phoned|rung)",
        ),
        CueKind.WAITING: (
            "on hold (for|since)",
            "(been|was|sat|sitting|stuck|left|kept|keep) ~2 on hold",
            "(waited|waiting|queuing|queued|wait|sat|sitting|holding) ~5 (minutes|hours|hour|days|weeks|months|ages"
            "|forever) !(for the bus|for the train)",
            "(minutes|hour|hours) (on hold|in the queue|in a queue|of waiting|waiting|on the line|listening)",
            "how (much|many) (longer|more) ~6 (wait|waiting|take|hold)",
            "how long (I've|have I|we've|I have|do I have) ~2 (waiting|waited|to wait|sat)",
            "going on for ~2 (days|weeks|months|years|ages)",
            "still (waiting|nothing|no news|no reply|no answer|not heard|haven't heard|waiting for)",
            "(haven't|not|never) heard ~3 (back|anything|since|weeks|months)",
            "(it's|its|that's) been ~2 (weeks|months|days|hours) !(since I moved|since we moved|lovely)",
            "(left|leave|leaving|kept|keep) me (listening|waiting|hanging|holding)",
            "listening to (your|that|the) ~3 music",
            "(nobody|no one) [ever] (picks up|picked up|answers|answered|replies|replied)",
            "before (anyone|anybody|someone|somebody|you) (picked up|answered|bothered)",
            "(finally|at last) (a human|a person|someone|somebody|a real)",
            "(takes|took|taken|taking) ~2 (ages|forever|far too long|too long|an hour|hours)",
            "(can't|couldn't|impossible to) (get through|get hold)",
        ),
        CueKind.PASSED_AROUND: (
            "(passed|bounced|pushed|shoved|transferred|sent|passing|bouncing|sending) [me] (around|about"
            "|from pillar) !(the world|the office|Christmas)",
            "(passed|bounced|shoved|sent|transferred|bouncing) ~2 from (one|person|pillar|department|desk|agent)",
            "pillar to post",
            "(keep|keeps|kept) (transferring|passing|bouncing|sending|putting) me",
            "from one (department|person|agent|team|desk|adviser|advisor) to (another|the next|the other)",
            "transferred [me] (twice|again|{number>=2} times|several times|so many)",
            "(second|third|fourth|fifth|sixth|seventh|tenth) (person|agent|department|adviser|advisor|rep) (I've"
            "|I have|I'm|today|I was|to|you)",
            "put through to {number>=2}",
            "put me through to {number>=2}",
            "to {number>=3} different (people|departments|agents|advisers|advisors|persons|colleagues)",
            "(sending|sent|send|passing|passed|putting|put) me back",
            "(blame|blames|blaming|pointing) (another|the other|each other|someone else|fingers) [department|team]",
            "(everyone|everybody|they all) [just] (blames|passes|says ask|sends me)",
            "(nobody|no one) [wants to|will|is] (take|taking|takes) ~2 (responsibility|ownership)",
            "(tell|tells|told) me to ~4 (tell|tells|told) me to",
            "(somebody|someone) (different|else) (every|each|all the)",
            "(run around|runaround)",
            "(going|go|went) (round|around) in circles",
            "(pass|passing|passes) the buck",
            "not (my|our|your) department",
        ),
        CueKind.BROKEN_PROMISE: (
            "(was|were|been|you|they|he|she) promised",
            "(broken|empty|false) (promise|promises)",
            "(keep|kept|keeping|break|broke|breaking) ~2 (word|promise|promises)",
            "(supposed|meant) to (call|ring|phone|come|be|arrive|get|have|send|email|deliver|refund|contact"
            "|turn) ~6 (yesterday|monday|tuesday|wednesday|thursday|friday|saturday|last|week|ago|but|back|free"
            "|nobody|nothing|never|waited|still)",
            "(nobody|no one) [ever] [has] (called|came|showed up|turned up|rang|phoned|got back|contacted|bothered)",
            "(never|didn't|hasn't|haven't) [ever] (called|rang|phoned|got|gotten) ~1 back",
            "(never) (came|arrived|turned up|showed up|happened)",
            "(you|they|he|she) (said|told me|assured me|swore|guaranteed) ~5 (would|by|within|days|hours|weeks) ~8"
            " (and|but|still|it's|nothing|yet)",
            "said it (would|'d) be ~5 (by|on|within|last|yesterday)",
            "(you|they) said (someone|somebody|you|they|he|she) (would|'d|will) (call|ring|come|be) ~5 (yesterday"
            "|this|by|on|last|back)",
            "(didn't|never|did not) (call|ring|phone) me back",
            "(guaranteed|assured) [me] [that] (I'd|I would|it|you|we'd|we would|this|that)",
            "been (lied to|misled|strung along|fobbed off)",
            "(lied|lying) to me",
            "waited [in] (all day|for nothing|all morning|all afternoon)",
            "(adviser|advisor|colleague|agent) (guaranteed|promised|assured)",
        ),
        CueKind.INCREDULITY: (
            "(got to be|have to be|gotta be|must be|are you|you're) (kidding|joking|having a laugh|winding me up)",
            "(some|what) (kind|sort) of [a] (joke|wind up)",
            "(this|that|it) (is|has to be|must be) a joke",
            "(can't|cannot|don't|do not) believe (it|this|what|how|you|I'm) !(quick|easy|fast|good|nice|kind)",
            "(absolutely|just|simply|totally) (unbelievable|incredible|incredulous|mad|insane|crazy)",
            "unbelievable",
            "having a laugh",
            "what planet",
            "(are you|you can't be|you cannot be) [actually|really|for] (serious|real)",
            "how (is|can|could) (that|this|it) [even] [be] (possible|right|allowed)",
            "(tell me) (you're|this is|you are) (joking|kidding|a joke)",
            "(beggars|beyond) belief",
            "never (seen|heard) (anything like|of such|such a)",
            "(do you|you) (think|take me for) ~2 (idiot|fool|stupid|born yesterday)",
            "(taking|take) the (mick|mickey|piss)",
            "what on earth",
            "you couldn't make it up",
        ),
        CueKind.SARCASM: (
            "(great|brilliant|wonderful|fantastic|lovely|perfect) just (great|brilliant|wonderful|fantastic|lovely"
            "|perfect)",
            "just (great|brilliant|wonderful|perfect|what I needed|my luck) !(thank you|thanks)",
            "thanks for nothing",
            "thank you for nothing",
            "(great|brilliant|wonderful|fantastic|lovely|marvellous|excellent) (another|it's gone|it's down"
            "|it's broken|yet)",
            "(makes|made) my day",
            "very professional (I must|I'm sure|indeed|that)",
            "(oh sure|of course it is|yeah right|oh of course)",
            "(my|all my) fault (again is it|is it|then|of course)",
            "(nice one) [really] nice one",
            "(quick|fast|good) enough (when|to take|at taking)",
            "how (convenient|very convenient|surprising|original)",
            "(well done) (you|really|indeed|again|for that)",
            "(what a) (surprise|service) !(to hear)",
            "(big|bloody) (surprise|well done)",
            "(another) fault well done",
            "(as) if by magic",
            "(that's just|just) (all|what) I needed",
        ),
        CueKind.INSULT: (
            "(you're|you are|you people are|you lot are|they're all) [all|just|bloody|absolutely|completely|totally"
            "|a bunch of] [nothing but] [a|an] (useless|pathetic|incompetent|idiot|idiots|moron|morons|clowns|liar"
            "|liars|thief|thieves|crook|crooks|scammer|scammers|joke|stupid|thick|dense|jokers|muppets|hopeless)",
            "(bunch|load|pack|shower) of (crooks|clowns|idiots|morons|thieves|liars|cowboys|amateurs|jokers|muppets"
            "|scammers)",
            "(complete|total|bloody|absolute) (idiot|idiots|moron|morons|joke|waste of space)",
            "(bullshit|crappy|shitty)",
            "you (idiot|moron|liar|thief|muppet|fool|clown|bastard|bitch|prick|arsehole|asshole|cow)",
            "are you (stupid|thick|deaf|dense|an idiot|a moron)",
            "(crap|shitty|shit|bullshit|garbage) (company|service|support|product|firm|people)",
            "(fuck|screw|sod|piss|bugger) (you|off)",
            "go to hell",
            "shut up",
            "(bloody|fucking|damn) (idiots|idiot|useless|joke|disgrace|liars|clowns)",
            "(incompetent|morons|imbecile|imbeciles)",
            "(pathetic) (excuse|company|service|people)",
        ),
        CueKind.LEAVING: (
            "(take|taking) my (business|money|custom) (elsewhere|somewhere else)",
            "(go|going|leave|leaving|move|moving|switch|switching) ~3 (competitor|competitors|elsewhere"
            "|another provider|another company|another bank|different provider|different company|another supplier)",
            "(going to|will|want to|have to|I'll|before I|I'm|we're|gonna) (switch|switching|change|changing)"
            " (provider|providers|supplier|suppliers|carrier|banks|insurers|company)",
            "(going|want|have|like|decided) to cancel !(the appointment|my appointment|the meeting|the music"
            "|an option|the option)",
            "(just|please) cancel (it|everything|my contract|my subscription)",
            "(thinking of|thinking about) (switching|leaving|changing|cancelling)",
            "(I'll|I will|I'm) (cancel|cancelling|canceling) !(the appointment|my appointment|my holiday|the meeting)",
            "cancel everything",
            "(lose|losing|lost) [me as] [a|another] customer",
            "close (my|our|every|all my|all our) ~1 (account|accounts)",
            "(won't|will not|not) be (staying|renewing|coming back|using you)",
            "(I'm|we're|we are|I am) leaving you",
            "(done|finished|through) with (you|your company|this company)",
            "never (using|buying|dealing) ~3 (you|again|company)",
            "last (warning|chance) before",
        ),
        CueKind.EXHAUSTION: (
            "fed up",
            "sick (of|and tired|to death)",
            "(I've|I have|we've|we have|I|we) had (enough|it up to here|it with) !(time)",
            "enough is enough",
            "(can't|cannot|can not) (take|stand|bear|cope|do|put up with) ~2 (any more|anymore|any longer|much more"
            "|longer|this)",
            "(end|wit's end) of my (tether|rope)",
            "(at|end of) my (wit's end|wits end|tether|limit)",
            "(tired|weary|exhausted|worn out|drained) (of|with|by|from) (this|fighting|waiting|calling|being|your"
            "|having|repeating|explaining|it|all|chasing|these)",
            "(worn|wearing) (me out|me down|out with)",
            "I give up",
            "(I'm|I am) (done|exhausted|shattered) !(with the form|for today|typing|with my)",
            "(losing|lost|lose|out of|runs out of) [my|all] [my] (patience|temper|cool|will to live)",
            "about to (lose it|explode|scream)",
            "tell me to calm down",
            "(too much) (for me|hassle|to ask)",
            "(last) (straw|nerve)",
        ),
        CueKind.DISTRESS: (
            "(don't|do not) know (what to do|where to turn|how to cope|what else to do|who to turn)",
            "(I'm|I am|feel|feeling|so|really|we're) [really|so|very|just|completely|absolutely] (desperate|anxious"
            "|frightened|terrified|scared|panicking|heartbroken|devastated|overwhelmed|worried sick|distraught"
            "|in a panic|hopeless) !(of dogs|of spiders)",
            "(can't|cannot|couldn't|haven't) (sleep|slept|eat|breathe|stop crying)",
            "in tears",
            "(I'm|I am|I've been) (crying|panicking|shaking)",
            "(how|what) am I (supposed|meant|going) to (do|live|eat|manage|cope|pay|tell|feed|survive)",
            "(feel|feeling|completely|totally) [so|completely|totally] (lost|alone|helpless|abandoned)",
            "(on my own|all alone) (with|here|now|and)",
            "all on my own",
            "please help me",
            "(nothing|no money|no food) ~2 to (eat|live on|feed)",
            "=lose (our|my|the) (home|house|job|everything)",
            "lose everything",
            "(disaster|nightmare) for (me|us)",
            "(I'm|I am) begging",
            "(worried|scared|afraid|frightened) (sick|to death|about my|for my|we're|I'm going|that we|that I"
            "|of losing)",
            "without (heating|power|hot water|electricity|money) with (a|my|two|three|the|young) (baby|newborn|kids"
            "|children|toddler)",
            "(breaking|tearing) (me apart|down)",
            "making me (ill|sick)",
        ),
        CueKind.RELIEF: (
            "phew",
            "(what|such) a relief",
            "(relieved|reassured|reassuring)",
            "mind at (rest|ease)",
            "peace of mind",
            "(weight|load) off (my|our) (mind|shoulders)",
            "(I can|can finally) (relax|rest|breathe) (now|again|easy|easier)",
            "thank (god|goodness|heavens)",
            "I was (afraid|worried|scared) ~4 (lost|gone|too late|worse)",
        ),
        CueKind.THANKS: (
            "thank you (so|very|ever|for|kindly|that|indeed|again|really|all) !(nothing)",
            "thanks (so|very|ever|a lot|a million|for|again|to you|very|anyway|that) !(nothing)",
            "many thanks",
            "(much|really|do) (appreciate|appreciated)",
            "appreciate (your|the|all|it)",
            "(so|very|most|really) (kind|nice|good) of you",
            "(nice|kind|good|sweet) of you (to|for)",
            "(most|very|so) (kind|helpful)",
            "grateful",
            "you're a (star|legend|lifesaver|gem|angel)",
            "(lovely|wonderful|great|perfect) thank you",
            "cheers",
        ),
        CueKind.SATISFACTION: (
            "(that's|it's|this is|all|is|was|been|are|were) [absolutely|just|really|so|exactly] (perfect|excellent"
            "|brilliant|fantastic|wonderful|great|superb|lovely|marvellous|amazing|spot on)",
            "(I'm|I am|we're|we are|very|really|quite) [very|really|quite|so|perfectly] (happy|pleased|satisfied"
            "|delighted|impressed|chuffed) !(to hold|to wait)",
            "(works|working) (perfectly|well|fine|great|really well|again|now|beautifully)",
            "(fantastic|brilliant|great|excellent|perfect|super|lovely|amazing) (it's|it is|that|thanks|service|work"
            "|job|you've)",
            "exactly (what I|it|right|what we)",
            "(no|can't|without) (complaints|complain|complaint|fault you)",
            "spot on",
            "(all|it's) (sorted|fixed|working|resolved) (now|thanks|thank)",
            "(it's|is|it) all (sorted|fixed|working)",
            "(really|so|very|extremely|super) (efficient|helpful|quick|patient|professional and|friendly)",
            "(saved|saving) my (life|day|bacon)",
            "(it's|its|been|was) a pleasure",
            "(well done|good job|great job|great work|good work|congratulations) (to|by|on|your|everyone)",
            "(great|excellent|brilliant|superb|first class|outstanding|call good) (service|work|job|support|team"
            "|experience)",
            "not bad (at all)",
            "(delighted|over the moon|thrilled)",
            "you've been (brilliant|great|lovely|wonderful|fantastic|amazing|so helpful|very helpful|really helpful"
            "|a star)",
        ),
    }
)
