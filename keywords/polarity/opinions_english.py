"""English words for and against, beyond the cues: what customers call a service or an answer; as in rule files."""

AGAINST = (
    "(unacceptable|intolerable|inexcusable|unforgivable|disgraceful|shameful|outrageous|appalling|atrocious"
    "|scandalous)",
    "(disgrace|disgusting|shambles|farce|rip off|scam|fraud|theft|daylight robbery|scandal|nightmare|mess)",
    "(terrible|awful|horrible|dreadful|horrendous|lousy|abysmal|shocking|pathetic|rubbish|useless|hopeless|diabolical)",
    "(I'm|I am|we're|we are|am|feel|very|really|bitterly|so) [very|really|extremely|so|absolutely|rather|quite|a bit"
    "|pretty]"
    " (disappointed|unhappy|dissatisfied|furious|angry|annoyed|upset|livid|frustrated|fuming|shocked|disgusted|appalled"
    "|insulted|outraged|cross)",
    "(not|never|hardly|isn't|wasn't|aren't|don't) ~3 (happy|satisfied|pleased|impressed|acceptable|good enough|right"
    "|fair"
    "|helpful|professional|serious|reasonable|agree|logical)",
    "(you're not|you aren't|he isn't|she isn't|it isn't|it's not|never) ~1 (helping|listening|answering|working"
    "|understanding|paying attention)",
    "(doesn't|don't|never|didn't|won't|hasn't) (work|works|worked|help|helps|listen|make sense|care)",
    "nothing (works|has worked|happens|happened|changes|has changed|is working|gets done)",
    "(getting|gets|got|keeps getting) [even] worse",
    "worse and worse",
    "(ridiculous|absurd|nonsense|laughable)",
    "(far|much|way) too (expensive|long|slow|high|complicated|late|dear)",
    "too (expensive|high|dear|slow)",
    "(regret|regretting)",
    "(wasting|waste|wasted) [of] [my|our] (time|money)",
    "(winds|winding|wind|drives|driving) me (up|mad|crazy|insane|nuts|round)",
    "(makes|making|made) me (angry|furious|mad|sick|cross)",
    "(pay|paying) for your (mistake|mistakes|errors)",
    "(charged|charging|billed) ~2 (wrongly|again|twice|for nothing|without)",
    "(rude|arrogant|impolite|condescending|unhelpful|unprofessional|incompetent)",
    "(worst|poorest) (service|company|experience|provider|ever)",
    "(bad|poor|shoddy|crap) (service|experience|product|attitude|quality)",
    "(complain|complaining|a complaint)",
    "(broken|damaged|faulty) ~2 (again|yet again)",
    "(unfortunately|sadly|a shame)",
    "(bloody|damn|fucking|hell|shit)",
    "(what|load) ~2 (nonsense|rubbish|crap)",
    "not (on|good)",
    "(worried|concerned|stressed|stressful)",
)

FOR = (
    "(excellent|fantastic|brilliant|wonderful|marvellous|superb|amazing|delightful|lovely) !(another|just)",
    "(happy|pleased|glad|delighted|thrilled) (with|about|that|to hear|to say)",
    "(love|like) (your|the) (service|app|offer|shop|product|way)",
    "(very|so|really|quite|was|were|been|you're) (nice|kind|friendly|polite|helpful|pleasant|patient)",
    "good (news|experience|surprise)",
    "(recommend|recommending)",
    "(went|going) (really|very|so) (well|smoothly)",
    "(thank you|thanks)",
    "(well done|good job)",
)
