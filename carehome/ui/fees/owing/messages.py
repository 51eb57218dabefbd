"""Messages to families, one after the other: copied here, sent from a telephone."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QWidget

from carehome.i18n import _
from carehome.rules.reminders import Way
from carehome.services.arrears import Owing, Reminders
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.jobs import Jobs

WIDE, LINES = 620, 8


class MessagesDialog(AskDialog):
    """Shows one text after the other; copying one notes that it goes out."""

    def __init__(
        self,
        reminders: Reminders,
        jobs: Jobs,
        families: Sequence[Owing],
        parent: QWidget,
    ) -> None:
        title = _("Messages to families")
        super().__init__(title, _("Copy and note as sent"), parent)
        self._reminders = reminders
        self._jobs = jobs
        self._families = families
        self._at = 0
        self.sent: list[int] = []
        self.place = QLabel()
        self.name = QLabel()
        self.phone = QLabel()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Message"))
        self.text.setFixedHeight(theme.px(22 * LINES))
        self.next = button(_("Next family"), "right", "Ctrl+N")
        self.cancel.setText(_("Close"))
        for widget, kind in (
            (self.place, "note"),
            (self.name, "heading"),
            (self.phone, "strong"),
        ):
            theme.mark(widget, kind)
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        for label in (self.name, self.phone):
            head.addWidget(label)
        head.addStretch()
        head.addWidget(self.place)
        self.body.addLayout(head)
        self.body.addWidget(self.text)
        self.foot.insertWidget(2, self.next)
        self.setMinimumWidth(theme.px(WIDE))

        self.asked.connect(self._note)
        self.next.clicked.connect(self._go_on)
        self._read()

    @property
    def family(self) -> Owing:
        """The family that is written to."""
        return self._families[self._at]

    def _read(self) -> None:
        each = self.family
        self.name.setText(each.contact or each.resident)
        self.phone.setText(each.phone)
        text = _("{name}, {number} of {count}")
        self.place.setText(
            text.format(
                name=each.resident, number=self._at + 1, count=len(self._families)
            )
        )
        self.text.clear()
        self.next.setEnabled(self._at + 1 < len(self._families))
        self.set_reason(_("The text is on its way."))
        read = self._reminders.message
        self._jobs.run(self, self._show, read, each.resident_id, failed=self.refuse)

    def _show(self, text: str) -> None:
        self.text.setPlainText(text)
        self.set_reason("")
        self.primary.setFocus()

    def _note(self) -> None:
        who = self.family.resident_id
        if who in self.sent:  # copied once more: it was noted at the first time
            self._copy()
            return
        remind = self._reminders.remind
        values = ([who], Way.MESSAGE, True)
        self._jobs.run(self, self._noted, remind, *values, failed=self.refuse)

    def _noted(self, _made: list[int]) -> None:
        self.sent.append(self.family.resident_id)
        self._copy()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.reason.setText(_("Copied. Paste it into the message and send it."))
        self.primary.setEnabled(True)
        (self.next if self.next.isEnabled() else self.cancel).setFocus()

    def _go_on(self) -> None:
        self._at += 1
        self._read()
