"""Words of an utterance replaced by marks. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from keywords.marks import NUMBER_MARK
from keywords.records import RedactionKind
from keywords.redaction.digits import Kind, Piece
from streams.records import Utterance, Word

_SENTENCE_END = re.compile(r"(?<![.?!])([.?!])[\s»\"')]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words to mask, from the first to the last."""

    first: int
    last: int
    kind: RedactionKind | None
    """None: nobody knows yet."""

    @property
    def mark(self) -> str:
        """What is shown in their place."""
        return NUMBER_MARK if self.kind is None else self.kind.mark


def spans_of(found: Mapping[int, RedactionKind | None], pieces: Sequence[Piece]) -> list[Span]:
    """Words to mask as stretches of one kind; fillers inside a number go with it."""
    between = {piece.place[1] for piece in pieces if piece.kind in (Kind.FILLER, Kind.ALIKE)}
    between -= {piece.place[1] for piece in pieces if piece.kind not in (Kind.FILLER, Kind.ALIKE)}
    spans: list[Span] = []
    for word, kind in sorted(found.items(), key=lambda one: one[0]):
        before = spans[-1] if spans else None
        joined = before is not None and before.kind is kind and between.issuperset(range(before.last + 1, word))
        if before is not None and joined:
            spans[-1] = replace(before, last=word)
        else:
            spans.append(Span(first=word, last=word, kind=kind))
    return spans


def masked(utterance: Utterance, words: Sequence[Word], spans: Sequence[Span]) -> Utterance:
    """The utterance with one mark in place of each stretch of words, in the text and in the words."""
    kept = tuple(_masked(words, spans))
    text = " ".join(word.text.strip() for word in kept)
    return replace(utterance, text=text, words=kept if utterance.words else ())


def _masked(words: Sequence[Word], spans: Sequence[Span]) -> Iterator[Word]:
    done = 0
    for span in spans:
        yield from words[done : span.first]
        hidden = words[span.first : span.last + 1]
        yield Word(
            text=span.mark + _end_of(hidden[-1].text),
            start_s=hidden[0].start_s,
            end_s=hidden[-1].end_s,
            probability=min(word.probability for word in hidden),
        )
        done = span.last + 1
    yield from words[done:]


def _end_of(text: str) -> str:
    """The end of a sentence stays one: "ma carte est le 4970… . Non" takes nothing back that follows."""
    end = _SENTENCE_END.search(text)
    return end.group(1) if end is not None else ""
