"""All ways in which French names what the speaker does not mean. Pure."""

from keywords.negation.afterthoughts_french import AFTERTHOUGHTS
from keywords.negation.around_french import AROUND
from keywords.negation.asides_french import ASIDES
from keywords.negation.asked_french import QUESTIONS
from keywords.negation.cases_french import CASES
from keywords.negation.courtesies_french import COURTESIES
from keywords.negation.denied_french import DENIED
from keywords.negation.informed_french import INFORMED
from keywords.negation.mentioned_french import MENTIONED
from keywords.negation.once_french import ONCE
from keywords.negation.others_french import OTHERS_DOING
from keywords.negation.parties_french import PARTIES
from keywords.negation.persons_french import PERSONS
from keywords.negation.refused_french import REFUSED
from keywords.negation.revoked_french import REVOKED
from keywords.negation.settled_french import SETTLED

FRENCH_FRAMES = (
    *QUESTIONS,
    *OTHERS_DOING,
    *PERSONS,
    *CASES,
    *DENIED,
    *REFUSED,
    *SETTLED,
    *AROUND,
    *MENTIONED,
    *AFTERTHOUGHTS,
    *ONCE,
    *PARTIES,
    *REVOKED,
    *COURTESIES,
    *ASIDES,
    *INFORMED,
)
