"""Reading a list of equipment from Excel into the ledger."""

from PySide6.QtCore import Qt

from carehome.i18n import _
from carehome.rules.equipment_roll import LABELS, columns
from carehome.services.safety.equipment_rolls import CheckedEquipment, EquipmentRolls
from carehome.ui.kit.buttons import button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.rolls.file_pane import FilePane
from carehome.ui.parts.rolls.reader import ListReader
from carehome.ui.parts.workbooks import save_workbook


class EquipmentReader(ListReader):
    """Leads from a file to pieces in the ledger; an undone deed takes them back."""

    def __init__(self, rolls: EquipmentRolls, jobs: Jobs) -> None:
        self.template = button(_("Save an empty sheet to fill in"), "save")
        words = _("Drag the Excel file with your equipment here")
        file = FilePane(words, None, self.template)
        title = _("Read in a list of equipment")
        super().__init__(title, rolls, columns, LABELS, file, jobs)
        self._rolls = rolls
        layout = file.layout()
        assert layout, "the pane lays out what is in it"
        layout.setAlignment(self.template, Qt.AlignmentFlag.AlignHCenter)
        self.template.clicked.connect(self._save_template)

    def say_skipped(self) -> str:
        return _("No equipment stands in this row.")

    def say_deed(self, checked: CheckedEquipment) -> str:
        text = _("Read in {count} {count:piece|pieces}")
        return text.format(count=checked.roll.pieces)

    def say_done(self, checked: CheckedEquipment) -> str:
        text = _("{count} {count:piece was|pieces were} read into the ledger.")
        return text.format(count=checked.roll.pieces)

    def _save_template(self) -> None:
        name = _("List of equipment.xlsx")
        save_workbook(self, self.jobs, name, self._rolls.write_template)
