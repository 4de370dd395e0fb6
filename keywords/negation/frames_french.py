"""All ways in which French names what the speaker does not mean. Pure."""

from keywords.negation.afterthoughts_french import AFTERTHOUGHTS
from keywords.negation.asked_french import QUESTIONS
from keywords.negation.cases_french import CASES
from keywords.negation.denied_french import DENIED
from keywords.negation.once_french import ONCE
from keywords.negation.others_french import OTHERS_DOING
from keywords.negation.refused_french import REFUSED
from keywords.negation.settled_french import SETTLED

FRENCH_FRAMES = (*QUESTIONS, *OTHERS_DOING, *CASES, *DENIED, *REFUSED, *SETTLED, *AFTERTHOUGHTS, *ONCE)
