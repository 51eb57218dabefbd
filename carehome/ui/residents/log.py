"""What was done with a resident's records: who, when, what before and after."""

from carehome.i18n import N_, _
from carehome.services.change_log import LogEntry
from carehome.services.residents import ResidentFile
from carehome.ui.kit import table
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.care import Lists
from carehome.ui.residents.tab import Leaf


def changes(entry: LogEntry) -> str:
    """Say in one line what changed."""
    return _("; ").join(
        _("{name}: {before} → {after}").format(
            name=change.name, before=change.before, after=change.after
        )
        if change.before
        else _("{name}: {after}").format(name=change.name, after=change.after)
        for change in entry.changes
    )


ENTRIES: tuple[Column[LogEntry], ...] = (
    table.moment(N_("When"), lambda e: e.at),
    Column(N_("Who"), lambda e: e.actor),
    Column(N_("What"), lambda e: e.deed, bold=True),
    Column(N_("Changes"), changes, stretch=True, tip=changes),
)


class Log(Leaf):
    """The last changes to what is known of a resident, newest first."""

    entries: TableView[LogEntry]

    def refresh(self, file: ResidentFile, lists: Lists) -> None:
        """Read the log; the leaf is made of nothing but its list."""
        if not self.body.count():
            self.entries = TableView(
                TableModel(ENTRIES, lambda e: e.change_id),
                "resident.log",
                N_("Change log"),
            )
            self.add_list(self.entries)
        read = self.services.change_log.of_resident
        self.jobs.run_last(self, self.entries.table.set_rows, read, file.resident_id)
