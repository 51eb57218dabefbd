"""What the start screens share: one question, one deed, and room for what is wrong."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from carehome.errors import CareHomeError, Refusal
from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.field import ENTER
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import scrolling

WIDE = 500


class Screen(QWidget):
    """A title, a form, the deed at the foot with ways to other screens beside it.

    `blame` names the field beside which a Refusal is told; Trouble of the computer
    gets a banner of its own, with a way to the folder it is about.
    """

    blame = ""

    def __init__(self, title: str, note: str, do: str, jobs: Jobs) -> None:
        super().__init__()
        self.title = QLabel(title)
        self.note = QLabel(note)
        self.form = Form()
        self.body = QVBoxLayout()
        self.done = QLabel()
        self.trouble = QLabel()
        self.folder_link = button(_("Open the folder"), kind="words")
        self.reason = QLabel()
        self.primary = button(do, kind="primary")
        self._foot = [self.primary]
        self._do = do
        self._jobs = jobs
        self.folder: Path | None = None
        for widget, kind in (
            (self.title, "screen_title"),
            (self.note, "note"),
            (self.done, "banner_ok"),
            (self.trouble, "banner"),
            (self.reason, "hint"),
        ):
            theme.mark(widget, kind)
            widget.setWordWrap(True)
        if not note:
            self.note.hide()
        self.trouble.setTextFormat(Qt.TextFormat.RichText)
        for hidden in (self.done, self.trouble, self.folder_link):
            hidden.hide()

        self.links = QHBoxLayout()
        self.links.setSpacing(theme.px(20))
        self._lay_out()

        self.form.submitted.connect(self.submit)
        self.primary.clicked.connect(self.form.submit)
        self.folder_link.clicked.connect(self._open_folder)

    def submit(self, values: dict[str, Any]) -> None:
        """Do the deed with what the form holds."""
        raise NotImplementedError

    def wait(self, text: str) -> None:
        """Show that the deed is under way."""
        for banner in (self.done, self.trouble, self.folder_link):
            banner.hide()
        self.form.set_errors(dict.fromkeys(self.form.fields, ""))
        self.primary.setText(text)
        self.primary.setEnabled(False)
        self.form.setEnabled(False)

    def ready(self) -> None:
        """Let the person act again."""
        self.primary.setText(self._do)
        self.primary.setEnabled(True)
        self.form.setEnabled(True)

    def refuse(self, error: Exception) -> None:
        """Tell what went wrong and let the person try again; a bug is raised."""
        self.ready()
        if not isinstance(error, CareHomeError):
            raise error
        if isinstance(error, Refusal) and self.blame:
            self.form.set_errors({self.blame: error.message})
            return
        head = _("Something is in the way")
        self.trouble.setText(f"<b>{head}</b><br>{error.message}")
        self.trouble.show()
        self.folder_link.setVisible(bool(self.folder and self.folder.exists()))

    def tell(self, text: str) -> None:
        """Tell what was done a moment ago."""
        self.done.setText(text)
        self.done.setVisible(bool(text))

    def add_link(self, text: str) -> QPushButton:
        """Add a way to another screen."""
        link = button(text, kind="words")
        self.links.insertWidget(self.links.count() - 1, link)
        self._foot.append(link)
        return link

    def start(self, values: Mapping[str, Any]) -> None:
        """Come up with some fields filled, the cursor in the first that is not."""
        self.form.set_values(values)
        for name, field in self.form.fields.items():
            if not values.get(name) and not field.isHidden():
                field.focus()
                return

    def focus(self) -> None:
        """Put the cursor where the person goes on."""
        self.form.focus()

    def judge(self) -> None:
        """Let the deed be done only when the form is filled; say what is missing."""
        reason = self.form.reason()
        self.reason.setText(reason)
        self.primary.setEnabled(not reason)

    def showEvent(self, event: QShowEvent) -> None:
        """Let Tab go from the last field to the deed, then to other screens."""
        for before, after in pairwise((self._end_of_form(), *self._foot)):
            self.setTabOrder(before, after)
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the cursor."""
        focus = self.focusWidget()
        if event.key() in ENTER and isinstance(focus, QPushButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def _end_of_form(self) -> QWidget:
        """Return what Tab reaches last in the form."""
        last: QWidget = self.form
        here = last.nextInFocusChain()
        while here and here is not self.form:
            last = here if self.form.isAncestorOf(here) else last
            here = here.nextInFocusChain()
        return last

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.primary)
        self.primary.setMinimumWidth(theme.px(120))
        self.links.addStretch()
        inner = QWidget()
        inner.setMaximumWidth(theme.px(WIDE))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addStretch(2)
        for widget in (self.title, self.note, self.done, self.trouble):
            column.addWidget(widget)
        at_left = Qt.AlignmentFlag.AlignLeft
        column.addWidget(self.folder_link, alignment=at_left)
        column.addLayout(self.body)
        column.addWidget(self.form)
        column.addLayout(foot)
        column.addLayout(self.links)
        column.addStretch(3)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(*map(theme.px, (40, 20, 40, 20)))
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(middle))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))
