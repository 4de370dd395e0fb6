"""How corpora say what was played: in the names of files and folders, or in a table beside the audio.

Only corpora whose licence lets weights be made from them and passed on. Each owner fetches theirs and keeps the folder
under its name here; nothing of them is in this project.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sentiment.training.feelings import Feeling

AUDIO = ("flac", "wav")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One file and what is said of it."""

    path: Path
    speaker: str
    text: str
    feeling: Feeling


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A corpus that names its files after what was played."""

    pattern: re.Pattern[str]
    """Of the whole path within the corpus, without the ending: groups `text` and `feeling`, and `speaker` if there are
    several."""
    feelings: Mapping[str, Feeling]
    """What it does not name is left out."""

    def labels(self, folder: Path) -> Iterator[Label]:
        """Of every file that follows the pattern, by name. A file that does not is not of the corpus."""
        for path in _audio(folder):
            found = self.pattern.fullmatch(path.relative_to(folder).with_suffix("").as_posix())
            if found and found["feeling"] in self.feelings:
                groups = found.groupdict()
                yield Label(
                    path=path,
                    speaker=groups.get("speaker") or "1",
                    text=groups["text"],
                    feeling=self.feelings[groups["feeling"]],
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A corpus that lists its files in a table with a heading."""

    file: str
    """Name of the table, anywhere in the folder."""
    delimiter: str
    audio: str
    """Columns: the file's name or path, of which the stem counts; then what was said and played."""
    text: str
    feeling: str
    speaker: str | None
    """None: one speaker."""
    feelings: Mapping[str, Feeling]
    """By lower-case name. What it does not name is left out."""

    def labels(self, folder: Path) -> Iterator[Label]:
        """Of every file that is listed and there, in the order of the table. Raises ValueError where a column lacks."""
        stored = {path.stem: path for path in _audio(folder)}
        for table in sorted(folder.rglob(self.file)):
            with table.open(encoding="utf-8-sig", newline="") as lines:
                rows = csv.DictReader(lines, delimiter=self.delimiter)
                wanted = {self.audio, self.text, self.feeling, *([self.speaker] if self.speaker else [])}
                if missing := wanted - set(rows.fieldnames or ()):
                    raise ValueError(f"{table}: no column {', '.join(sorted(missing))}")
                for row in rows:
                    path, played = stored.get(Path(row[self.audio]).stem), row[self.feeling].strip().lower()
                    if path and played in self.feelings:
                        speaker = row[self.speaker] if self.speaker else "1"
                        yield Label(path=path, speaker=speaker, text=row[self.text], feeling=self.feelings[played])


def _audio(folder: Path) -> list[Path]:
    return sorted(path for ending in AUDIO for path in folder.rglob(f"*.{ending}"))


LAYOUTS: Mapping[str, Naming | Table] = MappingProxyType(
    {
        "emodb": Naming(
            pattern=re.compile(r"(?:.*/)?(?P<speaker>\d\d)(?P<text>[a-z]\d\d)(?P<feeling>[A-Z])[a-z]"),
            feelings={
                "W": Feeling.ANGER,
                "L": Feeling.BOREDOM,
                "E": Feeling.DISGUST,
                "A": Feeling.FEAR,
                "F": Feeling.HAPPINESS,
                "N": Feeling.NEUTRAL,
                "T": Feeling.SADNESS,
            },
        ),
        "crema-d": Naming(
            pattern=re.compile(r"(?:.*/)?(?P<speaker>\d{4})_(?P<text>[A-Z]{3})_(?P<feeling>[A-Z]{3})_[A-Z]{2}"),
            feelings={
                "ANG": Feeling.ANGER,
                "DIS": Feeling.DISGUST,
                "FEA": Feeling.FEAR,
                "HAP": Feeling.HAPPINESS,
                "NEU": Feeling.NEUTRAL,
                "SAD": Feeling.SADNESS,
            },
        ),
        "jl-corpus": Naming(
            pattern=re.compile(r"(?:.*/)?(?P<speaker>(?:fe)?male\d)_(?P<feeling>[a-z]+)_(?P<text>\d+)[a-z]?_\d+"),
            feelings={
                "angry": Feeling.ANGER,
                "happy": Feeling.HAPPINESS,
                "neutral": Feeling.NEUTRAL,
                "sad": Feeling.SADNESS,
            },
        ),
        "subesco": Naming(
            pattern=re.compile(r"(?:.*/)?(?P<speaker>[FM]_\d+)_[A-Z]+_S_(?P<text>\d+)_(?P<feeling>[A-Z]+)_\d+"),
            feelings={
                "ANGRY": Feeling.ANGER,
                "DISGUST": Feeling.DISGUST,
                "FEAR": Feeling.FEAR,
                "HAPPY": Feeling.HAPPINESS,
                "NEUTRAL": Feeling.NEUTRAL,
                "SAD": Feeling.SADNESS,
            },
        ),
        "oreau": Naming(
            pattern=re.compile(r"(?:.*/)?(?P<speaker>\w\w)(?P<text>\w{3})(?P<feeling>[A-Z])\w?"),
            feelings={
                "C": Feeling.ANGER,
                "D": Feeling.DISGUST,
                "J": Feeling.HAPPINESS,
                "N": Feeling.NEUTRAL,
                "P": Feeling.FEAR,
                "T": Feeling.SADNESS,
            },
        ),
        "thorsten-emotional": Naming(
            pattern=re.compile(r"(?:.*/)?(?P<feeling>[a-z]+)/(?P<text>[0-9a-f]+)"),
            feelings={
                "amused": Feeling.HAPPINESS,
                "angry": Feeling.ANGER,
                "disgusted": Feeling.DISGUST,
                "neutral": Feeling.NEUTRAL,
            },
        ),
        "mesd": Naming(
            pattern=re.compile(r"(?:.*/)?(?P<feeling>[A-Z][a-z]+)_(?P<speaker>[FMC])_[AB]_(?P<text>\w+)"),
            feelings={
                "Anger": Feeling.ANGER,
                "Disgust": Feeling.DISGUST,
                "Fear": Feeling.FEAR,
                "Happiness": Feeling.HAPPINESS,
                "Neutral": Feeling.NEUTRAL,
                "Sadness": Feeling.SADNESS,
            },
        ),
        "emozionalmente": Table(
            file="samples.csv",
            delimiter=",",
            audio="file_name",
            text="sentence",
            feeling="emotion_expressed",
            speaker="actor",
            feelings={
                "anger": Feeling.ANGER,
                "disgust": Feeling.DISGUST,
                "fear": Feeling.FEAR,
                "joy": Feeling.HAPPINESS,
                "neutrality": Feeling.NEUTRAL,
                "sadness": Feeling.SADNESS,
            },
        ),
        "emns": Table(
            file="metadata.csv",
            delimiter="|",
            audio="audio_recording",
            text="utterance",
            feeling="emotion",
            speaker=None,
            feelings={
                "angry": Feeling.ANGER,
                "disgust": Feeling.DISGUST,
                "happy": Feeling.HAPPINESS,
                "neutral": Feeling.NEUTRAL,
                "sad": Feeling.SADNESS,
            },
        ),
    }
)
"""By the name of the folder."""
