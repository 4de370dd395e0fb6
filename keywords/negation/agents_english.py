"""What an agent says without meaning it, in English: what the customer said or was told, asked about, untrue. Pure.

An agent speaks for the company: what they pass on ("they say there's nothing we can do") and what they make depend on
something ("if it breaks, I guarantee a refund") is its word. So the frames of customers do not hold for them.
"""

from keywords.negation.frames import Frame, any_of, opens, until

_ADVERB = r"(?:(?:also|already|really|just|then|now|always|still|possibly|probably) )?"
_HELPING = r"(?:(?:have|had|has|were|was|are|is|may have|might have|must have|did|do|been|being) )*"
_TOLD = any_of("told promised assured informed advised offered")
_SAID = any_of("said say saying think thought believe feel mentioned claimed claim mean heard read understood wrote")
_OTHER = r"(?:my|our|your|the|a|an|another|one of (?:my|our)) (?:(?!i |we |you )\w+ ){1,4}?"
_ANYBODY = rf"(?:{any_of('they he she somebody someone anyone anybody who')} |{_OTHER})"
_END = r", (?!that |if )|\. |\bbut |\bso |\bbecause |\bthen |\botherwise |\band (?:i|we|that|it) "

TAKEN_UP = Frame(
    opener=opens(
        rf"(?<!as )(?<!what )you {_HELPING}{_ADVERB}(?:{_SAID}|{_TOLD} me|being told|told|promised) ",
        rf"(?<!as ){_ANYBODY}{_HELPING}{_ADVERB}(?:{_TOLD}|said to) you ",
        rf"(?:did|have|has) {any_of('they he she somebody someone anyone anybody')} (?:tell you|say|said) ",
    ),
    gap=until(_END, after="(?:that )?"),
)
"""What the customer said or was told by somebody: "you were told there's nothing we can do, and that's wrong"."""

DOUBTED = (
    # "nobody is saying it's your fault"
    Frame(
        opener=opens(rf"(?:nobody|no one|none of us) {_HELPING}{_ADVERB}{any_of('says said saying claims claiming')} "),
        gap=until(_END, after="(?:that )?"),
    ),
    # "I'd be lying if I said", "it would be wrong to say"
    Frame(
        opener=opens(r"(?:be|being) (?:lying|wrong|unfair|untrue|dishonest) (?:if (?:i|we) said|to (?:say|claim)) "),
        gap=until(_END, after="(?:that )?"),
    ),
    # "let me ask whether we can guarantee that"
    Frame(
        opener=opens(
            r"(?:let me|let us|i will|we will|i am going to|i can|i need to|i have to|i would have to|i want to) "
            r"(?:just )?(?:ask|check|see|find out|look|confirm|verify)(?: (?!if |whether )\w+){0,4} (?:if|whether) "
        ),
        gap=until(_END),
    ),
)
"""What is denied, would be untrue, or is only asked about."""
