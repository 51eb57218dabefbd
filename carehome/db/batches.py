"""Inserting thousands of rows at the speed of the driver."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert

from carehome.db.base import Base


def insert_batch(
    connection: Connection, kind: type[Base], rows: Sequence[dict[str, Any]]
) -> None:
    """Insert rows that all name the same columns, at least one.

    SQLAlchemy writes the statement and says how each column is stored; going through
    it once for each row as well would take as long as the database does.
    """
    dialect, columns = connection.dialect, kind.__table__.c
    compiled = insert(kind).compile(dialect=dialect, column_keys=list(rows[0]))
    names: Sequence[str] = compiled.positiontup or ()
    stored = [
        columns[name].type.dialect_impl(dialect).bind_processor(dialect)
        for name in names
    ]
    batch = [
        tuple(
            store(row[name]) if store else row[name]
            for name, store in zip(names, stored, strict=True)
        )
        for row in rows
    ]
    connection.exec_driver_sql(str(compiled), batch)
