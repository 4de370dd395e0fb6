"""Tokens with the seconds they begin at, to words. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from streams.model.grafting import POSITIONS_PER_S
from streams.records import Word


def first_times(alignments: Sequence[tuple[int, int]], tokens: int) -> list[float]:
    """Seconds at which each token (and the end) begins: the first position aligned to it."""
    times = [0.0] * tokens
    seen = -1
    for token, position in alignments:
        while seen < token and seen + 1 < tokens:
            seen += 1
            times[seen] = position / POSITIONS_PER_S
    for index in range(seen + 1, tokens):
        times[index] = times[index - 1] if index else 0.0
    return times


def whole_words(pieces: Sequence[Word]) -> tuple[Word, ...]:
    """Only a space begins a new word, so that "j'appelle" and "rendez-vous" stay in one piece."""
    words: list[Word] = []
    for piece in pieces:
        if words and not piece.text.startswith(" "):
            last, spoken = words[-1], any(letter.isalnum() for letter in piece.text)
            words[-1] = Word(
                text=last.text + piece.text,
                start_s=last.start_s,
                end_s=piece.end_s if spoken else last.end_s,
                probability=min(last.probability, piece.probability) if spoken else last.probability,
            )
        else:
            words.append(piece)
    return tuple(replace(word, text=word.text.strip()) for word in words if word.text.strip())


def evenly_spread(text: str, duration_s: float, confidence: float) -> tuple[Word, ...]:
    """Words at about the seconds they may be said, by their letters: where nothing was aligned.

    Every word gets the confidence of the whole.
    """
    words = text.split()
    letters = sum(len(word) + 1 for word in words)
    spread = []
    so_far = 0
    for word in words:
        start_s = duration_s * so_far / letters
        so_far += len(word) + 1
        spread.append(Word(text=word, start_s=start_s, end_s=duration_s * so_far / letters, probability=confidence))
    return tuple(spread)
