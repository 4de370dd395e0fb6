"""What is said: sentences with the words a rule has to find, and running speech around them. Pure but for reading."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from streams.records import Language

FOLDER = Path(__file__).parent
RULES = FOLDER / "keywords_rules.yaml"
HELD_OUT = 3
"""Every third sentence and frame is held out from tuning."""
_MARKED = re.compile(r"([^<>]*)<([^<>]+)>([^<>]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence with something to find in it."""

    rule_id: str
    """The rule that has to find it."""
    before: str
    phrase: str
    after: str
    held: bool

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(part for part in (self.before, self.phrase, self.after) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """Running speech to put before and after a sentence."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """All that is said in one language."""

    language: Language
    sentences: tuple[Sentence, ...]
    tuned: Frames
    held: Frames


def read_script(language: Language, folder: Path = FOLDER) -> Script:
    """The script of a language. Raises ValueError where a sentence marks no phrase or more than one."""
    read = yaml.safe_load((folder / f"keywords_{language.value}.yaml").read_text(encoding="utf-8"))
    listed = [(rule_id, text) for rule_id, texts in read["said"].items() for text in texts]
    sentences = tuple(_sentence(rule_id, text, held=_is_held(at)) for at, (rule_id, text) in enumerate(listed))
    return Script(
        language=language,
        sentences=sentences,
        tuned=_frames(read["before"], read["after"], held=False),
        held=_frames(read["before"], read["after"], held=True),
    )


def _is_held(at: int) -> bool:
    return at % HELD_OUT == HELD_OUT - 1


def _frames(before: list[str], after: list[str], *, held: bool) -> Frames:
    return Frames(
        before=tuple(text for at, text in enumerate(before) if _is_held(at) is held),
        after=tuple(text for at, text in enumerate(after) if _is_held(at) is held),
    )


def _sentence(rule_id: str, text: str, *, held: bool) -> Sentence:
    found = _MARKED.fullmatch(text)
    if found is None:
        raise ValueError(f"one phrase between angle brackets; found {text!r}")
    before, phrase, after = found.groups()
    return Sentence(rule_id=rule_id, before=before.strip(), phrase=phrase.strip(), after=after.strip(), held=held)
