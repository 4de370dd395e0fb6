"""What the screen lets through, and what it masks for nothing: generated dialogues, as text and as recognised speech.

    python bench/redaction.py --json redaction.json
    python bench/redaction.py --spoken 200 --voices FOLDER_OF_SAY.PY --json redaction.json
    python bench/redaction.py --spoken 200 --at-most 20 --voices FOLDER_OF_SAY.PY     (goes on later where it stopped)

A number is recalled when every word of it is masked, wherever it is said: by the customer, or by the agent who repeats
it. A false alarm is a masked word in an utterance that holds nothing to mask. A third of the templates (`held` in
`redacting/dialogues.yaml`) played no part in writing the screen. What was spoken and heard is kept in
`var/bench/redaction`, and screened again without being heard again: without `--voices` nothing new is spoken. `--kept`
names another folder.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.redacting.dialogues import Dialogue, Tongue, Turn, dialogues
from keywords.marks import is_mark
from keywords.records import RedactionKind, Screened
from keywords.redaction.screen import RedactionScreen
from streams.records import CallId, Speaker, Utterance, UtteranceId, Word

SAID = [kind for kind in RedactionKind if kind is not RedactionKind.KEYPAD]
SECONDS_A_WORD = 0.4
PAUSE_S = 0.6
AT_ONCE_S = 0.01
FEWER = 5
"""So many times fewer dialogues of each kind in which languages meet; they do not count among `all`."""
MEETING = (Tongue.LABELLED, Tongue.SWITCHED, Tongue.MIXED)
SHOWN_OF = ("tune", *(f"tune, {tongue.value}" for tongue in MEETING))
SHOWN = 12
KEPT = Path(__file__).parent.parent / "var" / "bench" / "redaction"


@dataclass(slots=True)
class Score:
    """Counts over some dialogues."""

    said: Counter[str] = field(default_factory=Counter)
    masked: Counter[str] = field(default_factory=Counter)
    shown_early: Counter[str] = field(default_factory=Counter)
    """Numbers of which a word stood in the last guess before the final."""
    utterances: int = 0
    plain: int = 0
    """Utterances that hold nothing to mask."""
    false: int = 0
    edge: int = 0
    """Long numbers of another kind that were masked after talk of a card, on purpose."""
    extra: int = 0
    """Words masked that need not be, beside some that must."""
    held_s: list[float] = field(default_factory=list)
    """How long plain utterances waited."""
    mistakes: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Count the other's too."""
        self.said += other.said
        self.masked += other.masked
        self.shown_early += other.shown_early
        self.utterances += other.utterances
        self.plain += other.plain
        self.false += other.false
        self.edge += other.edge
        self.extra += other.extra
        self.held_s += other.held_s
        self.mistakes += other.mistakes

    def recall(self, kind: str) -> float | None:
        """None where nothing of this kind was said."""
        return self.masked[kind] / self.said[kind] if self.said[kind] else None

    @property
    def false_rate(self) -> float:
        """Of the utterances that hold nothing to mask."""
        return self.false / max(1, self.plain)


def main() -> None:
    """Print recall and false alarms per part, language and kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dialogues", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--spoken", type=int, default=0, help="so many more are spoken and recognised")
    parser.add_argument("--voices", type=Path, help="folder that holds say.py: needed to speak what is new")
    parser.add_argument("--at-most", type=int, default=1_000_000, help="dialogues to speak in this run")
    parser.add_argument("--kept", type=Path, default=KEPT, help="folder of what was spoken and heard before")
    parser.add_argument("--show", action="store_true", help="print mistakes of the `tune` part, and everything spoken")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    scores = text_scores(options.dialogues, options.seed)
    for name, score in scores.items():
        print(line(name, score))
    if options.show:
        print("\n".join(mistake for name in SHOWN_OF for mistake in scores[name].mistakes[:SHOWN]))
    report = summary(scores)
    if options.spoken:
        from bench.redacting.spoken import Hearing, spoken_report

        spoken = spoken_report(
            options.spoken,
            options.seed + 1,
            Hearing(tool=options.voices, kept=options.kept, at_most=options.at_most),
            show=options.show,
        )
        print("\n".join(f"spoken {name}: {json.dumps(figures)}" for name, figures in spoken.items()))
        report["spoken"] = spoken
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n")


def text_scores(count: int, seed: int) -> dict[str, Score]:
    """Of all in their own language, by part and language; apart, of those in which languages meet."""
    scores: dict[str, Score] = defaultdict(Score)
    began_s = perf_counter()
    for dialogue in dialogues(count, seed):
        one = judged(dialogue)
        for name in ("all", dialogue.part, dialogue.language.value, f"{dialogue.part} {dialogue.language.value}"):
            scores[name].add(one)
    took_s, utterances = perf_counter() - began_s, scores["all"].utterances
    print(f"{utterances} utterances, {1000 * took_s / max(1, utterances):.2f} ms each")
    for tongue in MEETING:
        for dialogue in dialogues(count // FEWER, seed, tongue):
            one = judged(dialogue)
            for name in (tongue.value, f"{dialogue.part}, {tongue.value}"):
                scores[name].add(one)
    return scores


def judged(dialogue: Dialogue) -> Score:
    """Feed the dialogue to a screen, guess by guess and final by final, and count."""
    score, screen = Score(), RedactionScreen()
    turns: dict[UtteranceId, tuple[Utterance, Turn]] = {}
    missed: dict[tuple[int, str], bool] = {}
    now_s = 0.0
    for turn in dialogue.turns:
        utterance = utterance_of(dialogue, turn, now_s)
        turns[utterance.utterance_id] = utterance, turn
        guess = screen.partial(replace(utterance, final=False, words=()))
        early = kept_words(replace(utterance, words=()), guess)
        score.shown_early.update(secret.kind.value for secret in turn.secrets if secret.words & early)
        now_s = utterance.end_s + PAUSE_S
        for out in (*screen.advance(now_s - PAUSE_S), *screen.feed(utterance)):
            count(score, out, *turns[out.utterance.utterance_id], missed, now_s)
    for out in screen.finish():
        count(score, out, *turns[out.utterance.utterance_id], missed, now_s)
    for (_, kind), some in missed.items():
        score.said[kind] += 1
        score.masked[kind] += not some
    return score


def count(
    score: Score, out: Screened, utterance: Utterance, turn: Turn, missed: dict[tuple[int, str], bool], now_s: float
) -> None:
    """What came out of one utterance."""
    kept = kept_words(utterance, out.utterance)
    hidden = set(range(len(utterance.words))) - kept
    score.utterances += 1
    for secret in turn.secrets:
        key = (secret.number, secret.kind.value)
        leaks = bool(secret.words & kept)
        missed[key] = missed.get(key, False) or leaks
        if leaks:
            score.mistakes.append(f"LEFT {secret.kind.value}: {utterance.text!r} -> {out.utterance.text!r}")
    if turn.secrets:
        score.extra += len(hidden - set().union(*(secret.words for secret in turn.secrets)))
        return
    score.plain += 1
    score.held_s.append(max(0.0, now_s - utterance.end_s - PAUSE_S))
    if hidden and turn.edge:
        score.edge += 1
    elif hidden:
        score.false += 1
        score.mistakes.append(f"FALSE: {utterance.text!r} -> {out.utterance.text!r}")


def utterance_of(dialogue: Dialogue, turn: Turn, start_s: float) -> Utterance:
    """The turn as a final, its words evenly spaced."""
    words = tuple(
        Word(
            text=text,
            start_s=round(start_s + number * SECONDS_A_WORD, 3),
            end_s=round(start_s + (number + 1) * SECONDS_A_WORD, 3),
            probability=1.0,
        )
        for number, text in enumerate(turn.text.split())
    )
    return Utterance(
        call_id=CallId("call-1"),
        utterance_id=UtteranceId(f"{turn.channel}-{start_s:.3f}"),
        speaker=Speaker.AGENT if turn.channel else Speaker.CUSTOMER,
        channel=turn.channel,
        start_s=start_s,
        end_s=words[-1].end_s if words else start_s,
        text=turn.text,
        words=words,
        language=dialogue.language,
        confidence=0.9,
        final=True,
        revision=1,
    )


def kept_words(utterance: Utterance, shown: Utterance) -> set[int]:
    """Which words of the utterance stand in what is shown, in order; marks stand for the others."""
    left = iter(shown.text.split())
    kept: set[int] = set()
    wanted = next(left, None)
    for number, text in enumerate(utterance.text.split()):
        while wanted is not None and is_mark(wanted):
            wanted = next(left, None)
        if wanted == text and has_room(utterance, shown, number):
            kept.add(number)
            wanted = next(left, None)
    return kept


def has_room(utterance: Utterance, shown: Utterance, number: int) -> bool:
    """Where there are times, whether the word is shown at its own."""
    if not utterance.words or not shown.words:
        return True
    word = utterance.words[number]
    return any(one.start_s == word.start_s and one.text == word.text for one in shown.words)


def summary(scores: Mapping[str, Score]) -> dict[str, object]:
    """The figures of all, then of each part and language."""
    every = scores["all"]
    return {
        "card_recall": every.recall("card"),
        "cvv_recall": every.recall("cvv"),
        "false_rate": every.false_rate,
        "utterances": every.utterances,
        "parts": {name: figures(score) for name, score in scores.items()},
    }


def figures(score: Score) -> dict[str, object]:
    """Of one part or language."""
    held = sorted(score.held_s)
    return {
        "recall": {kind.value: score.recall(kind.value) for kind in SAID},
        "numbers": dict(score.said),
        "shown_in_guesses": dict(score.shown_early),
        "false_rate": score.false_rate,
        "plain_utterances": score.plain,
        "long_numbers_masked_after_talk_of_a_card": score.edge,
        "words_too_many": score.extra,
        "plain_held_share": sum(one > AT_ONCE_S for one in held) / max(1, len(held)),
        "plain_held_p99_s": held[int(0.99 * len(held))] if held else 0.0,
    }


def line(name: str, score: Score) -> str:
    """One row of the table."""
    kinds = " ".join(f"{kind.value} {rate(score.recall(kind.value))}" for kind in SAID)
    extra = f"edge {score.edge}  extra {score.extra}"
    return f"{name:8} {kinds}  false {score.false}/{score.plain} = {100 * score.false_rate:.3f} %  {extra}"


def rate(share: float | None) -> str:
    """In per cent."""
    return "-" if share is None else f"{100 * share:.2f}%"


if __name__ == "__main__":
    main()
