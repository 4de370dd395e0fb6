"""The conditions of one call about its course: how long the customer has been upset, and when they recovered."""

from collections.abc import Sequence

from alerts.combined import leaves
from alerts.course_causes import course_is
from alerts.courses import CourseIs, CourseSign
from alerts.records import ScoredUtterance
from alerts.rule import Rule
from alerts.watching.found import Found
from sentiment.records import Course, CourseState
from streams.records import Speaker

KNOWN_FOR_S = 30.0
"""So long after the customer's last words nobody knows any more how they are: a state lasts no longer by itself."""
_STATES = {CourseSign.UPSET: CourseState.UPSET, CourseSign.RISING: CourseState.RISING}


class CourseWatches:
    """Not safe to share: holds what the conditions remember of one call. A stretch is told once, also to new rules."""

    def __init__(self) -> None:
        self._watched: list[tuple[Rule, CourseIs]] = []
        self._course: Course | None = None
        self._latest: ScoredUtterance | None = None
        self._told: set[tuple[str, int, str]] = set()

    def add(self, rule: Rule) -> None:
        """Watch for this rule from now on."""
        self._watched.extend((rule, leaf) for leaf in leaves(rule.when) if isinstance(leaf, CourseIs))

    def keep(self, versions: frozenset[tuple[str, str]]) -> None:
        """Forget the rules that are not among these, named by id and version."""
        self._watched = [one for one in self._watched if (one[0].rule_id, one[0].rule_version) in versions]

    def forget(self) -> None:
        """Nothing is known of the customer's voice any more."""
        self._course = self._latest = None
        self._told = set()

    def final(self, scored: ScoredUtterance, now_s: float) -> Sequence[Found]:
        """Someone has spoken: what has just come true, or goes on."""
        if scored.utterance.speaker is not Speaker.CUSTOMER or scored.course is None:
            return ()
        self._course = scored.course
        if scored.emotion is not None and scored.emotion.enough:
            self._latest = scored
        return self._found(now_s, news_of=(CourseSign.UPSET, CourseSign.RISING, CourseSign.RECOVERED))

    def at(self, now_s: float) -> Sequence[Found]:
        """Time passed: what has just lasted long enough, or goes on."""
        return self._found(now_s, news_of=(CourseSign.UPSET, CourseSign.RISING))

    def _found(self, now_s: float, news_of: Sequence[CourseSign]) -> Sequence[Found]:
        found = []
        for rule, condition in self._watched:
            span = self._span(condition, now_s) if condition.sign in news_of else None
            if span is None or self._course is None:
                continue
            cause = course_is(condition, self._course, span, self._latest)
            key = (rule.rule_id, condition.part, cause.episode)
            found.append(
                Found(rule=rule, cause=cause, part=condition.part, key=cause.episode, news=key not in self._told)
            )
            self._told.add(key)
        return found

    def _span(self, condition: CourseIs, now_s: float) -> tuple[float, float] | None:
        """From when to when it has held, where that is long enough."""
        course = self._course
        if course is None or course.told_s is None:
            return None
        if condition.sign is CourseSign.RECOVERED:
            is_news = course.recovered_s is not None and course.recovered_s == course.told_s
            return (course.since_s or 0.0, course.told_s) if is_news and course.since_s is not None else None
        if course.state is not _STATES[condition.sign] or course.since_s is None:
            return None
        until_s = min(now_s, course.told_s + KNOWN_FOR_S)
        return (course.since_s, until_s) if until_s - course.since_s >= condition.for_s else None
