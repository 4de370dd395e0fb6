"""Cues and polarity of customers' sentences: how many are read rightly; what neutral text gives; what it costs.

    python bench/polarity.py [--json OUT] [--misses]

The sentences are those of `sentences/polarity_{fr,en}.tsv`: what they speak for and the cues they give. Every third is
held out: nothing is tuned on it, and `--misses` never shows one. They were written for this, by those who wrote the
phrases: real customers will find other words, so expect less. Those of `polarity_traps_{fr,en}.tsv` look like what they
are not, or say it in words no phrase has; one part was tuned on, the other written after that and not tuned on.
Polarity counts mixed as neutral. A cue is one kind in one sentence.

Beside them, where installed, the texts of the telephone prompts of Debian's asterisk-core-sounds-{fr,en}, as if spoken
by a customer: what they give of frustration or distress is false. Their hours are reckoned at 150 words a minute.
"""

import argparse
import csv
import gzip
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from keywords.matcher import Matcher, WordRule
from keywords.polarity.cues import CONTENT, cue_phrases, kinds_named
from keywords.polarity.reader import PolarityReader, shared_reader
from keywords.records import CueKind, Polarity
from streams.records import CallId, Language, Speaker, Utterance, UtteranceId

SENTENCES = Path(__file__).parent / "sentences"
HELD_OUT_EVERY = 3
PROMPTS = "/usr/share/doc/asterisk-core-sounds-{0}/core-sounds-{0}.txt.gz"
WORDS_PER_HOUR = 150 * 60
ROUNDS = 5
Figures = dict[str, float | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What a customer says, and what it tells."""

    text: str
    language: Language
    polarity: Polarity
    cues: frozenset[CueKind]
    held_out: bool


def sentences(language: Language, *, traps: bool = False) -> tuple[Sentence, ...]:
    """All of a language, in the order of the file; or its traps."""
    name = f"polarity_traps_{language.value}.tsv" if traps else f"polarity_{language.value}.tsv"
    with (SENTENCES / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Sentence(
            text=row["text"],
            language=language,
            polarity=Polarity(row["polarity"]),
            cues=frozenset(CueKind(cue) for cue in row["cues"].split(",") if cue),
            held_out=row["part"] == "held_out" if traps else number % HELD_OUT_EVERY == HELD_OUT_EVERY - 1,
        )
        for number, row in enumerate(rows)
    )


def said(text: str, language: Language) -> Utterance:
    """The text as a final of the customer."""
    return Utterance(
        call_id=CallId("sentences"),
        utterance_id=UtteranceId("0-0.000"),
        speaker=Speaker.CUSTOMER,
        channel=0,
        start_s=0.0,
        end_s=0.4 * len(text.split()),
        text=text,
        words=(),
        language=language,
        confidence=1.0,
        final=True,
        revision=1,
    )


def read(reader: PolarityReader, text: str, language: Language) -> tuple[Polarity, frozenset[CueKind]]:
    """What the words tell; mixed as neutral."""
    utterance = said(text, language)
    found = reader.polarity(utterance)
    polarity = Polarity.NEUTRAL if found is None else found.polarity
    return _folded(polarity), frozenset(reader.cues(utterance))


def measured(reader: PolarityReader, chosen: Sequence[Sentence]) -> Figures:
    """Accuracy and mean F1 of polarity, precision, recall and F1 of cues."""
    told = [(one, *read(reader, one.text, one.language)) for one in chosen]
    cues: Counter[str] = Counter()
    for one, _, found in told:
        cues.update(right=len(found & one.cues), false=len(found - one.cues), missed=len(one.cues - found))
    precision = cues["right"] / max(1, cues["right"] + cues["false"])
    recall = cues["right"] / max(1, cues["right"] + cues["missed"])
    pairs = [(_folded(one.polarity), polarity) for one, polarity, _ in told]
    return {
        "sentences": len(told),
        "polarity_accuracy": round(sum(wanted is found for wanted, found in pairs) / len(pairs), 3),
        "polarity_f1": round(_mean_f1(pairs), 3),
        "cue_precision": round(precision, 3),
        "cue_recall": round(recall, 3),
        "cue_f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
    }


def misses(reader: PolarityReader, chosen: Sequence[Sentence]) -> Iterator[str]:
    """What is read wrongly."""
    for one in chosen:
        polarity, cues = read(reader, one.text, one.language)
        if polarity is not _folded(one.polarity) or cues != one.cues:
            wrong = ", ".join([*(f"-{cue}" for cue in one.cues - cues), *(f"+{cue}" for cue in cues - one.cues)])
            yield f"{one.text}  [{one.polarity}, read {polarity}] {wrong}"


def on_neutral_text(reader: PolarityReader, language: Language) -> Figures | None:
    """What the telephone prompts give; none where they are not installed."""
    file = Path(PROMPTS.format(language.value))
    if not file.is_file():
        return None
    lines = gzip.decompress(file.read_bytes()).decode("utf-8", "replace").splitlines()
    texts = [
        text for name, colon, text in (line.partition(": ") for line in lines) if colon and not name.startswith(";")
    ]
    hours = sum(len(text.split()) for text in texts) / WORDS_PER_HOUR
    grave = frozenset(CueKind) - frozenset(CONTENT)
    false = sum(len(frozenset(reader.cues(said(text, language))) & grave) for text in texts)
    against = sum(read(reader, text, language)[0] is Polarity.NEGATIVE for text in texts)
    return {
        "prompts": len(texts),
        "hours": round(hours, 2),
        "false_cues_per_hour": round(false / hours, 2),
        "negative_per_hour": round(against / hours, 2),
    }


def ms_per_utterance(read_one: Callable[[Utterance], object]) -> float:
    """CPU milliseconds for one sentence, its words seen before: the least of some rounds."""
    utterances = [said(one.text, one.language) for language in Language for one in sentences(language)]
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for utterance in utterances:
            read_one(utterance)
        rounds.append((time.process_time() - began) * 1000 / len(utterances))
    return round(min(rounds), 3)


def _frustration() -> Matcher:
    """What a rule about frustration listens for."""
    rules = (
        WordRule(rule_id=kind, rule_version="", speaker=Speaker.CUSTOMER, phrases=cue_phrases(kind), cue=kind)
        for kind in kinds_named(["frustration"])
    )
    return Matcher(list(rules))


def _folded(polarity: Polarity) -> Polarity:
    return Polarity.NEUTRAL if polarity is Polarity.MIXED else polarity


def _mean_f1(pairs: Sequence[tuple[Polarity, Polarity]]) -> float:
    scores = []
    for kind in (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE):
        right = sum(wanted is found is kind for wanted, found in pairs)
        either = sum((wanted is kind) + (found is kind) for wanted, found in pairs)
        scores.append(2 * right / either if either else 1.0)
    return sum(scores) / len(scores)


def main() -> None:
    """Print every figure; write them where asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--misses", action="store_true", help="what the tuned part gets wrong")
    options = parser.parse_args()
    reader = shared_reader()
    figures: dict[str, object] = {}
    for language in Language:
        own: dict[str, object] = {"neutral": on_neutral_text(reader, language)}
        for traps in (False, True):
            listed = sentences(language, traps=traps)
            tuned, held_out = ([one for one in listed if one.held_out is part] for part in (False, True))
            parts = {"tuned": measured(reader, tuned), "held_out": measured(reader, held_out)}
            own["traps" if traps else "sentences"] = parts
            if options.misses:
                print("\n".join(misses(reader, tuned)))
        figures[language.value] = own
    figures["ms_polarity"] = ms_per_utterance(reader.polarity)
    figures["ms_cues"] = ms_per_utterance(_frustration().hits)
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
