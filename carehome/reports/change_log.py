"""The change log as a workbook: who changed what, when, from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from carehome.i18n import _
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Column, Kind, Table
from carehome.reports.workbook import write_workbook


@dataclass(frozen=True, slots=True)
class ChangeText:
    """One change in words that people know."""

    at: datetime
    who: str
    deed: str
    subject: str
    before: str = ""
    after: str = ""


def write_change_log(
    path: Path, changes: Iterable[ChangeText], span: str, home: Letterhead
) -> None:
    """Write changes as they come, however many; `span` says which were asked for."""
    table = Table(
        title=_("Change log"),
        notes=(span,),
        columns=(
            Column(_("When"), 18, Kind.MOMENT),
            Column(_("Who"), 14),
            Column(_("Action"), 22),
            Column(_("Changed record"), 26),
            Column(_("Before"), 44),
            Column(_("After"), 44),
        ),
        rows=(
            (each.at, each.who, each.deed, each.subject, each.before, each.after)
            for each in changes
        ),
    )
    write_workbook(path, table, home)
