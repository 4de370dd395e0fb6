"""All ways in which English names what the speaker does not mean. Pure."""

from keywords.negation.english.afterthoughts import AFTERTHOUGHTS
from keywords.negation.english.around import AROUND
from keywords.negation.english.asides import ASIDES
from keywords.negation.english.asked import QUESTIONS
from keywords.negation.english.cases import CASES
from keywords.negation.english.conditions import CONDITIONS
from keywords.negation.english.courtesies import COURTESIES
from keywords.negation.english.denied import DENIED
from keywords.negation.english.disclaimed import DISCLAIMED
from keywords.negation.english.feared import FEARED
from keywords.negation.english.informed import INFORMED
from keywords.negation.english.mentioned import MENTIONED
from keywords.negation.english.mistaken import MISTAKEN
from keywords.negation.english.once import ONCE
from keywords.negation.english.others import OTHERS_DOING
from keywords.negation.english.parties import PARTIES
from keywords.negation.english.persons import PERSONS
from keywords.negation.english.praised import PRAISED
from keywords.negation.english.refused import REFUSED
from keywords.negation.english.revoked import REVOKED
from keywords.negation.english.righted import RIGHTED
from keywords.negation.english.settled import SETTLED

ENGLISH_FRAMES = (
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
