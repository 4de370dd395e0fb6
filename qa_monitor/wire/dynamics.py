"""How a conversation flows, to its JSON shape."""

from qa_monitor.schemas.dynamics import DynamicsJson
from sentiment.records import Dynamics


def dynamics_json(dynamics: Dynamics) -> DynamicsJson:
    """How the conversation flows."""
    return DynamicsJson(
        now_s=dynamics.now_s,
        silence_s=dynamics.silence_s,
        talk_over_s=dynamics.talk_over_s,
        talk_over_total_s=dynamics.talk_over_total_s,
        silence_total_s=dynamics.silence_total_s,
        talk_share=dynamics.talk_share,
        interrupter=dynamics.interrupter,
        speakers_known=dynamics.speakers_known,
        interruptions=dynamics.interruptions,
        longest_turn_s=dynamics.longest_turn_s,
        pace_wpm=dynamics.pace_wpm,
        louder_db=dynamics.louder_db,
        hold_since_s=dynamics.hold_since_s,
        hold_s=dynamics.hold_s,
        hold_total_s=dynamics.hold_total_s,
        hold_cause=dynamics.hold_cause,
    )
