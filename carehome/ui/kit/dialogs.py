"""Dialogs in the house look: they ask, confirm or tell, and are opened, never run."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from carehome.errors import CareHomeError, Refusal
from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.forms import Form
from carehome.ui.kit.shortcuts import offer_help

LEAST = 440


class AskDialog(QDialog):
    """A title, a body, and at the foot the deed and the way out.

    `asked` goes out when the person wants the deed. The dialog then waits: whoever
    does the deed calls `finish`, or `refuse` with what went wrong.
    """

    asked = Signal()

    def __init__(
        self, title: str, do: str, parent: QWidget | None, look: str = "primary"
    ) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout()
        self.primary = QPushButton(do)
        self.cancel = QPushButton(_("Cancel"))
        self.reason = QLabel()
        self.error = QLabel()
        self._reason = ""
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(title)
        heading.setWordWrap(True)
        for widget, kind in (
            (heading, "title"),
            (self.primary, look),
            (self.reason, "hint"),
            (self.error, "banner"),
        ):
            theme.mark(widget, kind)
        for button in (self.primary, self.cancel):
            button.setAutoDefault(False)
        self.reason.setWordWrap(True)
        self.error.setWordWrap(True)
        self.error.hide()

        self.foot = QHBoxLayout()
        self.foot.setSpacing(theme.px(8))
        self.foot.addWidget(self.reason, 1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.primary)
        self.body.setSpacing(theme.px(12))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (24, 20, 24, 20)))
        column.setSpacing(theme.px(16))
        column.addWidget(heading)
        column.addLayout(self.body)
        column.addWidget(self.error)
        column.addStretch()
        column.addLayout(self.foot)

        self.cancel.clicked.connect(self.reject)
        self.primary.clicked.connect(self.ask)
        offer_help(self)

    def set_reason(self, text: str) -> None:
        """Say why the deed cannot be done yet; an empty text lets it be done."""
        self._reason = text
        self.reason.setText(text)
        self.primary.setEnabled(not text)

    def ask(self) -> None:
        """Ask for the deed, once, and wait for how it went."""
        self.error.hide()
        self.primary.setEnabled(False)
        self.asked.emit()

    def finish(self, _answer: object = None) -> None:
        """Close: the deed is done."""
        self.accept()

    def refuse(self, error: Exception) -> None:
        """Tell what went wrong and let the person try again; a bug is raised."""
        if not isinstance(error, CareHomeError):
            self.reject()
            raise error
        self.error.setText(error.message)
        self.error.show()
        self.primary.setEnabled(not self._reason)

    def event(self, event: QEvent) -> bool:
        """Grow with what is inside, such as an error that comes up."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Show}:
            least = self._column.totalMinimumSize()
            wide = max(self.width(), least.width(), theme.px(LEAST))
            high = max(self._column.totalHeightForWidth(wide), least.height())
            self.resize(wide, max(self.height(), high))
            self._stay_in_sight()
        return super().event(event)

    def _stay_in_sight(self) -> None:
        """Move up where the foot would come to lie below the screen."""
        screen, frame = self.screen().availableGeometry(), self.frameGeometry()
        below = frame.bottom() - screen.bottom()
        if self.isVisible() and below > 0:
            self.move(frame.x(), max(frame.y() - below, screen.y()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focus = self.focusWidget()
            pressed = focus if isinstance(focus, QPushButton) else self.primary
            pressed.click()
        else:
            super().keyPressEvent(event)


class FormDialog(AskDialog):
    """Asks for what a form holds; `chosen` carries the values.

    Under the name `draft` what is typed is kept until it is saved: Cancel asks nothing,
    and whoever opens the dialog again finds it filled in.
    """

    chosen = Signal(dict)

    def __init__(
        self,
        title: str,
        form: Form,
        do: str,
        parent: QWidget | None,
        draft: str = "",
    ) -> None:
        super().__init__(title, do, parent)
        self.form = form
        self.draft = Draft(form, self)
        self._draft_name = draft
        self.body.addWidget(self.draft.note)
        self.body.addWidget(form)
        form.changed.connect(self._judge)
        form.submitted.connect(self._choose)
        self._judge()
        form.focus()

    def ask(self) -> None:
        self.form.submit()

    def finish(self, _answer: object = None) -> None:
        self.draft.end()
        super().finish()

    def refuse(self, error: Exception) -> None:
        """Tell a refusal beside the field that it is about, anything else below."""
        if self.form.tell(error):
            self._judge()
        else:
            super().refuse(error)

    def showEvent(self, event: QShowEvent) -> None:
        if self._draft_name:
            self.draft.begin(self._draft_name)
            self._draft_name = ""
        super().showEvent(event)

    def _choose(self, values: dict[str, Any]) -> None:
        super().ask()
        self.chosen.emit(values)

    def _judge(self) -> None:
        self.set_reason(self.form.reason())


class ConfirmDialog(AskDialog):
    """Names a deed and what follows from it, and asks whether to do it."""

    def __init__(
        self,
        title: str,
        consequences: Sequence[str],
        do: str,
        parent: QWidget | None,
        look: str = "primary",
    ) -> None:
        super().__init__(title, do, parent, look)
        for consequence in consequences:
            self.body.addLayout(_point(consequence))
        self.asked.connect(self.accept)
        careful = look == "danger"
        (self.cancel if careful else self.primary).setFocus()


class MessageDialog(AskDialog):
    """Tells what happened in its title and what to do below."""

    def __init__(self, title: str, text: str, parent: QWidget | None) -> None:
        super().__init__(title, _("OK"), parent)
        self.text = QLabel(text)
        self.text.setWordWrap(True)
        flags = Qt.TextInteractionFlag
        self.text.setTextInteractionFlags(flags.TextSelectableByMouse)
        self.body.addWidget(self.text)
        self.cancel.hide()
        self.asked.connect(self.accept)
        self.primary.setFocus()


class CrashDialog(AskDialog):
    """Tells that the program made a mistake, with a report to pass on."""

    def __init__(self, report: str, parent: QWidget | None) -> None:
        super().__init__(_("The program made a mistake"), _("Close"), parent)
        text = QLabel(
            _(
                "What you did last was not saved; everything before it is. You can go "
                "on working. If it happens again, copy this report and send it to the "
                "people who look after the program. It holds no residents' data."
            )
        )
        text.setWordWrap(True)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Report"))
        self.report.setMinimumSize(theme.px(560), theme.px(200))
        self.copy = QPushButton(_("Copy report"))
        self.copy.setAutoDefault(False)
        self.body.addWidget(text)
        self.body.addWidget(self.report)
        self.foot.insertWidget(1, self.copy)
        self.cancel.hide()
        self.copy.clicked.connect(self._copy)
        self.asked.connect(self.accept)
        self.primary.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText(_("Copied"))


def confirm(
    parent: QWidget,
    title: str,
    consequences: Sequence[str],
    do: str,
    then: Callable[[], object],
    look: str = "primary",
) -> ConfirmDialog:
    """Ask before a deed; `then` is called if the person wants it."""
    dialog = ConfirmDialog(title, consequences, do, parent, look)
    dialog.accepted.connect(then)
    dialog.open()
    return dialog


def say(parent: QWidget | None, title: str, text: str) -> MessageDialog:
    """Tell something that needs no answer."""
    dialog = MessageDialog(title, text, parent)
    dialog.open()
    return dialog


def tell(parent: QWidget | None, error: CareHomeError) -> MessageDialog:
    """Tell a failure that nobody handled closer to where it arose."""
    refused = isinstance(error, Refusal)
    title = _("This cannot be done") if refused else _("Something is in the way")
    return say(parent, title, error.message)


def _point(text: str) -> QHBoxLayout:
    """Lay out one line of a list of consequences."""
    dot, line = QLabel("•"), QLabel(text)
    line.setWordWrap(True)
    theme.mark(dot, "note")
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    row.addWidget(dot, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(line, 1)
    return row
