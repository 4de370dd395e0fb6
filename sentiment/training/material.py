"""Where the rows come from: corpora in every condition, neutral speech, all kept once they were read."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sentiment.prosody import FEATURES
from sentiment.training.conditions import CONDITIONS, Condition
from sentiment.training.corpus import Corpus, Reader
from sentiment.training.encoder import Encoder
from sentiment.training.layouts import LAYOUTS
from sentiment.training.neutral import Line8k, neutral_corpus, real_calls, strung
from sentiment.training.recordings import Recording, recordings

SEED = 20
PROMPTS = Path("/usr/share/asterisk/sounds")
VOICES = {"fr": "fr_CA_f_June", "en": "en_US_f_Allison"}
"""Neutral prompts as Debian's asterisk-core-sounds packages install them, one voice for each language."""
REAL = "real calls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A folder of data, the speech model that listens to it, and where rows are kept."""

    data: Path
    """Holds a folder for each corpus there is, named as in `LAYOUTS`, and `calls` and `telephone`."""
    model: Path
    model_name: str
    kept: Path

    def corpus(self) -> Corpus:
        """Every corpus there is, in every condition. Raises ValueError where there is none."""
        found = [name for name in LAYOUTS if (self.data / name).is_dir()]
        if not found:
            raise ValueError(f"{self.data}: none of the folders {', '.join(LAYOUTS)} is here")
        parts = []
        for name in found:
            said = recordings(self.data / name, name)
            for condition in CONDITIONS:
                read = partial(_in_condition, said, condition)
                parts.append(self._kept(f"{name}-{condition.name.lower()}", [each.name for each in said], read))
        return Corpus.joined(parts)

    def neutral(self) -> Iterator[tuple[str, Corpus]]:
        """Neutral speech by name: prompts of each language that is installed, and the real calls."""
        for name, voice in VOICES.items():
            folder = PROMPTS / voice
            if folder.is_dir():
                names = sorted(path.name for path in folder.glob("*.wav"))
                yield name, self._neutral(name, names, partial(strung, folder, SEED))
        if (self.data / "calls").is_dir():
            yield REAL, self._neutral(REAL, [], partial(real_calls, self.data))

    def _neutral(self, name: str, what: list[str], lines: Callable[[], Iterator[Line8k]]) -> Corpus:
        return self._kept(f"neutral-{name}", what, lambda reader: neutral_corpus(lines(), name, reader))

    def _kept(self, name: str, what: list[str], read: Callable[[Reader], Corpus]) -> Corpus:
        """Read before from the same files with the same features, or read now."""
        made_of = json.dumps([FEATURES, what, self.model_name, SEED])
        path = self.kept / f"{name.replace(' ', '-')}-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}.npz"
        if path.is_file():
            return Corpus.load(path)
        found = read(Reader(Encoder(self.model)))
        found.save(path)
        return found


def _in_condition(said: Sequence[Recording], condition: Condition, reader: Reader) -> Corpus:
    return reader.corpus(said, condition, SEED)
