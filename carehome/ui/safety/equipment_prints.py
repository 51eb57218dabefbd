"""What is printed of equipment: which labels on which sheet, which list."""

from typing import Any

from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.rules.safety.labels import SHEETS, LabelSheet, StartOutside, check_start
from carehome.services.safety.equipment_papers import (
    MOST_AHEAD,
    Ahead,
    AheadOutside,
    EquipmentPapers,
)
from carehome.services.safety.ledger import Ledger
from carehome.ui.kit.buttons import button
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import ChoiceField, NumberField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.workbooks import save_workbook

LEDGER, DUES = "ledger", "dues"


class LabelsDialog(FormDialog):
    """Asks for the sheet of labels, and where on it to begin."""

    def __init__(self, hand: Hand, ids: tuple[int, ...], parent: QWidget) -> None:
        title = _("Labels of {count} {count:piece|pieces}").format(count=len(ids))
        form = _labels_form()
        do = _("Look and print")
        super().__init__(title, form, do, parent, "equipment-labels")
        self._hand, self._page = hand, parent
        self._ids = ids
        self.chosen.connect(self._draw)

    def _draw(self, values: dict[str, Any]) -> None:
        sheet, start = values["sheet"], values["start"]
        try:
            check_start(SHEETS[sheet], start)
        except StartOutside as error:
            self.refuse(error)
            return
        title = _("Labels of equipment")
        paper = PaperDialog(title, f"{title}.pdf", self._hand.jobs, self._page)
        write = self._hand.service(EquipmentPapers).write_labels
        paper.draw(write, self._ids, sheet, start)
        self.finish()


class PrintDialog(FormDialog):
    """Asks which list is wanted, on paper or as a workbook."""

    def __init__(self, hand: Hand, ledger: Ledger, parent: QWidget) -> None:
        form = _print_form(ledger)
        title, do = _("Print equipment"), _("Look and print")
        super().__init__(title, form, do, parent, "equipment-print")
        self._hand, self._page = hand, parent
        self._papers = hand.service(EquipmentPapers)
        self.save = button(_("Save as a workbook"), "save")
        self.save.setAutoDefault(False)
        self.foot.insertWidget(2, self.save)
        self.chosen.connect(self._draw)
        self.save.clicked.connect(self._save)
        form.fields["what"].changed.connect(self._follow)
        form.changed.connect(self._allow)
        self._follow()

    def _follow(self) -> None:
        """Ask how far ahead only where that is what is listed."""
        wants_dues = self.form.fields["what"].value() == DUES
        for name in ("months", "contract_id"):
            self.form.show_field(name, wants_dues)

    def _allow(self) -> None:
        self.save.setEnabled(not self.form.reason())

    def _draw(self, values: dict[str, Any]) -> None:
        title = _title(values)
        paper = PaperDialog(title, f"{title}.pdf", self._hand.jobs, self._page)
        if values["what"] == DUES:
            paper.draw(self._papers.write_dues, _ahead(values))
        else:
            paper.draw(self._papers.write_ledger)
        self.finish()

    def _save(self) -> None:
        values = self.form.values()
        dues = values["what"] == DUES
        write = self._papers.save_dues if dues else self._papers.save_ledger
        told = (_ahead(values),) if dues else ()
        name = f"{_title(values)}.xlsx"
        save_workbook(self._page, self._hand.jobs, name, write, *told)
        self.finish()


def say_sheet(sheet: LabelSheet) -> str:
    """Say what a sheet of labels is like."""
    if sheet.is_cut:
        text = _("Plain paper, cut along the lines: {count} of {wide} × {high} mm")
    else:
        text = _("Sheet with {count} labels of {wide} × {high} mm")
    return text.format(
        count=sheet.count, wide=f"{sheet.wide:g}", high=f"{sheet.high:g}"
    )


def _labels_form() -> Form:
    form = Form()
    offered = {code: say_sheet(sheet) for code, sheet in SHEETS.items()}
    form.add("sheet", ChoiceField(_("Sheet of labels"), offered))
    hint = _("For a sheet that was begun: count from the upper left.")
    start = NumberField(_("Begin at label"), hint=hint)
    form.add("start", start, blame=(StartOutside,))
    form.set_values({"sheet": next(iter(SHEETS)), "start": 1})
    return form


def _print_form(ledger: Ledger) -> Form:
    form = Form()
    lists = {LEDGER: _("Ledger of equipment"), DUES: _("What is due, month by month")}
    form.add("what", PickField(_("List"), lists))
    hint = _("What is overdue is always listed.")
    months = NumberField(_("Months ahead"), hint=hint, check=_check_months)
    form.add("months", months, blame=(AheadOutside,))
    used = {line.kind.contract_id for line in ledger.lines}
    firms = {
        number: f"{contract.firm} {contract.number}".strip()
        for number, contract in ledger.contracts.items()
        if number in used
    }
    everyone = _("All firms")
    firm = ChoiceField(_("Service firm"), firms, needed=False, empty=everyone)
    form.add("contract_id", firm)
    form.set_values({"what": LEDGER, "months": 3})
    return form


def _check_months(months: int) -> None:
    if not 1 <= months <= MOST_AHEAD:
        raise AheadOutside(most=MOST_AHEAD)


def _ahead(values: dict[str, Any]) -> Ahead:
    return Ahead(values["months"], values["contract_id"] or 0)


def _title(values: dict[str, Any]) -> str:
    if values["what"] == DUES:
        return _("Equipment to be serviced or scrapped")
    return _("Ledger of equipment")
