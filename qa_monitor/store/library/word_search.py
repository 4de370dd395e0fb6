"""Adapter: which calls hold the words of a search, asked of SQLite's FTS5."""

import re
from collections.abc import Iterable

from sqlalchemy import Boolean, ColumnElement, Integer, Select, column, not_, or_, select, table, text

from qa_monitor.library.text_query import Term, TextQuery
from qa_monitor.store.tables import schema
from streams.records import Speaker

facts = schema.call_facts
index = table("call_words", column("rowid", Integer))
COLUMNS = {Speaker.AGENT: "agent", Speaker.CUSTOMER: "customer"}
_BARE = re.compile(r"[^bdfghjklmpqrstvwxz0-9]+")
"""All but the letters that have no accent in Latin-1."""
LIGATURES = (("oe", "œ"), ("ae", "æ"))
"""The index takes accents off, but leaves these as they are."""


def says(query: TextQuery) -> Iterable[ColumnElement[bool]]:
    """All that is wanted is said in the call, and nothing that is not."""
    if query.wanted:
        # as a sum, so that calls are gone through in the order of the list until a page is full: looking up each call
        # that says a common word, to sort them all, takes far longer than asking a few of each call whether it does
        yield (facts.c.number + 0).in_(holding(" AND ".join(map(written, query.wanted)), "wanted"))
    if query.unwanted:
        yield not_(facts.c.number.in_(holding(" OR ".join(map(written, query.unwanted)), "unwanted")))


def may_hold(said: ColumnElement[str], terms: Iterable[Term]) -> ColumnElement[bool]:
    """False for most texts that hold none of these words; never for one that does.

    Letters that may carry an accent stand for anything, and texts with signs beyond Latin-1 always pass: what they are
    without their marks SQLite does not know.
    """
    patterns = sorted({f"%{_BARE.sub('%', word)}%" for term in terms for word in term.words})
    return or_(said.op("GLOB", return_type=Boolean())("*[^ -\u00ff]*"), *(said.like(each) for each in patterns))


def holding(match: str, name: str) -> Select[int]:
    """The numbers of the calls that match."""
    return select(index.c.rowid).where(text(f"call_words MATCH :{name}").bindparams(**{name: match}))


def written(term: Term) -> str:
    """A term in the words of FTS5. Every word stands in quotes: nothing in it is read as anything else."""
    phrase = " ".join(term.words)
    spellings = {phrase}
    for apart, together in LIGATURES:
        spellings |= {one.replace(apart, together) for one in spellings}
    either = " OR ".join(f'"{one}"{" *" if term.prefix else ""}' for one in sorted(spellings))
    said_by = f"{COLUMNS[term.speaker]} : " if term.speaker in COLUMNS else ""
    return f"({said_by}({either}))"
