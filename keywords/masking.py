"""Words of an utterance replaced by a mark. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from keywords.digits import Kind, Piece
from streams.records import Utterance, Word

CARD_MARK = "[card]"
"""In both languages, where a card number was."""
NUMBER_MARK = "[…]"
"""In a partial, where a number may become one."""

Span = tuple[int, int]
"""First and last word."""


def spans_of(places: set[int], pieces: Sequence[Piece]) -> list[Span]:
    """Words to mask as stretches; fillers inside a number go with it."""
    fillers = {piece.place[1] for piece in pieces if piece.kind is Kind.FILLER}
    fillers -= {piece.place[1] for piece in pieces if piece.kind is not Kind.FILLER}
    spans: list[Span] = []
    for place in sorted(places):
        if spans and all(between in fillers for between in range(spans[-1][1] + 1, place)):
            spans[-1] = (spans[-1][0], place)
        else:
            spans.append((place, place))
    return spans


def masked(utterance: Utterance, words: Sequence[Word], spans: Sequence[Span], mark: str) -> Utterance:
    """The utterance with one mark in place of each stretch of words, in the text and in the words."""
    kept: list[Word] = []
    done = 0
    for first, last in spans:
        kept.extend(words[done:first])
        hidden = words[first : last + 1]
        kept.append(
            Word(
                text=mark,
                start_s=hidden[0].start_s,
                end_s=hidden[-1].end_s,
                probability=min(word.probability for word in hidden),
            )
        )
        done = last + 1
    kept.extend(words[done:])
    text = " ".join(word.text.strip() for word in kept)
    return replace(utterance, text=text, words=tuple(kept) if utterance.words else ())
