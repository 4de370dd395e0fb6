"""Who may do what to a review, and who may see it. Pure. Nobody reviews or decides their own calls."""

from collections.abc import Set
from dataclasses import dataclass

from qa_monitor.people.records import AgentKey
from qa_monitor.reviews.records import (
    Acknowledge,
    Act,
    Answer,
    Assign,
    Begin,
    Close,
    Decide,
    Dispute,
    Note,
    Review,
    Submit,
)


class NotYours(Exception):
    """This person may not do that. Says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Someone who wants to do something to a review."""

    name: str
    leads: bool = False
    """QA leads, and the operator."""
    operator: bool = False
    """Whoever has the access token: stands in for every reviewer."""
    agent: AgentKey | None = None
    """Which agent of the calls this is."""


def check_may(actor: Actor, act: Act, review: Review, on_call: Set[AgentKey]) -> None:
    """Raises `NotYours` unless this person may do this to this review. `on_call`: every agent of its call."""
    match act:
        case Acknowledge() | Dispute():
            if actor.agent != review.agent:
                raise NotYours("only the agent whose call was reviewed answers to it")
            return
        case Begin() | Answer() | Note() | Submit():
            if actor.name != review.reviewer and not actor.operator:
                raise NotYours("this review is given to somebody else")
        case Assign() | Decide() | Close():
            if not actor.leads:
                raise NotYours("only a QA lead does that")
    if actor.agent in on_call:
        raise NotYours("nobody reviews or decides calls of their own")


def sees_as_agent(actor: Actor, review: Review) -> bool:
    """Whether an agent may read it: one's own, once it was submitted, unless it was withdrawn."""
    return actor.agent == review.agent and review.submitted
