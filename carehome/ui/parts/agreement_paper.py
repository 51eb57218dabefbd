"""The text of an agreement on the screen: drawn up, looked at, saved as a document."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.services.agreements import Agreements, Missing
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.workbooks import say_saved


class AgreementDesk:
    """Draws up and shows the texts of agreements for one screen."""

    def __init__(self, agreements: Agreements, jobs: Jobs, screen: QWidget) -> None:
        self._agreements = agreements
        self._jobs = jobs
        self._screen = screen

    def draw_up(self, agreement_id: int) -> None:
        """Say what the text would leave open, draw it up, and show it."""
        ask = partial(self._ask, agreement_id)
        missing = self._agreements.missing
        self._jobs.run(self._screen, ask, missing, agreement_id, failed=self._tell)

    def show(self, agreement_id: int, number: str) -> None:
        """Show the text as it is printed."""
        title = _("Service agreement {number}").format(number=number)
        window = PaperDialog(title, f"{title}.pdf", self._jobs, self._screen)
        window.draw(self._agreements.write_paper, agreement_id)

    def ask_where(self, agreement_id: int, number: str) -> QFileDialog:
        """Ask where to save the text as a Word document."""
        title = _("Service agreement {number}").format(number=number)
        kinds = _("Word documents (*.docx)")
        dialog = QFileDialog(self._screen, _("Save as"), f"{title}.docx", kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("docx")
        dialog.fileSelected.connect(partial(self._save, agreement_id))
        dialog.open()
        return dialog

    def _ask(self, agreement_id: int, missing: list[Missing]) -> None:
        if not missing:
            self._draw(agreement_id)
            return
        title = _("Some lines stay open")
        dialog = AskDialog(title, _("Draw up anyway"), self._screen)
        told = QLabel(
            _(
                "The file does not hold this. It is printed as a line to fill in by "
                "hand; or cancel, add it, and draw up then."
            )
        )
        told.setWordWrap(True)
        theme.mark(told, "note")
        dialog.body.addWidget(told)
        dialog.body.addWidget(Facts([Fact(each.name, each.advice) for each in missing]))
        dialog.asked.connect(partial(self._draw, agreement_id, dialog))
        dialog.open()

    def _draw(self, agreement_id: int, dialog: AskDialog | None = None) -> None:
        self._jobs.run(
            dialog or self._screen,
            partial(self._drawn, agreement_id, dialog),
            self._agreements.draw_up,
            agreement_id,
            failed=dialog.refuse if dialog else self._tell,
        )

    def _drawn(self, agreement_id: int, dialog: AskDialog | None, number: str) -> None:
        if dialog is not None:
            dialog.finish()
        self.show(agreement_id, number)

    def _save(self, agreement_id: int, file: str) -> None:
        self._jobs.run(
            self._screen,
            partial(say_saved, self._screen, Path(file)),
            self._agreements.write_word,
            agreement_id,
            Path(file),
            failed=self._tell,
        )

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self._screen, error)
