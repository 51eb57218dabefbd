"""What stands in a form just now, right or wrong, so that it can be typed on later."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from carehome.ui.kit.choice import Choice
from carehome.ui.kit.forms import Form
from carehome.ui.kit.several import Boxes


def typed(form: Form) -> dict[str, Any]:
    """Return what stands in every field that is not empty, as plain values."""
    found = {name: _typed(field.input) for name, field in form.fields.items()}
    return {name: value for name, value in found.items() if value not in ("", None, [])}


def type_again(form: Form, draft: Mapping[str, Any]) -> None:
    """Put back what `typed` returned; fields that it does not name are left alone."""
    for name, value in draft.items():
        if name in form.fields:
            _type(form.fields[name].input, value)


@singledispatch
def _typed(_edit: QWidget) -> Any:
    return None


@_typed.register
def _(edit: QLineEdit) -> Any:
    """Leave out a number that is only shown masked."""
    return "" if edit.isReadOnly() else edit.text()


@_typed.register
def _(edit: QPlainTextEdit) -> Any:
    return edit.toPlainText()


@_typed.register
def _(edit: QCheckBox) -> Any:
    return edit.isChecked()


@_typed.register
def _(edit: Choice) -> Any:
    return edit.code()


@_typed.register
def _(edit: Boxes) -> Any:
    return list(edit.codes())


@singledispatch
def _type(_edit: QWidget, _value: Any) -> None:
    """Leave what cannot be typed into alone."""


@_type.register
def _(edit: QLineEdit, value: Any) -> None:
    edit.setText(value)


@_type.register
def _(edit: QPlainTextEdit, value: Any) -> None:
    edit.setPlainText(value)


@_type.register
def _(edit: QCheckBox, value: Any) -> None:
    edit.setChecked(value)


@_type.register
def _(edit: Choice, value: Any) -> None:
    edit.set_code(value)


@_type.register
def _(edit: Boxes, value: Any) -> None:
    edit.set_codes(value)
