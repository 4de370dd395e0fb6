"""The experiment of the last stage: what scoring phrases on the audio finds besides, what it invents, what it costs."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.spoken.audio_scores import scored
from bench.spoken.hearing import Ear
from bench.spoken.judging import Case, Found, Place, is_right
from bench.spoken.line import LINE_HZ
from bench.spoken.listening import Item
from bench.spoken.scoring import USUAL, Proposals, Scored, Weights, accepted, chance, gain
from keywords.records import HitReason

TRIED = tuple(float(needed) for needed in range(-15, 16, 3))
"""Gains to be needed, for the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescored:
    """What became of one clip."""

    key: str
    encode_s: float
    """Processor time to encode its utterances again, as far as they had candidates."""
    score_s: float
    """Processor time to score the candidates."""
    scored: tuple[Scored, ...]


class Rescoring:
    """Scores what was heard; what was scored before is not scored again."""

    def __init__(self, file: Path, ear: Callable[[], Ear]) -> None:
        self._file, self._ear = file, ear
        self._kept = {one.key: one for one in _read(file)}

    def of(self, items: Sequence[Item], proposals: Proposals, *, at_most: int) -> dict[str, Rescored]:
        """What was scored, by key; at most so many new items."""
        for item in [item for item in items if item.key not in self._kept][:at_most]:
            one = _score(self._ear(), item, proposals)
            self._kept[item.key] = one
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
        return {item.key: self._kept[item.key] for item in items if item.key in self._kept}


def _score(ear: Ear, item: Item, proposals: Proposals) -> Rescored:
    found: list[Scored] = []
    encode_s = score_s = 0.0
    line = item.sound()
    for heard in ear.hear(line.samples, LINE_HZ, item.language):
        utterance = heard.utterance
        scores, cost = scored(ear.model, heard.audio, utterance.words, utterance.language, proposals)
        found.extend(scores)
        encode_s += cost.encode_s
        score_s += cost.score_s
    return Rescored(key=item.key, encode_s=encode_s, score_s=score_s, scored=tuple(found))


def with_scored(case: Case, rescored: Rescored | None, weights: Weights = USUAL) -> Case:
    """The clip with the phrases that count as said by their score."""
    if rescored is None:
        return case
    added = tuple(
        Found(
            rule_id=one.rule_id,
            phrase=one.phrase,
            words=one.words,
            start_s=one.start_s,
            end_s=one.end_s,
            certainty=chance(one, weights),
            reason=HitReason.SCORED,
            own=True,
        )
        for one in accepted(rescored.scored, weights)
    )
    return replace(case, found=(*case.found, *added))


def rescored_figures(pairs: Sequence[tuple[Case, Rescored]]) -> dict[str, object]:
    """What scoring gains over matching, at several bars; nothing where nothing was scored."""
    if not pairs:
        return {}
    wanted = [(case, one) for case, one in pairs if case.wanted is not None]
    missed = [(case, one) for case, one in wanted if not is_right(case)]
    proposed = sum(any(_is(case.wanted, found) for found in one.scored) for case, one in missed)
    count = sum(len(one.scored) for _, one in pairs)
    encode_s, score_s = (sum(part) for part in zip(*((one.encode_s, one.score_s) for _, one in pairs), strict=True))
    return {
        "clips": len(pairs),
        "missed_by_matching": len(missed),
        "of_those_proposed": proposed,
        "candidates": count,
        "encode_cpu_ms_per_clip": round(1000 * encode_s / len(pairs), 1),
        "score_cpu_ms_per_clip": round(1000 * score_s / len(pairs), 1),
        "score_cpu_ms_per_candidate": round(1000 * score_s / max(1, count), 1),
        "hours": round(sum(case.duration_s for case, _ in pairs) / 3600, 4),
        "by_needed_gain": [_at(pairs, missed, needed) for needed in TRIED],
        "gains_of_what_was_said": sorted(
            round(gain(found), 1) for case, one in wanted for found in one.scored if _is(case.wanted, found)
        ),
        "gains_of_what_was_not": sorted(
            round(gain(found), 1) for case, one in pairs for found in one.scored if not _is(case.wanted, found)
        ),
    }


def _at(
    pairs: Sequence[tuple[Case, Rescored]], missed: Sequence[tuple[Case, Rescored]], needed: float
) -> dict[str, float]:
    weights = Weights(needed=needed)
    won = sum(is_right(with_scored(case, one, weights)) for case, one in missed)
    wrong = sum(not _is(case.wanted, found) for case, one in pairs for found in accepted(one.scored, weights))
    return {"needed": needed, "found_besides": won, "invented": wrong}


def _is(place: Place | None, scored: Scored) -> bool:
    """Whether a candidate is what was said."""
    return place is not None and scored.rule_id == place.rule_id and place.is_near(scored.start_s, scored.end_s)


def _read(file: Path) -> list[Rescored]:
    if not file.is_file():
        return []
    return [_rescored(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def _rescored(line: dict[str, object]) -> Rescored:
    match line:
        case {"key": str(key), "encode_s": float(encode_s), "score_s": float(score_s), "scored": list(listed)}:
            return Rescored(key=key, encode_s=encode_s, score_s=score_s, scored=tuple(Scored(**one) for one in listed))
        case _:
            raise ValueError(f"not a scored clip: {sorted(line)}")
