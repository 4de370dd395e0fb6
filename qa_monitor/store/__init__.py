"""What is kept: calls, utterances, emotion, flags, held flags and gaps in one database, audio as files beside it."""
