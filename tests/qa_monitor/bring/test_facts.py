"""What is said of recordings: checked line by line, before anything is brought in."""

import pytest

from qa_monitor.bring.csv_file import read_lines
from qa_monitor.bring.records import FactsError, facts_of
from streams.consent import Consent
from streams.records import Direction, Language, Speaker

BEGAN = "2026-03-29T14:05:00+02:00"


def test_every_line_is_a_recording() -> None:
    """Semicolons do as well, and a mark at the start of the file is no part of the heading."""
    lines, problems = read_lines(f"\ufefffile;began_at;team\na.wav;{BEGAN};sales\n\nb.mp3;{BEGAN};\n")

    assert problems == []
    assert [(line.line, line.file, line.cells) for line in lines] == [
        (2, "a.wav", {"began_at": BEGAN, "team": "sales"}),
        (4, "b.mp3", {"began_at": BEGAN}),
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("file,team\n", 1, "heading: found 'file,team'; allowed: file, began_at"),
        ("file,began_at,colour\n", 1, "heading:"),
        (f"file,began_at\n,{BEGAN}\n", 2, "file: found ''"),
        ("file,began_at\na.wav,yesterday\n", 2, "began_at: found 'yesterday'; allowed: date and time with a zone"),
        ("file,began_at\na.wav,2026-03-29T14:05:00\n", 2, "began_at:"),
        (f"file,began_at,language\na.wav,{BEGAN},de\n", 2, "language: found 'de'; allowed: fr, en"),
        (f"file,began_at,agent_channel\na.wav,{BEGAN},2\n", 2, "agent_channel: found '2'; allowed: 0 for the left"),
        (f"file,began_at,consent\na.wav,{BEGAN},yes\n", 2, "consent: found 'yes'; allowed: unknown, granted"),
        (f"file,began_at\na.wav,{BEGAN},x\n", 2, "row: found 3 cells"),
        (f"file,began_at\na.wav,{BEGAN}\na.wav,{BEGAN}\n", 3, "file: found 'a.wav', as in line 2"),
        (f'file,began_at\n"a.wav,{BEGAN}\n', 2, "not a CSV file"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_column(text: str, line: int, says: str) -> None:
    _, problems = read_lines(text)

    assert [problem.line for problem in problems] == [line]
    assert problems[0].problem.startswith(says)


def test_a_recording_becomes_the_start_of_a_call() -> None:
    """Who speaks where is what was said; where nobody said so, nobody guesses."""
    facts = facts_of({"began_at": BEGAN, "agent_channel": "1", "direction": "inbound", "language": "FR"})

    call = facts.call("ab" * 32, 2, 8_000)

    assert call.channels == (Speaker.CUSTOMER, Speaker.AGENT)
    assert (call.direction, call.language, call.consent) == (Direction.INBOUND, Language.FR, Consent.UNKNOWN)
    assert (call.call_id, call.dialect, call.metadata["imported"]) == ("imported-" + "ab" * 8, "imported", "ab" * 32)
    unsaid = facts_of({"began_at": BEGAN})
    assert unsaid.call("00" * 32, 2, 8_000).channels == (Speaker.UNKNOWN, Speaker.UNKNOWN)
    assert unsaid.call("00" * 32, 1, 8_000).channels == (Speaker.MIXED,)
    with pytest.raises(FactsError, match="agent_channel: found '1'; allowed: nothing"):
        facts.call("00" * 32, 1, 8_000)
