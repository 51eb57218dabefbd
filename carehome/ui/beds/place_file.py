"""The file of one place: its form, what is refused of it, and how it goes away."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.ui.beds.sheets import Sheet
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.jobs import Jobs


class PlaceFile(QWidget):
    """Changes one place, removes it, or asks for more within it.

    What is half typed is kept.
    `told` says what was done, `add_wanted` goes out when something shall be added.
    """

    told = Signal(str)
    add_wanted = Signal()

    def __init__(self, sheet: Sheet, jobs: Jobs) -> None:
        super().__init__()
        self.sheet = sheet
        self._jobs = jobs
        self._before = sheet.form.values()
        self.form = sheet.form
        self.error = QLabel()
        self.reason = QLabel()
        self.save = button(_("Save"), kind="primary")
        self.remove = button(_("Remove"), "remove")
        self.add = button(sheet.adds, "plus")
        self.draft = Draft(self.form, self)
        self._arrange()
        self.draft.begin(sheet.draft)

        self.form.changed.connect(self._judge)
        self.form.submitted.connect(self._save)
        self.save.clicked.connect(self.form.submit)
        self.remove.clicked.connect(self._ask_to_remove)
        self.add.clicked.connect(self.add_wanted)
        self._judge()

    @property
    def is_dirty(self) -> bool:
        """Say whether something was typed that is not saved."""
        return self.form.values() != self._before

    def _judge(self) -> None:
        """Say why it cannot be saved, if so."""
        reason = self.form.reason() if self.is_dirty else _("Nothing is changed.")
        self.reason.setText(reason)
        self.save.setEnabled(not reason)
        self.error.hide()

    def _save(self, values: dict[str, Any]) -> None:
        if not self.is_dirty:
            return
        self.save.setEnabled(False)
        change = self.sheet.change(values)
        self._jobs.run(self, self._saved, change, failed=self._refuse)

    def _saved(self, _answer: object) -> None:
        self._before = self.form.values()
        self.draft.end()
        self.draft.begin(self.sheet.draft)
        self._judge()
        self.told.emit(_("Saved."))

    def _ask_to_remove(self) -> None:
        dialogs.confirm(
            self,
            _("Remove “{place}”?").format(place=self.sheet.title),
            [_("Only what is empty and was never used can be removed.")],
            _("Remove"),
            self._remove,
            "danger",
        )

    def _remove(self) -> None:
        self._jobs.run(self, self._removed, self.sheet.remove, failed=self._refuse)

    def _removed(self, _answer: object) -> None:
        self.told.emit(_("“{place}” was removed.").format(place=self.sheet.title))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        self._judge()
        if not self.form.tell(error):
            self.error.setText(error.message)
            self.error.show()

    def _arrange(self) -> None:
        title = QLabel(self.sheet.title)
        for label, kind in (
            (title, "title"),
            (self.error, "banner"),
            (self.reason, "hint"),
        ):
            label.setWordWrap(True)
            theme.mark(label, kind)
        self.error.hide()
        self.add.setVisible(bool(self.sheet.adds))
        foot = QHBoxLayout()
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.save)
        deeds = QHBoxLayout()
        deeds.addWidget(self.add)
        deeds.addWidget(self.remove)
        deeds.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(title)
        column.addWidget(self.draft.note)
        column.addWidget(self.form)
        column.addWidget(self.error)
        column.addLayout(foot)
        column.addSpacing(theme.px(8))
        column.addLayout(deeds)
        column.addStretch()
