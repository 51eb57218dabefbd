"""The fields of a form: each reads one kind of value from what a person does."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from carehome import i18n
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules import money
from carehome.ui.kit import icons, theme
from carehome.ui.kit.choice import Choice

V = TypeVar("V")
Check = Callable[[Any], object]
SHORT, LONG = 60, 2000
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NotFilled(Refusal):
    """A field that must be filled is empty."""

    text = N_("Please fill in “{name}”.")


class NotANumber(Refusal):
    """The text is not a whole number."""

    text = N_("“{typed}” is not a whole number. Type it as 12.")


class Field(QWidget, Generic[V]):
    """One input with room below it for a hint or an error.

    `check` is a function that raises a Refusal when it does not accept a value.
    """

    changed = Signal()
    entered = Signal()

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
        edit.setAccessibleName(name)
        edit.setMinimumHeight(theme.px(34))
        self.setFocusProxy(edit)
        self.message.setWordWrap(True)
        theme.mark(self.message, "hint")
        self.message.setVisible(bool(hint))

        self._line = QHBoxLayout()
        self._line.setSpacing(theme.px(6))
        self._line.addWidget(edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        column.addLayout(self._line)
        column.addWidget(self.message)
        column.addStretch()

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

    def focus(self) -> None:
        """Put the cursor here."""
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._left()
        if event.type() == QEvent.Type.KeyPress and self.submits(
            cast(QKeyEvent, event)
        ):
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)

    def submits(self, event: QKeyEvent) -> bool:
        """Say whether a key means that the form is filled."""
        return event.key() in ENTER

    def _touched(self) -> None:
        """What was wrong may be right now: say nothing until the field is left."""
        if self._error:
            self.set_error("")
        self.changed.emit()

    def _left(self) -> None:
        """Tell a wrong value when the person goes on; an empty field can wait."""
        if not self.is_missing() and not self._error:
            self.set_error(self.problem())


class TextField(Field[str]):
    """A line of text; blanks around it do not count."""

    input: QLineEdit

    def __init__(
        self,
        name: str,
        *,
        needed: bool = True,
        hint: str = "",
        check: Check | None = None,
        most: int = SHORT,
    ) -> None:
        super().__init__(name, QLineEdit(), needed=needed, hint=hint, check=check)
        self.input.setMaxLength(most)
        self.input.textChanged.connect(self._touched)

    def typed(self) -> str:
        """Return the text without the blanks around it."""
        return self.input.text().strip()

    def read(self) -> str | None:
        return self.typed() or None

    def set_value(self, value: str | None) -> None:
        self.input.setText(value or "")


class SecretField(TextField):
    """A password; the eye shows it for a look."""

    def __init__(
        self, name: str, *, hint: str = "", check: Check | None = None
    ) -> None:
        super().__init__(name, hint=hint, check=check, most=200)
        self.input.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = QAction(icons.icon("show"), _("Show"), self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self.input.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)

    def typed(self) -> str:
        return self.input.text()

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self.input.setEchoMode(mode.Normal if shown else mode.Password)
        self._eye.setIcon(icons.icon("hide" if shown else "show"))


class NumberField(Field[int]):
    """A whole number, typed plainly."""

    input: QLineEdit

    def __init__(
        self,
        name: str,
        *,
        needed: bool = True,
        hint: str = "",
        check: Check | None = None,
    ) -> None:
        super().__init__(name, QLineEdit(), needed=needed, hint=hint, check=check)
        self.input.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.input.textChanged.connect(self._touched)

    def read(self) -> int | None:
        typed = self.input.text().strip()
        if not typed:
            return None
        try:
            return int(typed)
        except ValueError as error:
            raise NotANumber(typed=typed) from error

    def set_value(self, value: int | None) -> None:
        self.input.setText("" if value is None else str(value))


class MoneyField(Field[int]):
    """An amount, typed plainly in yuan; its value is whole fen."""

    input: QLineEdit

    def __init__(
        self,
        name: str,
        *,
        needed: bool = True,
        hint: str = "",
        check: Check | None = None,
    ) -> None:
        super().__init__(name, QLineEdit(), needed=needed, hint=hint, check=check)
        self.input.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.input.setPlaceholderText("¥")
        self.input.textChanged.connect(self._touched)
        self.input.editingFinished.connect(self._tidy)

    def read(self) -> int | None:
        typed = self.input.text().strip()
        return money.read_amount(typed) if typed else None

    def set_value(self, value: int | None) -> None:
        shown = "" if value is None else i18n.show_money(value, sign=False)
        self.input.setText(shown)

    def _tidy(self) -> None:
        """Write the amount as the lists do, once it is typed."""
        if (fen := self.value()) is not None:
            self.set_value(fen)


class ChoiceField(Field[Any]):
    """One of some codes, each shown by its label; long lists can be searched."""

    input: Choice

    def __init__(
        self,
        name: str,
        choices: Mapping[Any, str],
        *,
        needed: bool = True,
        hint: str = "",
        check: Check | None = None,
    ) -> None:
        super().__init__(name, Choice(), needed=needed, hint=hint, check=check)
        self.set_choices(choices)
        self.input.chosen.connect(self._touched)

    def set_choices(self, choices: Mapping[Any, str]) -> None:
        """Offer other codes; the chosen one stays if it is still among them."""
        self.input.set_choices(choices, can_be_empty=not self._needed)

    def read(self) -> Any:
        return self.input.code()

    def set_value(self, value: Any) -> None:
        self.input.set_code(value)


class CheckField(Field[bool]):
    """A yes or no, told in a sentence beside a box."""

    input: QCheckBox

    def __init__(self, name: str, sentence: str, *, hint: str = "") -> None:
        super().__init__(name, QCheckBox(sentence), needed=False, hint=hint)
        self.input.toggled.connect(self._touched)

    def read(self) -> bool | None:
        return self.input.isChecked()

    def set_value(self, value: bool | None) -> None:
        self.input.setChecked(bool(value))


class NoteField(Field[str]):
    """Some lines of text; Ctrl+Enter submits."""

    input: QPlainTextEdit

    def __init__(
        self,
        name: str,
        *,
        needed: bool = False,
        hint: str = "",
        check: Check | None = None,
        lines: int = 3,
    ) -> None:
        super().__init__(name, QPlainTextEdit(), needed=needed, hint=hint, check=check)
        self.input.setTabChangesFocus(True)
        self.input.setFixedHeight(theme.px(22 * lines + 14))
        self.input.textChanged.connect(self._touched)

    def read(self) -> str | None:
        return self.input.toPlainText().strip()[:LONG] or None

    def set_value(self, value: str | None) -> None:
        self.input.setPlainText(value or "")

    def submits(self, event: QKeyEvent) -> bool:
        """Enter alone begins a new line."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return bool(held) and super().submits(event)


class IdField(TextField):
    """An identity number: typed openly, or shown masked until somebody asks.

    `asked` goes out when the person wants to see it; whoever answers (and logs the
    asking) gives the number to `set_value`.
    """

    asked = Signal()

    def __init__(
        self,
        name: str,
        *,
        needed: bool = True,
        hint: str = "",
        check: Check | None = None,
    ) -> None:
        super().__init__(name, needed=needed, hint=hint, check=check, most=24)
        self.show_button = QPushButton(_("Show"))
        self.show_button.hide()
        self._line.addWidget(self.show_button)
        self.show_button.clicked.connect(self.asked)

    def set_masked(self, text: str) -> None:
        """Show `text`, such as 1101**********1234, in place of the number."""
        self.input.setText(text)
        self.input.setReadOnly(True)
        self.show_button.show()

    def set_value(self, value: str | None) -> None:
        self.input.setReadOnly(False)
        self.show_button.hide()
        super().set_value(value)

    @property
    def is_masked(self) -> bool:
        """Say whether the number is hidden; its value is None meanwhile."""
        return self.input.isReadOnly()

    def read(self) -> str | None:
        return None if self.is_masked else self.typed().replace(" ", "").upper() or None

    def is_missing(self) -> bool:
        return not self.is_masked and super().is_missing()

    def problem(self) -> str:
        return "" if self.is_masked else super().problem()


def typing_somewhere() -> bool:
    """Say whether the cursor stands in a text."""
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
