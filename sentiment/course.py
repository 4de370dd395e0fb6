"""How the customer goes through a call: level, trend, shifts and recovery, told from the scores of utterances. Pure.

One utterance alone changes nothing: the level is smoothed over medians of three, of which one outlier moves none.
Medians of three are Tukey's running medians; shifts are found by splitting what was told since the last one where the
means differ most, weighed by how much lies on either side (binary segmentation, Scott and Knott 1974), and are believed
where the medians of both sides lie far apart. Peak and end are what a stretch of time is remembered by (Kahneman 1993).
"""

from dataclasses import replace
from statistics import fmean, median

from sentiment.records import Course, CourseState, Emotion, EmotionScore, Shift, Trend
from streams.records import Speaker, Utterance

FEWEST = 3
"""With fewer utterances nothing is said of the call."""
UNSURE_IN_A_ROW = 4
"""So many utterances that could not be told leave nothing known of now."""
SMOOTHING = 0.5
"""What each new median counts for, against all before it."""
UPSET_FROM = 0.6
"""Rather upset than not; the probabilities are calibrated."""
CALM_BELOW = 0.4
PERSISTS = 2
"""So many utterances in a row must say the same before the state is another."""
CALM_AGAIN = 4
"""So many calm utterances in a row after being upset are a recovery."""
TREND_OVER = 3
"""The level is compared with the one so many utterances ago."""
TREND_BEGINS, TREND_ENDS = 0.15, 0.05
SHIFT_LEAST = 0.4
"""Calm calls are said to have shifted upwards less than half as often as with 0.3, and turns are hardly missed more."""
SHIFT_SIDE = 3
"""Utterances that must lie on either side of a shift."""
REMEMBERED = 40
"""Utterances looked back at for a shift."""
SHIFTS_KEPT = 16


def upset(score: EmotionScore) -> float:
    """How probable it is that the customer is upset, angry or in distress: 0 to 1."""
    return min(1.0, score.probabilities[Emotion.ANGER] + score.probabilities[Emotion.DISTRESS])


class CourseWatch:
    """Not safe to share: one per call, for its customer. Takes finals in the order of arrival."""

    def __init__(self) -> None:
        self._course = NOTHING_TOLD
        self._mood = _Mood()
        self._shifts = _Shifts()
        self._recent: list[float] = []
        self._levels: list[float] = []
        self._unsure_in_a_row = 0

    @property
    def course(self) -> Course | None:
        """As of the last utterance that was scored; none before the first."""
        return None if self._course is NOTHING_TOLD else self._course

    def heard(self, utterance: Utterance, score: EmotionScore | None) -> Course | None:
        """A final, and its score where its voice was judged. Without one nothing is known of it, and nothing changes.

        Raises ValueError for a score that is not the customer's.
        """
        if score is None:
            return self.course
        if utterance.speaker is not Speaker.CUSTOMER or score.utterance_id != utterance.utterance_id:
            raise ValueError(f"the score of {score.utterance_id} is not about {utterance.utterance_id} of a customer")
        known, at_s = self._course, max(self._course.at_s, utterance.end_s)
        if score.enough and utterance.trusted:
            self._unsure_in_a_row = 0
            known = replace(known, told=known.told + 1, told_s=max(known.told_s or 0.0, utterance.end_s))
            known = self._told(known, utterance, upset(score))
        else:
            self._unsure_in_a_row += 1
            known = replace(known, unsure=known.unsure + 1)
        self._course = self._named(replace(known, at_s=at_s))
        return self._course

    def _told(self, known: Course, utterance: Utterance, value: float) -> Course:
        shifts = self._shifts.told(utterance.start_s, value)
        self._recent = [*self._recent, value][-FEWEST:]
        if known.told < FEWEST:
            return replace(known, shifts=shifts)
        middle = median(self._recent)
        level = middle if not self._levels else self._levels[-1] + SMOOTHING * (middle - self._levels[-1])
        self._levels = [*self._levels, level][-TREND_OVER - 1 :]
        self._mood.told(level, self._trend(known.trend), utterance)
        peak, peak_s = known.peak, known.peak_s
        if peak is None or level > peak:
            peak, peak_s = level, utterance.end_s
        return replace(known, level=level, trend=self._trend(known.trend), shifts=shifts, peak=peak, peak_s=peak_s)

    def _trend(self, before: Trend | None) -> Trend:
        """A trend begins with a larger change than it goes on with."""
        change = self._levels[-1] - self._levels[0]
        if abs(change) >= TREND_BEGINS or (before is _direction(change) and abs(change) > TREND_ENDS):
            return _direction(change)
        return Trend.STEADY

    def _named(self, known: Course) -> Course:
        mood = self._mood
        known = replace(known, upset_s=mood.upset_s, recovered_s=mood.recovered_s, recoveries=mood.recoveries)
        if known.told < FEWEST or self._unsure_in_a_row >= UNSURE_IN_A_ROW:
            return replace(known, state=CourseState.UNKNOWN, since_s=None, level=None, trend=None)
        return replace(known, state=mood.state, since_s=mood.since_s)


class _Mood:
    """The state, with hysteresis: what ends one is not what began it, and both must persist."""

    def __init__(self) -> None:
        self.state = CourseState.CALM
        self.since_s = 0.0
        self.upset_s: float | None = None
        self.recovered_s: float | None = None
        self.recoveries = 0
        self._high = self._low = 0
        self._low_from_s = self._high_from_s = 0.0

    def told(self, level: float, trend: Trend, utterance: Utterance) -> None:
        self._high = self._high + 1 if level >= UPSET_FROM else 0
        self._low = self._low + 1 if level < CALM_BELOW else 0
        self._high_from_s = utterance.start_s if self._high == 1 else self._high_from_s
        self._low_from_s = utterance.start_s if self._low == 1 else self._low_from_s
        if self._high >= PERSISTS and self.state is not CourseState.UPSET:
            self.upset_s = self._high_from_s
            self._become(CourseState.UPSET, self._high_from_s)
            return
        match self.state:
            case CourseState.UPSET if self._low >= PERSISTS:
                self._become(CourseState.RECOVERING, self._low_from_s)
            case CourseState.RECOVERING if self._low >= CALM_AGAIN:
                self.recovered_s, self.recoveries = utterance.end_s, self.recoveries + 1
                self._become(CourseState.CALM, self._low_from_s)
            case CourseState.CALM if trend is Trend.RISING and level >= CALM_BELOW:
                self._become(CourseState.RISING, utterance.start_s)
            case CourseState.RISING if trend is not Trend.RISING and (self._low or trend is Trend.FALLING):
                self._become(CourseState.CALM, utterance.start_s)

    def _become(self, state: CourseState, since_s: float) -> None:
        self.state, self.since_s = state, since_s


class _Shifts:
    """Finds where what was told becomes another, as soon as there is enough behind it."""

    def __init__(self) -> None:
        self._told: list[tuple[float, float]] = []
        """Start and value of each utterance since the last shift."""
        self._found: tuple[Shift, ...] = ()

    def told(self, start_s: float, value: float) -> tuple[Shift, ...]:
        self._told = [*self._told, (start_s, value)][-REMEMBERED:]
        values = [one for _, one in self._told]
        if len(values) < 2 * SHIFT_SIDE or max(values) - min(values) < SHIFT_LEAST:
            return self._found  # the medians of no two sides lie so far apart
        place = max(range(1, len(values)), key=lambda place: _parted(values, place), default=0)
        if SHIFT_SIDE <= place <= len(values) - SHIFT_SIDE:
            before, after = median(values[:place]), median(values[place:])
            if abs(after - before) >= SHIFT_LEAST:
                shift = Shift(at_s=self._told[place][0], before=before, after=after)
                self._found = (*self._found, shift)[-SHIFTS_KEPT:]
                self._told = self._told[place:]
        return self._found


def _parted(values: list[float], place: int) -> float:
    """How far the two sides lie apart, weighed by how much lies on either."""
    before, after = values[:place], values[place:]
    return len(before) * len(after) / len(values) * (fmean(after) - fmean(before)) ** 2


def _direction(change: float) -> Trend:
    return Trend.RISING if change > 0 else Trend.FALLING if change < 0 else Trend.STEADY


NOTHING_TOLD = Course(at_s=0.0, state=CourseState.UNKNOWN, since_s=None, level=None, trend=None, told=0, unsure=0)
