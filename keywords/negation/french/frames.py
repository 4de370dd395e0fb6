"""All ways in which French names what the speaker does not mean. Pure."""

from keywords.negation.french.afterthoughts import AFTERTHOUGHTS
from keywords.negation.french.around import AROUND
from keywords.negation.french.asides import ASIDES
from keywords.negation.french.asked import QUESTIONS
from keywords.negation.french.cases import CASES
from keywords.negation.french.conditions import CONDITIONS
from keywords.negation.french.courtesies import COURTESIES
from keywords.negation.french.denied import DENIED
from keywords.negation.french.disclaimed import DISCLAIMED
from keywords.negation.french.feared import FEARED
from keywords.negation.french.informed import INFORMED
from keywords.negation.french.mentioned import MENTIONED
from keywords.negation.french.mistaken import MISTAKEN
from keywords.negation.french.once import ONCE
from keywords.negation.french.others import OTHERS_DOING
from keywords.negation.french.parties import PARTIES
from keywords.negation.french.persons import PERSONS
from keywords.negation.french.praised import PRAISED
from keywords.negation.french.refused import REFUSED
from keywords.negation.french.revoked import REVOKED
from keywords.negation.french.righted import RIGHTED
from keywords.negation.french.settled import SETTLED

FRENCH_FRAMES = (
    *QUESTIONS,
    *FEARED,
    *OTHERS_DOING,
    *PERSONS,
    *CASES,
    *CONDITIONS,
    *DENIED,
    *REFUSED,
    *SETTLED,
    *PRAISED,
    *RIGHTED,
    *AROUND,
    *MENTIONED,
    *AFTERTHOUGHTS,
    *ONCE,
    *PARTIES,
    *REVOKED,
    *COURTESIES,
    *ASIDES,
    *INFORMED,
    *DISCLAIMED,
    *MISTAKEN,
)
