"""What stands in the place of masked words. Nobody said it: it is no phrase of a rule, no denial and no question."""

from keywords.records import RedactionKind

NUMBER_MARK = "[…]"
"""In a guess, where a number may become one to be masked."""
MARKS = frozenset({NUMBER_MARK, *(kind.mark for kind in RedactionKind)})


def is_mark(word: str) -> bool:
    """Whether it is a mark, perhaps with punctuation behind."""
    return word.strip().rstrip(".,;:?!") in MARKS
