"""How the customer went through a call, to its JSON shape."""

from qa_monitor.schemas.course import CourseJson, ShiftJson
from sentiment.records import Course


def course_json(course: Course) -> CourseJson:
    """How the customer went through a call."""
    return CourseJson(
        at_s=course.at_s,
        state=course.state,
        since_s=course.since_s,
        level=course.level,
        trend=course.trend,
        told=course.told,
        unsure=course.unsure,
        shifts=[ShiftJson(at_s=one.at_s, before=one.before, after=one.after) for one in course.shifts],
        peak=course.peak,
        peak_s=course.peak_s,
        peak_end=course.peak_end,
        upset_s=course.upset_s,
        recovered_s=course.recovered_s,
        recoveries=course.recoveries,
    )
