"""What rolls of residents and of staff have in common, as far as panes show it."""

from collections.abc import Sequence
from typing import Any, Protocol

from carehome.rules.sheets import Sheet


class Finding(Protocol):
    """Something that is wrong with a cell, or only noted."""

    @property
    def column(self) -> int | None: ...

    @property
    def message(self) -> str: ...


class Row(Protocol):
    """Somebody whom a sheet names."""

    @property
    def sheet_row(self) -> int: ...

    @property
    def last_row(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def faults(self) -> Sequence[Finding]: ...

    @property
    def notes(self) -> Sequence[Finding]: ...


class Heading(Protocol):
    """The rows of titles, and what each column tells."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...

    @property
    def titles(self) -> Sequence[str]: ...

    @property
    def fields(self) -> Sequence[Any]: ...

    @property
    def missing(self) -> Sequence[Any]: ...


class Roll(Protocol):
    """A sheet that was read: who stands in it."""

    @property
    def sheet(self) -> Sheet: ...

    @property
    def heading(self) -> Heading: ...

    @property
    def rows(self) -> Sequence[Row]: ...

    @property
    def good(self) -> Sequence[Row]: ...

    @property
    def rejected(self) -> Sequence[Row]: ...


class Draft(Protocol):
    """A file on its way in: its sheets, the chosen one, and where its titles are."""

    @property
    def sheets(self) -> Sequence[Sheet]: ...

    @property
    def sheet(self) -> Sheet: ...

    @property
    def heading(self) -> Heading | None: ...
