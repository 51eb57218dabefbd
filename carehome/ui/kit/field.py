"""What all fields of a form share: a name, an input, and room for what is wrong."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.ui.kit import theme

V = TypeVar("V")
Check = Callable[[Any], object]
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# The cursor is only away for a moment: a list or another window is open meanwhile.
PASSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class NotFilled(Refusal):
    """A field that must be filled is empty."""

    text = N_("Please fill in “{name}”.")


class Field(QWidget, Generic[V]):
    """One input with room below it for a hint or an error.

    `check` is a function that raises a Refusal when it does not accept a value.
    `judged` goes out when its error was set or taken away.
    """

    changed = Signal()
    entered = Signal()
    judged = Signal()

    def __init__(
        self,
        name: str,
        edit: QWidget,
        *,
        needed: bool = True,
        hint: str = "",
        check: Check | None = None,
    ) -> None:
        super().__init__()
        self.name = name
        self.input = edit
        self.message = QLabel(hint)
        self._needed = needed
        self._hint = hint
        self._check = check
        self._error = ""
        self._is_composing = False
        edit.setAccessibleName(name)
        edit.setMinimumHeight(theme.px(34))
        self.setFocusProxy(edit)
        self.message.setWordWrap(True)
        theme.mark(self.message, "hint")
        if not hint:
            self.message.hide()

        self._line = QHBoxLayout()
        self._line.setSpacing(theme.px(6))
        self._line.addWidget(edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        column.addLayout(self._line)
        column.addWidget(self.message)

        edit.installEventFilter(self)

    @property
    def caption(self) -> str:
        """The label beside the field; what must be filled bears a star."""
        if not self._needed:
            return self.name
        star = theme.colour("bad").name()
        return f'{self.name} <span style="color:{star}">*</span>'

    def read(self) -> V | None:
        """Understand what was typed; raises a Refusal when it cannot."""
        raise NotImplementedError

    def set_value(self, value: V | None) -> None:
        """Show `value` as if it had been typed."""
        raise NotImplementedError

    def raw(self) -> Any:
        """Return what stands there, right or wrong, as JSON can hold it."""
        raise NotImplementedError

    def set_raw(self, raw: Any) -> None:
        """Put back what `raw` returned."""
        self.set_value(raw)

    def value(self) -> V | None:
        """Return what the field holds; None when empty or not understood."""
        try:
            return self.read()
        except Refusal:
            return None

    def is_missing(self) -> bool:
        """Say whether the field must be filled and is empty."""
        try:
            return self._needed and self.read() is None
        except Refusal:
            return False

    def problem(self) -> str:
        """Say why what the field holds cannot be used; empty when it can."""
        try:
            value = self.read()
            if value is not None and self._check:
                self._check(value)
            if value is None and self._needed:
                raise NotFilled(name=self.name)
        except Refusal as refusal:
            return refusal.message
        return ""

    def set_needed(self, needed: bool) -> None:
        """Ask for the field or leave it free."""
        self._needed = needed
        self.changed.emit()

    @property
    def error(self) -> str:
        """The error that is shown beside the field."""
        return self._error

    def set_error(self, text: str) -> None:
        """Show `text` as an error, or the hint again when it is empty."""
        self._error = text
        self.message.setText(text or self._hint)
        self.message.setVisible(bool(text or self._hint))
        self.input.setAccessibleDescription(text)
        theme.mark(self.message, "error" if text else "hint")
        theme.mark(self.input, "wrong" if text else "")
        self.judged.emit()

    def set_hint(self, text: str) -> None:
        """Say something else below the field, unless an error stands there."""
        self._hint = text
        self.set_error(self._error)

    def focus(self) -> None:
        """Put the cursor here."""
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod:
            composed = cast(QInputMethodEvent, event).preeditString()
            self._is_composing = bool(composed)
        if kind == QEvent.Type.FocusOut and not _passes(event):
            self._left()
        if kind == QEvent.Type.KeyPress and self._may_submit(event):
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)

    def submits(self, event: QKeyEvent) -> bool:
        """Say whether a key means that the form is filled."""
        return event.key() in ENTER

    def _may_submit(self, event: QEvent) -> bool:
        """Say whether a key submits; while a sign is being composed none does."""
        return not self._is_composing and self.submits(cast(QKeyEvent, event))

    def _touched(self) -> None:
        """What was wrong may be right now: say nothing until the field is left."""
        if self._error:
            self.set_error("")
        self.changed.emit()

    def _rewrite(self, value: V) -> None:
        """Write what was typed as the lists do; what is wrong with it stays said."""
        error = self._error
        self.set_value(value)
        if error:
            self.set_error(error)

    def _left(self) -> None:
        """Tell a wrong value when the person goes on; an empty field can wait."""
        if not self.is_missing() and not self._error:
            self.set_error(self.problem())

    def check_now(self) -> bool:
        """Say whether the value can be used, and show beside the field why not."""
        self.set_error(self.problem())
        return not self._error


def _passes(event: QEvent) -> bool:
    """Say whether the cursor goes away only for a moment."""
    return cast(QFocusEvent, event).reason() in PASSING
