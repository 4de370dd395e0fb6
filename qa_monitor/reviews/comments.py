"""Comments at a second of a call, in threads: among reviewers, or shared with the agent. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from streams.records import CallId

CommentId = NewType("CommentId", str)


class Shared(StrEnum):
    """Who reads a comment beside the coaches and QA leads of the call."""

    REVIEWERS = "reviewers"
    """Nobody else."""
    AGENT = "agent"
    """The agents of the call, once it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment. It is never changed: what is to be said differently is another one in its thread."""

    comment_id: CommentId
    call_id: CallId
    at_s: float
    """Seconds since the call began, by the audio clock."""
    shared: Shared
    by: str
    at: datetime
    words: str
    reply_to: CommentId | None = None
    """The first comment of its thread; none: it begins one."""

    def __post_init__(self) -> None:
        if self.at_s < 0:
            raise ValueError(f"a comment at {self.at_s} s, before the call began")
        if not self.words.strip():
            raise ValueError("a comment without words")


class WrongThread(Exception):
    """A comment cannot be put there. Says why."""


def placed(comment: Comment, thread: Sequence[Comment]) -> None:
    """Raises `WrongThread` where a reply is to nothing, or would show the agent what a private thread says."""
    if comment.reply_to is None:
        return
    first = next((one for one in thread if one.comment_id == comment.reply_to), None)
    if first is None or first.call_id != comment.call_id:
        raise WrongThread("no comment of this call has that name")
    if first.reply_to is not None:
        raise WrongThread("answer the first comment of the thread")
    if first.shared is Shared.REVIEWERS and comment.shared is Shared.AGENT:
        raise WrongThread("a thread among reviewers is not shared with the agent by an answer")


def for_agent(comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """What the agent may read of them."""
    return tuple(one for one in comments if one.shared is Shared.AGENT)
