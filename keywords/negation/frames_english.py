"""All ways in which English names what the speaker does not mean. Pure."""

from keywords.negation.afterthoughts_english import AFTERTHOUGHTS
from keywords.negation.around_english import AROUND
from keywords.negation.asides_english import ASIDES
from keywords.negation.asked_english import QUESTIONS
from keywords.negation.cases_english import CASES
from keywords.negation.courtesies_english import COURTESIES
from keywords.negation.denied_english import DENIED
from keywords.negation.informed_english import INFORMED
from keywords.negation.mentioned_english import MENTIONED
from keywords.negation.once_english import ONCE
from keywords.negation.others_english import OTHERS_DOING
from keywords.negation.parties_english import PARTIES
from keywords.negation.persons_english import PERSONS
from keywords.negation.refused_english import REFUSED
from keywords.negation.revoked_english import REVOKED
from keywords.negation.settled_english import SETTLED

ENGLISH_FRAMES = (
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
