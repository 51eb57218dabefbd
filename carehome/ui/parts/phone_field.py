"""A field for phone numbers as this country writes them."""

from typing import Any

from carehome.rules.phones import read_phone, show_phone
from carehome.ui.kit.field import Check
from carehome.ui.kit.fields import TextField

MOST = 40


class PhoneField(TextField):
    """One number or several; mobile ones are spaced 3-4-4 once they are typed."""

    def __init__(
        self,
        name: str,
        *,
        needed: bool = False,
        hint: str = "",
        check: Check | None = None,
    ) -> None:
        super().__init__(name, needed=needed, hint=hint, check=check, most=MOST)
        self.input.editingFinished.connect(self._tidy)

    def read(self) -> str | None:
        return read_phone(self.typed()) or None

    def set_value(self, value: str | None) -> None:
        super().set_value(show_phone(value or ""))

    def raw(self) -> Any:
        return self.value() or self.input.text()

    def _tidy(self) -> None:
        """Write the number as it is read out."""
        if number := self.value():
            self._rewrite(number)
