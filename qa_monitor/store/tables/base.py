"""What all tables share: the naming of constraints, and the run of numbers they belong to."""

from enum import StrEnum

from sqlalchemy import DDL, CheckConstraint, Column, Integer, MetaData, String, Table, event


def one_of(column: str, choices: type[StrEnum]) -> CheckConstraint:
    """The column holds one of these words, or nothing where nothing is allowed."""
    words = ", ".join(f"'{choice.value}'" for choice in choices)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

generations = Table(
    "generations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("generation", String, nullable=False),
    CheckConstraint("id = 1", name="single"),
)


def keep_to(table: Table, *triggers: str) -> None:
    """Have SQLite make these triggers with the table."""
    for trigger in triggers:
        # the library gives DDL no types
        statement = DDL(trigger)  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", statement.execute_if(dialect="sqlite"))
