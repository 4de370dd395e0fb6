"""Some of the calls, gone through: first their texts, then whole only those in which a rule hits."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import process_time

from keywords.sought.supposing import hits_with_sought
from qa_monitor.backtest.books import Trial, Trials
from qa_monitor.backtest.difference import differences
from qa_monitor.backtest.port import PastCalls
from qa_monitor.backtest.records import Amount, CallOutcome, Share
from qa_monitor.backtest.replay import Openers, Replay
from qa_monitor.backtest.sieve import Sieve
from qa_monitor.backtest.tally import add_call, merged
from qa_monitor.records.past import PastCall, PastRecord, SaidText
from streams.records import CallId, Language, Utterance, UtteranceId

Kept = Collection[tuple[CallId, UtteranceId]]
"""The utterances that hold a phrase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What every share of a back-test needs."""

    new: Trials
    old: Trials | None
    openers: Openers
    kept: int
    """Occurrences of each kind kept per rule."""

    @property
    def timed(self) -> bool:
        """Some rule is shown every half second of every call."""
        both = [one for one in (self.new, self.old) if one is not None]
        return any(not trial.only_words for trials in both for trial in trials.by_scope.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """The rules that hold for some calls: those tested, and those compared with."""

    new: Trial
    old: Trial | None

    @property
    def played(self) -> tuple[Trial, ...]:
        """Those that calls are played to; once where nothing has changed."""
        return (self.new,) if self.old is None or self.old.versions == self.new.versions else (self.new, self.old)

    @property
    def compared(self) -> tuple[str, ...]:
        """Ids of the rules that are compared."""
        if self.old is None:
            return ()
        return tuple(dict.fromkeys(rule_id for one in (self.new, self.old) for rule_id, _ in one.versions))


def share_of(past: PastCalls, calls: Sequence[PastCall], bench: Bench) -> Share:
    """Judge these calls by both sets of rules."""
    began_s = process_time()
    total = Share()
    for pair, own in _by_rules(calls, bench):
        total = merged(total, _judged(past, own, pair, bench), bench.kept)
    return replace(total, amount=replace(total.amount, work_s=process_time() - began_s))


def _by_rules(calls: Iterable[PastCall], bench: Bench) -> Iterable[tuple[_Pair, list[PastCall]]]:
    """Calls for which the same rules hold, together."""
    new, old = bench.new, bench.old
    found: dict[object, tuple[_Pair, list[PastCall]]] = {}
    for call in calls:
        new_for = new.scope(call.tenant, call.team)
        old_for = None if old is None else old.scope(call.tenant, call.team)
        if (new_for, old_for) not in found:
            against = None if old is None or old_for is None else old.by_scope[old_for]
            found[new_for, old_for] = _Pair(new=new.by_scope[new_for], old=against), []
        found[new_for, old_for][1].append(call)
    return found.values()


def _judged(past: PastCalls, calls: Sequence[PastCall], pair: _Pair, bench: Bench) -> Share:
    said = list(past.texts([call.call_id for call in calls]))
    texts = _by_language(said)
    hits = [_hits(trial, said, texts) for trial in pair.played]
    everything = any(not trial.only_words for trial in pair.played)
    chosen = {call.call_id for call in calls} if everything else {call_id for one in hits for call_id, _ in one}
    share = Share()
    for record in past.records(sorted(chosen)):
        outcomes = [_outcome(record, trial, bench.openers, kept) for trial, kept in zip(pair.played, hits, strict=True)]
        new, old = outcomes[0], None if pair.old is None else outcomes[-1]
        found = {} if old is None else differences(pair.compared, new.told, old.told)
        share = add_call(share, new, old, found, bench.kept)
    amount = Amount(
        calls=len(calls),
        calls_replayed=len(chosen),
        call_s=sum(call.duration_s for call in calls),
        utterances=len(said),
    )
    return replace(share, amount=amount)


def _by_language(said: Iterable[SaidText]) -> Mapping[Language, list[str]]:
    texts: dict[Language, list[str]] = defaultdict(list)
    for one in said:
        texts[one.language].append(one.text)
    return texts


def _hits(trial: Trial, said: Iterable[SaidText], texts: Mapping[Language, Sequence[str]]) -> Kept:
    """The utterances with a hit, whoever is believed to speak: told from their texts alone."""
    sieve = Sieve(trial.rules.book.word_rules, texts)
    kept = (one for one in said if one.trusted and (one.sought or sieve.keeps(one.text, one.language)))
    return {(one.call_id, one.utterance_id) for one in kept if hits_with_sought(trial.rules.matcher, _plain(one))}


def _plain(said: SaidText) -> Utterance:
    """Its words are those of its text, at no time in particular."""
    return Utterance(
        call_id=said.call_id,
        utterance_id=said.utterance_id,
        speaker=said.speaker,
        channel=0,
        start_s=0.0,
        end_s=0.0,
        text=said.text,
        words=(),
        language=said.language,
        confidence=1.0,
        final=True,
        revision=0,
        sought=said.sought,
    )


def _outcome(record: PastRecord, trial: Trial, openers: Openers, kept: Kept) -> CallOutcome:
    def could_hit(utterance: Utterance) -> bool:
        return (utterance.call_id, utterance.utterance_id) in kept

    return Replay(record, trial, openers, could_hit).outcome()
