"""Dialogs that hand what is typed straight to a service."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from carehome.ui.kit import theme
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import scrolling

Deed = Callable[[dict[str, Any]], "partial[Any]"]
TITLE_BAR = 48  # and a little air around it
LOW = 84  # a line under its titles


class DeedDialog(FormDialog):
    """Asks for what a deed needs and has it done; what is refused is told inside.

    `deed` turns the values of the form into the call that is made in the background.
    `answered` goes out with what the call returned, then `accepted`. `draft` is the
    name under which what is half typed is kept.
    """

    answered = Signal(object)

    def __init__(
        self,
        title: str,
        form: Form,
        do: str,
        jobs: Jobs,
        deed: Deed,
        parent: QWidget,
        draft: str = "",
    ) -> None:
        super().__init__(title, form, do, parent, draft)
        self._jobs = jobs
        self._deed = deed
        self.chosen.connect(self._do)

    def _do(self, values: dict[str, Any]) -> None:
        self._jobs.run(self, self._end, self._deed(values), failed=self.refuse)

    def _end(self, answer: object) -> None:
        self.answered.emit(answer)
        self.finish()


def let_scroll(dialog: FormDialog, within: QWidget | None = None) -> None:
    """Let a form that is higher than the window scroll inside its dialog.

    `within` lies in the window that has the room, where that is not the parent's.
    """
    form, parent = dialog.form, within or dialog.parentWidget()
    assert parent, "a dialog stands over its page"
    for widget in (dialog, *dialog.findChildren(QWidget)):
        widget.ensurePolished()  # only then is it known how high it gets
    needed, wide = form.sizeHint().height(), form.sizeHint().width()
    rest = dialog.sizeHint().height() - needed + theme.px(TITLE_BAR)
    room = parent.window().height() - rest
    if needed > room:
        area = scrolling(form)
        area.setFixedHeight(room)
        area.setMinimumWidth(wide + theme.px(20))
        dialog.body.addWidget(area)
        form.focus()


def share_room(dialog: QDialog, parts: Mapping[QWidget, int]) -> None:
    """Give parts that scroll the heights they want, less of each in a low window."""
    parent, layout, low = dialog.parentWidget(), dialog.layout(), theme.px(LOW)
    assert parent, "a dialog stands over its page"
    assert layout, "dialogs lay out what is in them"
    for part in parts:
        part.setFixedHeight(low)  # a dialog grows by itself, but never shrinks
    for widget in (dialog, *dialog.findChildren(QWidget)):
        widget.ensurePolished()  # only then is it known how high it gets
    layout.invalidate()  # it remembers how high all was before
    layout.activate()
    needed = dialog.sizeHint().height() + theme.px(TITLE_BAR)
    spare = max(parent.window().height() - needed, 0)
    wishes = {part: theme.px(high) - low for part, high in parts.items()}
    wished = sum(wishes.values())
    for part, wish in wishes.items():
        part.setFixedHeight(low + wish * min(spare, wished) // wished)
