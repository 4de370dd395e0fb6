"""What changed in a voice, in the person's own terms, in English and French. Pure."""

from sentiment.records import Prosody

LOUDER_DB = 3.0
HIGHER_ST = 2.0
FASTER = 0.25
"""Smaller changes are not worth a word."""


def explain(prosody: Prosody, *, voiced: bool = True, clear: bool = True) -> tuple[str, str]:
    """One phrase in English and one in French. Not `clear`: the line overdrives the voice."""
    if not voiced:
        return "too little voice to tell", "trop peu de voix pour juger"
    if not clear:
        return "the line overdrives the voice: nothing can be told", "la ligne sature la voix : impossible de juger"
    if prosody.level_change_db is None:
        return "first words: nothing to compare with yet", "premières paroles : rien encore à comparer"
    changes = [change for change in (_level(prosody), _pitch(prosody), _pace(prosody)) if change is not None]
    if not changes:
        return "pitch, level and pace much as at first", "hauteur, niveau et débit à peu près comme au début"
    english = " and ".join(english for english, _ in changes)
    return f"{english} than at first", f"{' et '.join(french for _, french in changes)} qu'au début"


def _level(prosody: Prosody) -> tuple[str, str] | None:
    change = prosody.level_change_db
    if change is None or abs(change) < LOUDER_DB:
        return None
    size = round(abs(change))
    return (
        f"{'louder' if change > 0 else 'softer'} by {size} dB",
        f"plus {'fort' if change > 0 else 'bas'} de {size} dB",
    )


def _pitch(prosody: Prosody) -> tuple[str, str] | None:
    change = prosody.pitch_change_st
    if change is None or abs(change) < HIGHER_ST:
        return None
    size = round(abs(change))
    return (
        f"{'higher' if change > 0 else 'lower'} by {size} semitones",
        f"plus {'aigu' if change > 0 else 'grave'} de {size} demi-tons",
    )


def _pace(prosody: Prosody) -> tuple[str, str] | None:
    change = prosody.pace_change
    if change is None or 1 / (1 + FASTER) < change < 1 + FASTER:
        return None
    size = round(abs(change - 1) * 100)
    return (
        f"{'faster' if change > 1 else 'slower'} by {size}%",
        f"plus {'rapide' if change > 1 else 'lent'} de {size}\N{NO-BREAK SPACE}%",
    )
