"""A run's log to latencies, lost utterances and wrong words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa_monitor.bench.matching import Came, Matched, Said, match
from qa_monitor.bench.records import CallLog, Guess, RunLog, Source
from streams.records import Language

NEAR_S = 1.0
"""A partial belongs to the utterance that begins this close to its own beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A latency, and when what it is about had been said; both in wall seconds."""

    said_at_s: float
    latency_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCall:
    """One call."""

    language: Language | None
    channels: tuple[Matched, ...]
    """Of a scripted call."""
    by_words: tuple[Timed, ...]
    """From the end of an utterance in the script to the final with its last word."""
    by_times: tuple[Timed, ...]
    """From the end of an utterance by the server's own times to its final."""
    first_partials: tuple[Timed, ...]
    """From the beginning of speech to the first partial."""
    partials: tuple[Timed, ...]
    """From the end of what a partial covers to its arrival."""
    source: Source

    @property
    def finals(self) -> tuple[Timed, ...]:
        """The measure that counts: by words where they are known."""
        return self.by_words if self.source is Source.SCRIPT else self.by_times


def score_run(log: RunLog) -> tuple[ScoredCall, ...]:
    """Every call that was taken."""
    return tuple(score_call(call) for call in log.calls if call.error is None)


def score_call(call: CallLog) -> ScoredCall:
    """One call by its log."""
    channels = tuple(_channel(call, channel) for channel in (0, 1)) if call.spoken else ()
    return ScoredCall(
        language=call.plan.language,
        source=call.plan.source,
        channels=channels,
        by_words=tuple(
            Timed(said_at_s=met.said.ended_at_s, latency_s=met.latency_s)
            for channel in channels
            for met in channel.utterances
            if met.latency_s is not None
        ),
        by_times=tuple(
            Timed(said_at_s=call.sent_at_s(final.end_s), latency_s=final.at_s - call.sent_at_s(final.end_s))
            for final in call.finals
            if final.end_s is not None
        ),
        first_partials=tuple(_first_partials(call)),
        partials=tuple(
            Timed(said_at_s=call.sent_at_s(one.end_s), latency_s=one.at_s - call.sent_at_s(one.end_s))
            for one in call.guesses
        ),
    )


def word_error_rate(calls: Iterable[ScoredCall], language: Language | None = None) -> float | None:
    """Wrong words per word spoken, over the scripted calls of a language or of all; none where nothing was said."""
    channels = [channel for call in calls if language is None or call.language is language for channel in call.channels]
    words = sum(channel.words for channel in channels)
    return sum(channel.errors for channel in channels) / words if words else None


def lost_keys(calls: Iterable[ScoredCall]) -> tuple[str, ...]:
    """The clips of which no text came, once for each time."""
    return tuple(met.said.key for call in calls for channel in call.channels for met in channel.utterances if met.lost)


def spoken_count(calls: Iterable[ScoredCall]) -> int:
    """Utterances of the scripts."""
    return sum(len(channel.utterances) for call in calls for channel in call.channels)


def _channel(call: CallLog, channel: int) -> Matched:
    said = [
        Said(
            key=one.key,
            text=one.text,
            begun_at_s=call.sent_at_s(one.start_s),
            ended_at_s=call.sent_at_s(one.end_s),
        )
        for one in call.spoken
        if one.channel == channel
    ]
    finals = sorted((one for one in call.finals if one.channel == channel), key=lambda one: one.at_s)
    return match(said, [Came(text=one.text, at_s=one.at_s) for one in finals])


def _first_partials(call: CallLog) -> Iterable[Timed]:
    """Of scripted utterances only: where else speech begins, only the server knows."""
    first: dict[tuple[int, str], Guess] = {}
    for guess in call.guesses:
        first.setdefault((guess.channel, guess.utterance_id), guess)
    for guess in first.values():
        begun_s = _beginning(call, guess)
        if begun_s is not None:
            sent_s = call.sent_at_s(begun_s)
            yield Timed(said_at_s=sent_s, latency_s=guess.at_s - sent_s)


def _beginning(call: CallLog, guess: Guess) -> float | None:
    near = [
        one.start_s
        for one in call.spoken
        if one.channel == guess.channel and abs(one.start_s - guess.start_s) <= NEAR_S and one.start_s < guess.end_s
    ]
    return min(near, key=lambda start_s: abs(start_s - guess.start_s), default=None)


def after(timed: Sequence[Timed], from_s: float) -> list[float]:
    """Latencies of what was said from this moment on."""
    return [one.latency_s for one in timed if one.said_at_s >= from_s]
