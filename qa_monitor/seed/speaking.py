"""A script spoken: when each word is said, what a recogniser makes of it, and when somebody waits. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from qa_monitor.seed.dialogue import Before, Cue
from qa_monitor.seed.grammar import Grammar, Parts, Roll, filled
from qa_monitor.seed.records import AGENT, CUSTOMER, Spoken, SpokenLine
from streams.records import Language

LONGEST_CS = 330_000
"""Calls are cut after 55 minutes."""
ERRORS = 0.035
"""Words that are not what was said."""
HOMOPHONES = {
    Language.FR: {
        "c'est": "ses",
        "et": "est",
        "à": "a",
        "ou": "où",
        "ça": "sa",
        "on": "ont",
        "mes": "mais",
        "sur": "sûr",
    },
    Language.EN: {
        "there": "their",
        "to": "two",
        "your": "you're",
        "for": "four",
        "it's": "its",
        "we": "oui",
        "by": "buy",
    },
}
SURE = tuple(round(0.995 - 0.5 * (step / 256) ** 4, 3) for step in range(256))
UNSURE = tuple(round(0.3 + 0.4 * step / 64, 3) for step in range(64))
MARKS = frozenset("?!:;")


@dataclass(slots=True)
class _Floor:
    """Until when each side and anybody has spoken."""

    customer_cs: int = 60
    agent_cs: int = 60

    def of(self, channel: int) -> int:
        return self.agent_cs if channel == AGENT else self.customer_cs

    def take(self, channel: int, until_cs: int) -> None:
        if channel == AGENT:
            self.agent_cs = max(self.agent_cs, until_cs)
        else:
            self.customer_cs = max(self.customer_cs, until_cs)

    @property
    def last_cs(self) -> int:
        return max(self.customer_cs, self.agent_cs)


def spoken(cues: Sequence[Cue], grammar: Grammar, language: Language, dice: Random) -> Spoken:
    """The call as it was heard."""
    roll = dice.random
    pace = (dice.uniform(0.85, 1.25), dice.uniform(0.85, 1.25))
    floor = _Floor()
    lines: list[SpokenLine] = []
    holds: list[tuple[int, int]] = []
    for cue in cues:
        channel = AGENT if cue.line.agent else CUSTOMER
        start = _start(cue.before, floor, channel, dice)
        if start > LONGEST_CS:
            break
        if cue.before is Before.HOLD:
            holds.append((floor.last_cs + 40, start - 20))
        line = _line(channel, start, cue.line.said(roll), pace[channel], language, roll)
        if cue.line.telling:
            line = _telling(line)
        lines.append(line)
        floor.take(channel, line.end_cs)
        if len(line.words) > 6 and roll() < 0.16:
            back = _backchannel(line, floor, grammar.backchannel, pace, roll)
            if back is not None:
                lines.append(back)
                floor.take(back.channel, back.end_cs)
    lines.sort(key=lambda line: (line.start_cs, line.channel))
    return Spoken(lines=tuple(lines), holds=tuple(holds), end_cs=floor.last_cs + int(40 + 260 * roll()))


def _start(before: Before, floor: _Floor, channel: int, dice: Random) -> int:
    last, own = floor.last_cs, floor.of(channel)
    match before:
        case Before.HOLD:
            return last + int(100 * min(240.0, 12 + dice.expovariate(1 / 42)))
        case Before.SILENCE:
            return last + int(100 * dice.uniform(12.0, 32.0))
        case Before.OVER if own < last:
            longest = last - own - 10
            return last - min(longest, int(100 * dice.triangular(0.2, 4.2, 0.8)))
    rolled = dice.random()
    if rolled < 0.05:
        # somebody types or looks for something
        return last + int(100 * dice.uniform(2.5, 8.0))
    return last + int(18 + 110 * dice.random() ** 2)


def _line(channel: int, start_cs: int, text: str, pace: float, language: Language, roll: Roll) -> SpokenLine:
    words = _words(text)
    sure = [SURE[int(roll() * 256)] for _ in words]
    if roll() < ERRORS * len(words):
        _misheard(words, sure, language, roll)
    ends, at = [], start_cs
    for word in words:
        at += int((14 + 5.2 * len(word)) / pace)
        ends.append(at)
    return SpokenLine(channel=channel, start_cs=start_cs, ends_cs=tuple(ends), words=tuple(words), sure=tuple(sure))


def _words(text: str) -> list[str]:
    """Marks that French sets apart belong to the word before."""
    words = text.split()
    if MARKS.isdisjoint(text):
        return words
    joined: list[str] = []
    for word in words:
        if word in MARKS and joined:
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return joined


def _misheard(words: list[str], sure: list[float], language: Language, roll: Roll) -> None:
    """One word is taken for another, spelt wrong, or missed."""
    at = int(roll() * len(words))
    word = words[at]
    other = HOMOPHONES[language].get(word)
    if other is None and len(words) > 3 and roll() < 0.3 and word.isalpha():
        del words[at], sure[at]
        return
    if other is None:
        if len(word) < 5 or not word.isalpha():
            return
        place = 1 + int(roll() * (len(word) - 2))
        other = word[:place] + "aeinorst"[int(roll() * 8)] + word[place + 1 :]
    words[at], sure[at] = other, UNSURE[int(roll() * 64)]


def _backchannel(
    said: SpokenLine, floor: _Floor, choices: Sequence[Parts], pace: tuple[float, float], roll: Roll
) -> SpokenLine | None:
    """The other side hums along, too short to be talk-over."""
    channel = CUSTOMER if said.channel == AGENT else AGENT
    start = said.start_cs + int((said.end_cs - said.start_cs) * (0.4 + 0.5 * roll()))
    if start <= floor.of(channel):
        return None
    words = _words(filled(choices[int(roll() * len(choices))], roll))
    step = max(12, int(42 / pace[channel] / len(words)))
    ends = tuple(start + step * (number + 1) for number in range(len(words)))
    return SpokenLine(
        channel=channel, start_cs=start, ends_cs=ends, words=tuple(words), sure=(UNSURE[-1],) * len(words)
    )


def _telling(line: SpokenLine) -> SpokenLine:
    return SpokenLine(
        channel=line.channel,
        start_cs=line.start_cs,
        ends_cs=line.ends_cs,
        words=line.words,
        sure=line.sure,
        telling=True,
    )
