"""What caused a flag about the course of a call, with the levels behind it, in both languages for a coach. Pure."""

from alerts.causes import Cause
from alerts.courses import CourseIs, CourseSign
from alerts.records import Measured, ScoredUtterance
from sentiment.course import CALM_AGAIN, CALM_BELOW, UPSET_FROM
from sentiment.records import Course
from streams.records import Speaker

LEVEL, LASTED = "course_level", "course_lasted_s"
"""What is measured of a course."""
_LIMITS = {CourseSign.UPSET: UPSET_FROM, CourseSign.RISING: CALM_BELOW, CourseSign.RECOVERED: CALM_BELOW}


def course_is(condition: CourseIs, course: Course, span: tuple[float, float], latest: ScoredUtterance | None) -> Cause:
    """The customer has been so over this span. `latest`: the last utterance that could be told."""
    english, french = _sentences(condition.sign, course, span)
    level = Measured(name=LEVEL, value=round(course.level or 0.0, 3), threshold=_LIMITS[condition.sign])
    lasted = Measured(name=LASTED, value=round(span[1] - span[0], 1), threshold=condition.for_s)
    return Cause(
        episode=f"{condition.sign}-{span[0]:.2f}",
        start_s=span[0],
        end_s=span[1],
        speaker=Speaker.CUSTOMER,
        utterance_ids=() if latest is None else (latest.utterance.utterance_id,),
        text="" if latest is None else latest.utterance.text,
        measured=(level,) if condition.sign is CourseSign.RECOVERED else (level, lasted),
        explanation_en=english,
        explanation_fr=french,
    )


def _sentences(sign: CourseSign, course: Course, span: tuple[float, float]) -> tuple[str, str]:
    lasted = f"{span[1] - span[0]:.0f}"
    match sign:
        case CourseSign.UPSET:
            return (
                f"The customer's voice has sounded upset for {lasted} s, over several utterances.",
                f"La voix du client semble contrariée depuis {lasted} s, sur plusieurs phrases.",
            )
        case CourseSign.RISING:
            return (
                f"The customer's voice has been getting more upset for {lasted} s, over several utterances.",
                f"La voix du client se tend depuis {lasted} s, sur plusieurs phrases.",
            )
        case CourseSign.RECOVERED:
            since = _clock(course.upset_s or 0.0)
            return (
                f"Upset from {since} on, and calm again over the last {CALM_AGAIN} utterances.",
                f"Client contrarié à partir de {since}, et de nouveau calme sur les {CALM_AGAIN} dernières phrases.",
            )


def _clock(at_s: float) -> str:
    return f"{int(at_s // 60)}:{int(at_s % 60):02d}"
