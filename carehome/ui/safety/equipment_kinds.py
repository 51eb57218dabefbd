"""The kinds of equipment with their intervals, which the home may change."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.safety.equipment import SURENESS_NAMES, Kind
from carehome.services.safety.equipment import Equipment
from carehome.services.safety.ledger import Ledger
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.shortcuts import offer_help
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog, let_scroll
from carehome.ui.parts.hand import Hand
from carehome.ui.safety import equipment_forms as forms
from carehome.ui.safety.equipment_words import say_months

COLUMNS: tuple[Column[Kind], ...] = (
    Column(N_("Mark"), lambda kind: kind.mark),
    Column(N_("Kind of equipment"), lambda kind: kind.name, bold=True),
    Column(N_("First service"), lambda kind: say_months(kind.first_months) or None),
    Column(N_("Then every"), lambda kind: say_months(kind.again_months) or None),
    Column(N_("Scrapped after"), lambda kind: say_months(kind.scrap_months) or None),
    Column(N_("How sure"), lambda kind: _(SURENESS_NAMES[kind.sureness])),
    Column(
        N_("Source"),
        lambda kind: kind.source or None,
        stretch=True,
        tip=lambda kind: kind.source,
    ),
)


class KindsDialog(QDialog):
    """Lists the kinds; Enter opens one."""

    def __init__(
        self, hand: Hand, service: Equipment, ledger: Ledger, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._hand = hand
        self._service = service
        self._ledger = ledger
        self.add = button(_("New kind"), "plus", "Alt+N")
        self.view = TableView(
            TableModel(COLUMNS, lambda kind: kind.kind_id),
            "safety.equipment.kinds",
            N_("Kinds of equipment"),
        )
        self.setWindowTitle(_("Kinds of equipment"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self)
        self.resize(theme.px(980), theme.px(520))
        note = QLabel(
            _(
                "Intervals and lives come from the standards as far as known; check "
                "them against the tag and the standard, and change what differs."
            )
        )
        note.setWordWrap(True)
        theme.mark(note, "note")
        row = QHBoxLayout()
        row.addWidget(note, 1)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (16, 12, 16, 16)))
        column.addLayout(row)
        column.addWidget(self.view, 1)
        self.view.table.set_rows(ledger.kinds)
        self.view.setFocus()

        self.view.opened.connect(self.ask_kind)
        self.add.clicked.connect(self.ask_new)

    def ask_new(self) -> None:
        """Ask for a kind of the home's own."""
        self.ask_kind(Kind("", ""))

    def ask_kind(self, kind: Kind) -> None:
        """Ask what is to be changed about a kind."""
        contracts = {
            number: f"{contract.firm} {contract.number}".strip()
            for number, contract in self._ledger.contracts.items()
        }
        form = forms.kind(kind, contracts)

        def deed(values: dict[str, Any]) -> "partial[Any]":
            told = dict(values)
            told["source"] = told["source"] or ""
            sure = kind.sureness
            new = Kind(**told, sureness=sure, kind_id=kind.kind_id)
            return partial(self._service.save_kind, new)

        title = kind.name or _("New kind")
        draft = f"equipment-kind:{kind.kind_id}"
        jobs = self._hand.jobs
        dialog = DeedDialog(title, form, _("Save"), jobs, deed, self, draft)
        let_scroll(dialog)
        dialog.accepted.connect(self._read)
        dialog.open()

    def _read(self) -> None:
        self._hand.jobs.run(self, self._show, self._service.ledger)

    def _show(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.view.table.set_rows(ledger.kinds)
