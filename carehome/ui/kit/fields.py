"""The fields of a form: each reads one kind of value from what a person does."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QSizePolicy

from carehome import i18n
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules import money
from carehome.ui.kit import icons, theme
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.field import Check, Field
from carehome.ui.kit.tick import Tick

SHORT, LONG = 60, 2000


class NotANumber(Refusal):
    """The text is not a whole number."""

    text = N_("“{typed}” is not a whole number. Type it as 12.")


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
        self.input.setCursorPosition(0)  # where it is too long, show how it begins

    def raw(self) -> Any:
        return self.input.text()

    def set_raw(self, raw: Any) -> None:
        self.input.setText(str(raw))


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

    def raw(self) -> Any:
        """Return nothing: what is secret is kept nowhere."""

    def set_raw(self, raw: Any) -> None:
        """Leave it empty: what is secret is typed again."""

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
        text = unicodedata.normalize("NFKC", typed).replace(" ", "")
        if not text:
            return None
        try:
            return int(text)
        except ValueError as error:
            raise NotANumber(typed=typed) from error

    def set_value(self, value: int | None) -> None:
        self.input.setText("" if value is None else str(value))

    def raw(self) -> Any:
        return self.input.text()

    def set_raw(self, raw: Any) -> None:
        self.input.setText(str(raw))


class MoneyField(Field[int]):
    """An amount, typed plainly in yuan; its value is whole fen, never below nothing.

    `capital` shows the amount below the field as a receipt will write it.
    """

    input: QLineEdit

    def __init__(
        self,
        name: str,
        *,
        needed: bool = True,
        hint: str = "",
        check: Check | None = None,
        capital: bool = False,
    ) -> None:
        super().__init__(name, QLineEdit(), needed=needed, hint=hint, check=check)
        self.input.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.input.setPlaceholderText("¥")
        self.input.textChanged.connect(self._touched)
        self.input.editingFinished.connect(self._tidy)
        if capital:
            self._first_hint = hint
            self.input.textChanged.connect(self._say_capital)
            self._say_capital()

    def read(self) -> int | None:
        typed = self.input.text().strip()
        if not typed:
            return None
        fen = money.read_amount(typed)
        if fen < 0:
            raise money.BelowNothing(typed=typed)
        return fen

    def set_value(self, value: int | None) -> None:
        shown = "" if value is None else i18n.show_money(value, sign=False)
        self.input.setText(shown)

    def raw(self) -> Any:
        return self.input.text()

    def set_raw(self, raw: Any) -> None:
        self.input.setText(str(raw))

    def _tidy(self) -> None:
        """Write the amount as the lists do, once it is typed."""
        if (fen := self.value()) is not None:
            self._rewrite(fen)

    def _say_capital(self) -> None:
        """Say the amount as the receipt will, so that a wrong zero is seen."""
        fen = self.value()
        written = "—" if fen is None else money.capital(fen)
        told = _("In capitals: {amount}").format(amount=written)
        self.set_hint("\u3000".join(filter(None, (told, self._first_hint))))


class ChoiceField(Field[Any]):
    """One of some codes, each shown by its label; long lists can be searched.

    `empty` is how it is called that nothing is chosen, where that is allowed.
    """

    input: Choice

    def __init__(
        self,
        name: str,
        choices: Mapping[Any, str],
        *,
        needed: bool = True,
        hint: str = "",
        check: Check | None = None,
        empty: str = "",
    ) -> None:
        self._empty = empty
        super().__init__(name, Choice(), needed=needed, hint=hint, check=check)
        self.set_choices(choices)
        self.input.chosen.connect(self._touched)

    def set_choices(self, choices: Mapping[Any, str]) -> None:
        """Offer other codes; the chosen one stays if it is still among them."""
        self.input.set_choices(choices, None if self._needed else self._empty)

    def read(self) -> Any:
        return self.input.code()

    def set_value(self, value: Any) -> None:
        self.input.set_code(value)

    def raw(self) -> Any:
        return self.input.code()


class CheckField(Field[bool]):
    """A yes or no, told in a sentence beside a box."""

    input: Tick

    def __init__(self, name: str, sentence: str, *, hint: str = "") -> None:
        super().__init__(name, Tick(sentence), needed=False, hint=hint)
        self.input.toggled.connect(self._touched)

    def read(self) -> bool | None:
        return self.input.isChecked()

    def set_value(self, value: bool | None) -> None:
        self.input.setChecked(bool(value))

    def raw(self) -> Any:
        return self.input.isChecked()


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
        policy = QSizePolicy.Policy
        self.input.setSizePolicy(policy.Preferred, policy.Fixed)
        self.input.textChanged.connect(self._touched)

    def read(self) -> str | None:
        return self.input.toPlainText().strip()[:LONG] or None

    def set_value(self, value: str | None) -> None:
        self.input.setPlainText(value or "")

    def raw(self) -> Any:
        return self.input.toPlainText()

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
        self._mask = self._shown = ""
        self.show_button = QPushButton(_("Show"))
        self.show_button.hide()
        self._line.addWidget(self.show_button)
        self.show_button.clicked.connect(self.asked)
        self.input.editingFinished.connect(self._tidy)

    def set_masked(self, text: str) -> None:
        """Show `text`, such as 1101**********1234, in place of the number."""
        self._mask = text
        self.input.setText(text)
        self.input.setReadOnly(True)
        self.show_button.show()

    def set_value(self, value: str | None) -> None:
        self.input.setReadOnly(False)
        self.show_button.hide()
        self._mask, self._shown = "", value or ""
        super().set_value(value)

    def raw(self) -> Any:
        """Return only what was typed here: a number that is shown is not kept."""
        typed = self.input.text()
        return "" if self.is_masked or typed == self._shown else typed

    def set_raw(self, raw: Any) -> None:
        if raw or not self._mask:
            self.input.setReadOnly(False)
            self.show_button.hide()
            super().set_raw(raw or self._shown)
        else:
            self.set_masked(self._mask)

    @property
    def is_masked(self) -> bool:
        """Say whether the number is hidden; its value is None meanwhile."""
        return self.input.isReadOnly()

    def read(self) -> str | None:
        if self.is_masked:
            return None
        text = unicodedata.normalize("NFKC", self.typed())
        return text.replace(" ", "").upper() or None

    def is_missing(self) -> bool:
        return not self.is_masked and super().is_missing()

    def problem(self) -> str:
        return "" if self.is_masked else super().problem()

    def _tidy(self) -> None:
        """Write the number without blanks, full-width digits and a small x."""
        if number := self.read():
            error = self.error
            self.input.setText(number)
            self.set_error(error)
