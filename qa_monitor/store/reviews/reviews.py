"""Reviews as their events, each a row; comments on calls. See `reviews/port.py`."""

from collections import defaultdict
from collections.abc import Callable

from sqlalchemy import Connection, Select, insert, select, update

from qa_monitor.people.records import AgentKey
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.errors import NotKept
from qa_monitor.reviews.comments import Comment, CommentId, Shared, placed
from qa_monitor.reviews.life import About, after, begun, replayed
from qa_monitor.reviews.port import Sought
from qa_monitor.reviews.records import Event, Review, ReviewId, Submit, Why
from qa_monitor.store.calls.saves import existing_call
from qa_monitor.store.reviews.rows import event_cells, event_of
from qa_monitor.store.reviews.scores import pass_on
from qa_monitor.store.shared.running import Running
from qa_monitor.store.shared.sights import is_seen
from qa_monitor.store.tables import schema
from streams.records import CallId

reviews, events, comments, calls = schema.reviews, schema.review_events, schema.call_comments, schema.calls


class SqliteReviews:
    """See `reviews.port.ReviewStore`. Made by the store."""

    def __init__(self, write: Running, read: Running) -> None:
        self._write, self._read = write, read

    async def begin(self, about: About, first: Event) -> Review:
        return await self._write(lambda connection: begin(connection, about, first))

    async def act(self, review_id: ReviewId, event: Event, allow: Callable[[Review], None]) -> Review:
        return await self._write(lambda connection: act(connection, review_id, event, allow))

    async def review(self, review_id: ReviewId) -> Review | None:
        return await self._read(lambda connection: find_review(connection, review_id))

    async def reviews(self, sought: Sought, sight: Sight = EVERYTHING) -> tuple[Review, ...]:
        return await self._read(lambda connection: find_reviews(connection, sought, sight))

    async def of_agent(self, agent: AgentKey, limit: int) -> tuple[Review, ...]:
        return await self._read(lambda connection: find_of_agent(connection, agent, limit))

    async def comment(self, comment: Comment) -> None:
        await self._write(lambda connection: save_comment(connection, comment))

    async def comments(self, call_id: CallId) -> tuple[Comment, ...]:
        return await self._read(lambda connection: find_comments(connection, call_id))


def begin(connection: Connection, about: About, first: Event) -> Review:
    """A new review of a call that is kept. Raises `NotKept` and `WrongStep`."""
    review = begun(about, first)
    existing_call(connection, about.call_id)
    cells = {
        "review_id": about.review_id,
        "call_id": about.call_id,
        "tenant": about.agent.tenant,
        "agent_id": about.agent.agent_id,
        "scorecard_id": about.scorecard_id,
        "why": about.why.value,
    }
    connection.execute(insert(reviews).values({**cells, **_standing(review)}))
    connection.execute(insert(events).values(event_cells(about.review_id, first)))
    return review


def act(connection: Connection, review_id: ReviewId, event: Event, allow: Callable[[Review], None]) -> Review:
    """One more event. The score follows. Raises `NotKept`, `WrongStep`, and whatever `allow` raises."""
    before = find_review(connection, review_id)
    if before is None:
        raise NotKept("review", review_id)
    allow(before)
    review = after(before, event)
    connection.execute(insert(events).values(event_cells(review_id, event)))
    connection.execute(update(reviews).where(reviews.c.review_id == review_id).values(_standing(review)))
    pass_on(connection, review, event)
    return review


def _standing(review: Review) -> dict[str, object]:
    """What queues are found by."""
    submitted = next((event.at for event in review.history if isinstance(event.act, Submit)), None)
    return {
        "reviewer": review.reviewer,
        "state": review.state.value,
        "submitted_at": submitted,
        "changed_at": review.history[-1].at,
    }


def find_review(connection: Connection, review_id: ReviewId) -> Review | None:
    """One review."""
    found = _found(connection, select(reviews).where(reviews.c.review_id == review_id))
    return found[0] if found else None


def find_reviews(connection: Connection, sought: Sought, sight: Sight) -> tuple[Review, ...]:
    """Those of calls that may be seen."""
    query = select(reviews).join(calls, calls.c.call_id == reviews.c.call_id).where(is_seen(sight))
    if sought.states is not None:
        query = query.where(reviews.c.state.in_([state.value for state in sought.states]))
    if sought.reviewer is not None:
        query = query.where(reviews.c.reviewer == sought.reviewer)
    if sought.call_id is not None:
        query = query.where(reviews.c.call_id == sought.call_id)
    return _found(connection, query.limit(sought.limit))


def find_of_agent(connection: Connection, agent: AgentKey, limit: int) -> tuple[Review, ...]:
    """What was submitted of an agent's calls."""
    own = (reviews.c.tenant == agent.tenant, reviews.c.agent_id == agent.agent_id, reviews.c.submitted_at.is_not(None))
    return _found(connection, select(reviews).where(*own).limit(limit))


def _found(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[Review, ...]:
    """The reviews of these rows, the last one touched first."""
    rows = connection.execute(query.order_by(reviews.c.changed_at.desc(), reviews.c.review_id)).all()
    told: dict[str, list[Event]] = defaultdict(list)
    those = events.c.review_id.in_([row.review_id for row in rows])
    for row in connection.execute(select(events).where(those).order_by(events.c.id)):
        told[row.review_id].append(event_of(row))
    return tuple(
        replayed(
            About(
                review_id=ReviewId(row.review_id),
                call_id=CallId(row.call_id),
                agent=AgentKey(row.tenant, row.agent_id),
                scorecard_id=row.scorecard_id,
                why=Why(row.why),
            ),
            told[row.review_id],
        )
        for row in rows
    )


def save_comment(connection: Connection, comment: Comment) -> None:
    """In its thread. Raises `NotKept` and `WrongThread`."""
    existing_call(connection, comment.call_id)
    placed(comment, find_comments(connection, comment.call_id))
    connection.execute(
        insert(comments).values(
            comment_id=comment.comment_id,
            call_id=comment.call_id,
            at_s=comment.at_s,
            shared=comment.shared.value,
            by=comment.by,
            at=comment.at,
            words=comment.words,
            reply_to=comment.reply_to,
        )
    )


def find_comments(connection: Connection, call_id: CallId) -> tuple[Comment, ...]:
    """All of a call."""
    query = select(comments).where(comments.c.call_id == call_id)
    return tuple(
        Comment(
            comment_id=CommentId(row.comment_id),
            call_id=CallId(row.call_id),
            at_s=row.at_s,
            shared=Shared(row.shared),
            by=row.by,
            at=row.at,
            words=row.words,
            reply_to=None if row.reply_to is None else CommentId(row.reply_to),
        )
        for row in connection.execute(query.order_by(comments.c.at_s, comments.c.at, comments.c.comment_id))
    )
