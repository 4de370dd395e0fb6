"""A call as it is kept beside the call as it comes out today. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from alerts.records import FlagId, FlagState
from qa_monitor.backtest.records import Occurrence
from qa_monitor.records.flags import StoredFlag
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.replay.canonical import canonical
from sentiment.records import EmotionScore
from streams.records import UtteranceId

NEAR_S = 0.3
"""Two utterances of a channel that share this much are the same one, cut otherwise."""
T = TypeVar("T")


class Change(StrEnum):
    """What became of a flag or an utterance."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagSide:
    """A flag on one side."""

    flag_id: str
    rule_id: str
    rule_version: str
    name_en: str
    name_fr: str
    priority: str
    state: str
    start_s: float
    end_s: float
    raised_s: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagPair:
    """A flag as it was and as it is."""

    change: Change
    before: FlagSide | None
    now: FlagSide | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UtterancePair:
    """An utterance as it was and as it is."""

    change: Change
    before: StoredUtterance | None
    now: StoredUtterance | None

    @property
    def score_changed(self) -> bool:
        """What the customer's voice sounded like is judged otherwise."""
        return _score(self.before) != _score(self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDifference:
    """Both, side by side, by the second."""

    flags: tuple[FlagPair, ...]
    utterances: tuple[UtterancePair, ...] = ()

    @property
    def same(self) -> bool:
        """Nothing differs."""
        flags = all(pair.change is Change.SAME for pair in self.flags)
        return flags and all(pair.change is Change.SAME and not pair.score_changed for pair in self.utterances)


def of_records(before: CallRecord, now: CallRecord) -> CallDifference:
    """A call gone through again from its sound: flags are the same where every byte of them is.

    One of another id, but of the same rule and seconds, is the same one changed: it began elsewhere by a breath.
    """
    return CallDifference(
        flags=_flag_pairs(before.flags, now.flags),
        utterances=tuple(_utterance_pairs(before.utterances, now.utterances)),
    )


def of_text(
    before: CallRecord, now: Sequence[Occurrence], names: Mapping[str, tuple[str, str, str, str]]
) -> CallDifference:
    """A call whose kept text was judged again: flags are the same where rule and seconds are.

    `names`: per rule its version, names and priority.
    """
    stood = {
        (one.flag.rule_id, round(one.flag.start_s, 2)): flag_side(one)
        for one in before.flags
        if one.flag.state is not FlagState.WITHDRAWN
    }
    stands = {(one.rule_id, round(one.start_s, 2)): _occurred(one, names[one.rule_id]) for one in now}
    return CallDifference(
        flags=_sorted(_pairs(stood, stands, lambda one, other: one.rule_version == other.rule_version))
    )


def flag_side(stored: StoredFlag) -> FlagSide:
    """What a reader compares."""
    flag = stored.flag
    return FlagSide(
        flag_id=flag.flag_id,
        rule_id=flag.rule_id,
        rule_version=flag.rule_version,
        name_en=flag.name_en,
        name_fr=flag.name_fr,
        priority=flag.priority.label,
        state=flag.state.value,
        start_s=flag.start_s,
        end_s=flag.end_s,
        raised_s=flag.raised_s,
        text=flag.evidence.text,
    )


def _occurred(one: Occurrence, name: tuple[str, str, str, str]) -> FlagSide:
    version, name_en, name_fr, priority = name
    return FlagSide(
        flag_id=one.flag_id,
        rule_id=one.rule_id,
        rule_version=version,
        name_en=name_en,
        name_fr=name_fr,
        priority=priority,
        state=FlagState.CONFIRMED.value,
        start_s=one.start_s,
        end_s=one.end_s,
        raised_s=None,
        text=one.text,
    )


def _flag_pairs(before: Sequence[StoredFlag], now: Sequence[StoredFlag]) -> tuple[FlagPair, ...]:
    left = {one.flag.flag_id: one for one in now}
    partners = {one.flag.flag_id: left.pop(one.flag.flag_id, None) for one in before}
    pairs = [_flag_pair(was, partners[was.flag.flag_id] or _of_same_rule(was, left)) for was in before]
    return _sorted([*pairs, *(_flag_pair(None, found) for found in left.values())])


def _flag_pair(was: StoredFlag | None, found: StoredFlag | None) -> FlagPair:
    same = was is not None and found is not None and canonical(was) == canonical(found)
    return FlagPair(
        change=_change(was, found, same),
        before=None if was is None else flag_side(was),
        now=None if found is None else flag_side(found),
    )


def _of_same_rule(was: StoredFlag, left: dict[FlagId, StoredFlag]) -> StoredFlag | None:
    """The one of those left whose seconds it shares; it is taken."""
    for key, one in left.items():
        shared_s = min(was.flag.end_s, one.flag.end_s) - max(was.flag.start_s, one.flag.start_s)
        if one.flag.rule_id == was.flag.rule_id and shared_s >= 0.0:
            return left.pop(key)
    return None


def _pairs(
    before: Mapping[tuple[str, float], FlagSide],
    now: Mapping[tuple[str, float], FlagSide],
    same: Callable[[FlagSide, FlagSide], bool],
) -> Iterator[FlagPair]:
    for key in {**before, **now}:
        was, found = before.get(key), now.get(key)
        yield FlagPair(
            change=_change(was, found, was is not None and found is not None and same(was, found)),
            before=was,
            now=found,
        )


def _change(was: object, found: object, same: bool) -> Change:
    if was is None:
        return Change.NEW
    if found is None:
        return Change.GONE
    return Change.SAME if same else Change.CHANGED


def _sorted(pairs: Iterable[FlagPair]) -> tuple[FlagPair, ...]:
    def when(pair: FlagPair) -> tuple[float, str]:
        side = pair.before or pair.now
        return (side.start_s, side.flag_id) if side is not None else (0.0, "")

    return tuple(sorted(pairs, key=when))


def _utterance_pairs(before: Sequence[StoredUtterance], now: Sequence[StoredUtterance]) -> list[UtterancePair]:
    left = {one.utterance.utterance_id: one for one in now}
    partners = {one.utterance.utterance_id: left.pop(one.utterance.utterance_id, None) for one in before}
    pairs = []
    for was in before:
        found = partners[was.utterance.utterance_id] or _overlapping(was, left)
        pairs.append(UtterancePair(change=_change(was, found, _same_text(was, found)), before=was, now=found))
    pairs.extend(UtterancePair(change=Change.NEW, before=None, now=found) for found in left.values())
    return sorted(pairs, key=_second)


def _overlapping(was: StoredUtterance, left: dict[UtteranceId, StoredUtterance]) -> StoredUtterance | None:
    """The one of those left that was said at the same time on the same channel; it is taken."""
    said = was.utterance
    for key, one in left.items():
        other = one.utterance
        shared_s = min(said.end_s, other.end_s) - max(said.start_s, other.start_s)
        if other.channel == said.channel and shared_s >= NEAR_S:
            return left.pop(key)
    return None


def _second(pair: UtterancePair) -> tuple[float, int]:
    side = pair.before or pair.now
    assert side is not None
    return side.utterance.start_s, side.utterance.channel


def _same_text(was: StoredUtterance, found: StoredUtterance | None) -> bool:
    return found is not None and (was.utterance.text, was.utterance.trusted) == (
        found.utterance.text,
        found.utterance.trusted,
    )


def _score(one: StoredUtterance | None) -> EmotionScore | None:
    return None if one is None else one.emotion
