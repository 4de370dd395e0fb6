"""What gets through of numbers that were spoken and recognised: dialogues of `voices.py`, screened."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path

from bench.redacting.dialogues import Dialogue, Secret, Turn, dialogues
from bench.redacting.kept import HeardDialogue, HeardUtterance
from bench.redacting.kept import Kept as Heard
from bench.redacting.sound import Stretch, audible_s, speech_in, where_said
from bench.redacting.voices import Part, Voices, part_of
from bench.spoken.hearing import Ear
from keywords.records import Redaction, RedactionKind, Screened
from keywords.redaction.screen import RedactionScreen
from keywords.redaction.sensitive import heard
from qa_monitor.config import load_settings
from streams.model_files.models import ensure_model
from streams.records import Utterance

SPOKEN = frozenset({RedactionKind.CARD, RedactionKind.CVV, RedactionKind.EXPIRY})
"""Of a dialogue, the turns that hold one of these are spoken, and the one before each: the question, as a rule."""
MAX_TURNS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What is heard anew."""

    tool: Path | None
    """The folder that holds say.py; none: nothing is."""
    kept: Path
    """The folder of what was heard before, and will have been."""
    at_most: int
    """Dialogues that are new to it."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts over some dialogues, by kind."""

    dialogues: int = 0
    said: Counter[str] = field(default_factory=Counter)
    clean: Counter[str] = field(default_factory=Counter)
    """Of the dialogues with such a number, those in which no digit of it is left."""
    heard: Counter[str] = field(default_factory=Counter)
    """Digits that were recognised where one was said."""
    left: Counter[str] = field(default_factory=Counter)
    plain: int = 0
    """Utterances in which nothing was said to be masked."""
    false: int = 0
    """Those of them in which something was."""
    said_s: Counter[str] = field(default_factory=Counter)
    """Seconds in which such numbers were said."""
    audible_s: Counter[str] = field(default_factory=Counter)
    """Those of them that are not silent."""

    def figures(self) -> dict[str, object]:
        """`digits_masked`: of the digits recognised where a number was said; `clean`: of the dialogues with one.

        `silenced`: of the seconds in which such a number was said.

        A digit beside a number that need not be masked counts as left: the shares are lower bounds.
        """
        return {
            "dialogues": self.dialogues,
            "dialogues_with": dict(self.said),
            "digits": dict(self.heard),
            "digits_masked": {kind: 1 - self.left[kind] / max(1, self.heard[kind]) for kind in self.said},
            "clean": {kind: self.clean[kind] / self.said[kind] for kind in self.said},
            "silenced": {kind: 1 - self.audible_s[kind] / max(0.1, self.said_s[kind]) for kind in self.said},
            "plain_utterances": self.plain,
            "masked_for_nothing": self.false,
        }


def spoken_report(count: int, seed: int, hearing: Hearing, *, show: bool = False) -> dict[str, dict[str, object]]:
    """What was heard of the numbers of dialogues with a card, and what was left: of all, by part and language."""
    settings = load_settings()
    ears: list[Ear] = []

    def ear() -> Ear:
        if not ears:
            ears.append(Ear(ensure_model(settings.model, settings.models_dir), 1))
        return ears[0]

    kept = Heard(hearing.kept / f"heard-{Path(settings.model).name}.jsonl")
    parts = [part_of(one, around_secrets(one.turns)[:MAX_TURNS], at) for at, one in enumerate(with_cards(count, seed))]
    tallies: dict[str, Tally] = {}
    try:
        for part, found in Voices(hearing.tool, ear, kept).heard(parts, hearing.at_most):
            after = screened(found.utterances)
            names = ("all", part.dialogue.part, part.dialogue.language.value)
            for name in names:
                add(tallies.setdefault(name, Tally()), part, found, after)
            if show:
                print("\n".join(shown(part, found, after)))
    finally:
        for one in ears:
            one.close()
    return {name: tally.figures() for name, tally in tallies.items()}


def with_cards(count: int, seed: int) -> Iterator[Dialogue]:
    """Dialogues in which a card number is said."""
    every = dialogues(100 * count, seed)
    said = (one for one in every if any(secret.kind is RedactionKind.CARD for secret in secrets_in(one.turns)))
    return islice(said, count)


def secrets_in(turns: Sequence[Turn]) -> list[Secret]:
    """All of some turns."""
    return [secret for turn in turns for secret in turn.secrets]


def around_secrets(turns: Sequence[Turn]) -> list[Turn]:
    """Those that hold one of the `SPOKEN`, and the one before each."""

    def bears(turn: Turn | None) -> bool:
        return turn is not None and any(secret.kind in SPOKEN for secret in turn.secrets)

    return [turn for turn, following in zip_longest(turns, turns[1:]) if bears(turn) or bears(following)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is stored of a dialogue."""

    shown: Mapping[str, Utterance]
    """By utterance."""
    silent: Sequence[Stretch]


def screened(found: Sequence[HeardUtterance]) -> Kept:
    """What a screen makes of all that would be shown."""
    screen = RedactionScreen()
    out: list[Screened] = []
    silent: list[Redaction] = []
    for one in found:
        out += screen.advance(one.utterance.start_s)
        if one.dropped:
            silent += screen.unheard(one.utterance)
        else:
            out += screen.feed(one.utterance)
    out += screen.finish()
    silent += [redaction for one in out for redaction in one.redactions]
    return Kept(
        shown={one.utterance.utterance_id: one.utterance for one in out},
        silent=[Stretch(start_s=one.start_s, end_s=one.end_s) for one in silent],
    )


def add(tally: Tally, part: Part, found: HeardDialogue, after: Kept) -> None:
    """Count one dialogue."""
    tally.dialogues += 1
    heard_digits: Counter[str] = Counter()
    left: Counter[str] = Counter()
    kinds = {secret.kind.value for secret in secrets_in(part.turns) if secret.kind in SPOKEN}
    for turn, before in placed(part.turns, found):
        shown_as = after.shown[before.utterance_id]
        if not turn.secrets:
            tally.plain += 1
            tally.false += shown_as.text != before.text
        for kind in {secret.kind.value for secret in turn.secrets if secret.kind in SPOKEN}:
            heard_digits[kind] += digits_in(before)
            left[kind] += digits_in(shown_as)
    for turn, said in zip(part.turns, found.said, strict=True):
        for secret in turn.secrets:
            stretch = where_said(turn, speech_in(turn, said, found.utterances), secret)
            tally.said_s[secret.kind.value] += stretch.length_s
            tally.audible_s[secret.kind.value] += audible_s(stretch, after.silent)
    tally.said.update(kinds)
    tally.clean.update(kind for kind in kinds if not left[kind])
    tally.heard += heard_digits
    tally.left += left


def placed(turns: Sequence[Turn], found: HeardDialogue) -> Iterator[tuple[Turn, Utterance]]:
    """Each utterance that is shown with the turn in which its middle lies."""
    for one in found.utterances:
        middle_s = (one.utterance.start_s + one.utterance.end_s) / 2
        for turn, said in zip(turns, found.said, strict=True):
            if not one.dropped and turn.channel == one.utterance.channel and said.start_s <= middle_s <= said.end_s:
                yield turn, one.utterance


def digits_in(utterance: Utterance) -> int:
    """How many digits stand in the text, spoken numerals counted by theirs."""
    return sum(piece.width for piece in heard(utterance).pieces if piece.is_number and not piece.skippable)


def shown(part: Part, found: HeardDialogue, after: Kept) -> Iterator[str]:
    """For a reader: all of a dialogue, unless it is held out."""
    if part.dialogue.part == "held":
        return
    yield f"--- {part.key} {part.dialogue.language.value}"
    for turn, said in zip(part.turns, found.said, strict=True):
        kinds = " ".join(secret.kind.value for secret in turn.secrets)
        yield f"  {said.start_s:6.1f} {turn.channel} said {turn.text!r} {kinds}"
    for one in found.utterances:
        utterance = one.utterance
        out = "dropped" if one.dropped else repr(after.shown[utterance.utterance_id].text)
        yield f"  {utterance.start_s:6.1f} {utterance.channel} {utterance.confidence:.2f} {utterance.text!r} -> {out}"
