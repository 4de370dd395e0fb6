"""Whether the probability of a word says how likely it is to be right."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from bench.transcribing.systems import Heard, Ours
from bench.transcribing.telephone_prompts import Choice, prompts_of
from bench.transcribing.word_errors import normalised
from streams.records import Language

BOUNDS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97, 1.01)
Row = dict[str, float | str]


def table(ours: Ours, count: int) -> list[Row]:
    """Print and return, for each bin of probability, how many words there are and how many of them are right."""
    timed = replace(ours, wants_times=True)
    rows: list[Row] = []
    print(f"\n{'language':10}{'probability':14}{'words':>7}{'mean':>8}{'right':>8}")
    for language in Language:
        clips = prompts_of(language, Choice(), count)
        heard = timed.transcribe(clips)
        judged = [
            pair for clip, one in zip(clips, heard, strict=True) for pair in judged_words(normalised(clip.text), one)
        ]
        for low, high in zip(BOUNDS, BOUNDS[1:], strict=False):
            inside = [pair for pair in judged if low <= pair[0] < high]
            if inside:
                rows.append(_row(language, f"{low:.2f}-{min(high, 1.0):.2f}", inside))
    return rows


def judged_words(said: Sequence[str], heard: Heard) -> Iterator[tuple[float, bool]]:
    """Of each word heard: its probability, and whether it stands in the text at its place."""
    pieces = [(piece, word.probability) for word in heard.words for piece in normalised(word.text)]
    right = set[int]()
    for block in Levenshtein.opcodes(said, [piece for piece, _ in pieces]):
        if block.tag == "equal":
            right.update(range(block.dest_start, block.dest_end))
    for index, (_, probability) in enumerate(pieces):
        yield probability, index in right


def _row(language: Language, name: str, judged: Sequence[tuple[float, bool]]) -> Row:
    mean = sum(probability for probability, _ in judged) / len(judged)
    right = sum(is_right for _, is_right in judged) / len(judged)
    print(f"{language.value:10}{name:14}{len(judged):7}{mean:8.2f}{right:8.1%}")
    return {
        "language": language.value,
        "probability": name,
        "words": len(judged),
        "mean": round(mean, 3),
        "right": round(right, 3),
    }
