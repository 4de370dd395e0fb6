"""In which order calls are listed, and how a list goes on after the last call of a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.sql.elements import UnaryExpression

from qa_monitor.library.records import Cursor, Sort
from qa_monitor.people.sight import Sight
from qa_monitor.store.library.conditions import scores
from qa_monitor.store.shared.sights import score_is_shown
from qa_monitor.store.tables import schema
from qa_monitor.store.tables.library import GRAVEST

facts = schema.call_facts
Value = float | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """By one value, then by the number of the call, both the same way round; calls without the value come last."""

    value: ColumnElement[object]
    down: bool = True
    always: bool = False
    """Every call has the value."""
    instant: bool = False

    @property
    def by(self) -> tuple[UnaryExpression[object], UnaryExpression[int]]:
        """For the query."""
        if self.down:
            # nothing is less than anything: it comes last by itself, and an index serves
            return self.value.desc(), facts.c.number.desc()
        return self.value.asc() if self.always else self.value.asc().nulls_last(), facts.c.number.asc()

    def after(self, cursor: Cursor | None) -> Iterator[ColumnElement[bool]]:
        """Only what comes after this call."""
        if cursor is None:
            return
        next_number = facts.c.number < cursor.number if self.down else facts.c.number > cursor.number
        if cursor.value is None:
            yield and_(self.value.is_(None), next_number)
            return
        last = datetime.fromisoformat(str(cursor.value)) if self.instant else cursor.value
        # the first condition alone is what an index serves
        first = self.value <= last if self.down else self.value >= last
        beyond = self.value < last if self.down else self.value > last
        following = and_(first, or_(beyond, next_number))
        yield following if self.always else or_(following, self.value.is_(None))

    def written(self, value: object) -> Value:
        """A value as it stands in a cursor."""
        if isinstance(value, datetime):
            return value.isoformat()
        return value if isinstance(value, int | float | str) else None


def order_of(sort: Sort, sight: Sight) -> Order:
    """What calls are sorted by, for whoever sees so much of them."""
    match sort:
        case Sort.NEWEST | Sort.OLDEST:
            return Order(value=facts.c.began_at, down=sort is Sort.NEWEST, always=True, instant=True)
        case Sort.LONGEST:
            return Order(value=facts.c.duration_s)
        case Sort.TALK_OVER:
            return Order(value=facts.c.talk_over_s)
        case Sort.SILENCE:
            return Order(value=facts.c.silence_s)
        case Sort.FLAGS:
            return Order(value=GRAVEST, always=True)
        case Sort.SCORE:
            own = select(scores.c.total).where(
                scores.c.call_id == facts.c.call_id, scores.c.current, score_is_shown(sight, scores)
            )
            return Order(value=own.limit(1).correlate(facts).scalar_subquery(), down=False)
