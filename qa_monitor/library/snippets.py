"""Where the words of a search are said in a call. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qa_monitor.library.records import Snippet
from qa_monitor.library.text_query import WORD, Term, fold
from streams.records import Speaker

MOST = 3
"""Places shown of one call."""
LONGEST = 240
"""Signs of a text that are shown at most, around the first word found."""
BEFORE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What was said at one time."""

    start_s: float
    speaker: Speaker
    text: str


def find_snippets(lines: Iterable[Line], terms: Sequence[Term], most: int = MOST) -> tuple[Snippet, ...]:
    """The places that hold most of the terms, in the order they were said.

    Words in a row may be spread over two utterances of a speaker: then each of the words is shown where it is said.
    """
    said = list(lines)
    found = _places(said, terms)
    if not found and any(len(term.words) > 1 for term in terms):
        single = [Term(words=(word,), speaker=term.speaker) for term in terms for word in term.words]
        found = _places(said, single)
    best = sorted(found, key=lambda place: (-place[0], place[1].at_s))[:most]
    return tuple(_cut(snippet) for _, snippet in sorted(best, key=lambda place: place[1].at_s))


def _places(lines: Sequence[Line], terms: Sequence[Term]) -> list[tuple[int, Snippet]]:
    """Each place with how many of the terms it holds."""
    found = []
    for line in lines:
        own = [term for term in terms if term.speaker in (None, line.speaker)]
        folded = fold(line.text)
        # most lines hold none of the words: those are not taken apart
        likely = [term for term in own if term.words[0] in folded]
        marks = [marks for term in likely if (marks := marks_of(line.text, term))]
        if marks:
            together = tuple(sorted({mark for each in marks for mark in each}))
            snippet = Snippet(at_s=line.start_s, speaker=line.speaker, text=line.text, marks=_joined(together))
            found.append((len(marks), snippet))
    return found


def marks_of(text: str, term: Term) -> list[tuple[int, int]]:
    """Where a term stands in a text."""
    places = [(match.start(), match.end(), fold(match.group())) for match in WORD.finditer(text)]
    size = len(term.words)
    return [
        (places[at][0], places[at + size - 1][1])
        for at in range(len(places) - size + 1)
        if _stands(term, [word for _, _, word in places[at : at + size]])
    ]


def _stands(term: Term, words: Sequence[str]) -> bool:
    last, wanted = words[-1], term.words[-1]
    ends = last.startswith(wanted) if term.prefix else last == wanted
    return ends and tuple(words[:-1]) == term.words[:-1]


def _joined(marks: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Marks that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in marks:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _cut(snippet: Snippet) -> Snippet:
    """The part of a long text around its first mark."""
    if len(snippet.text) <= LONGEST:
        return snippet
    first = snippet.marks[0][0]
    start = 0 if first <= BEFORE else snippet.text.rfind(" ", 0, first - BEFORE) + 1
    end = min(len(snippet.text), start + LONGEST)
    head, tail = "…" if start else "", "…" if end < len(snippet.text) else ""
    shift = len(head) - start
    marks = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in snippet.marks if a < end and b > start)
    return replace(snippet, text=f"{head}{snippet.text[start:end]}{tail}", marks=marks)
