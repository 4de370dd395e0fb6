"""What of a rule, and of a flag, rests on how the customer's voice sounded. Pure."""

from dataclasses import replace

from alerts.combined import Condition, leaves
from alerts.conditions import EmotionPersists
from alerts.course_causes import LASTED, LEVEL
from alerts.courses import CourseIs
from alerts.records import Evidence, FlagState, RedFlag
from sentiment.records import Emotion

MEASURED_OF_VOICE = frozenset({LEVEL, LASTED, *(emotion.value for emotion in Emotion)})
"""Names of values behind a flag that tell of the voice."""


def rests_on_voice(condition: Condition) -> bool:
    """Whether any of it asks how the customer's voice sounds."""
    return any(isinstance(leaf, EmotionPersists | CourseIs) for leaf in leaves(condition))


def tells_of_voice(evidence: Evidence) -> bool:
    """Whether anything of the voice is behind a flag."""
    return any(measured.name in MEASURED_OF_VOICE for measured in evidence.measured)


def without_voice(flag: RedFlag) -> RedFlag:
    """The flag without what tells of the voice: its values, and the sentences made of them. Others are as they were."""
    evidence = flag.evidence
    if not tells_of_voice(evidence):
        return flag
    kept = tuple(measured for measured in evidence.measured if measured.name not in MEASURED_OF_VOICE)
    return replace(flag, evidence=replace(evidence, measured=kept, explanation_en="", explanation_fr=""))


def taken_back(flag: RedFlag) -> RedFlag | None:
    """What is told of a flag once the voice behind it was not to be judged; none where nothing has to be.

    It is over, and says nothing of the voice any more.
    """
    if not tells_of_voice(flag.evidence) or flag.state in (FlagState.RESOLVED, FlagState.WITHDRAWN, FlagState.EXPIRED):
        return None
    return without_voice(flag).moved(FlagState.RESOLVED)
