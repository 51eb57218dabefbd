"""Forms: labelled fields that say beside themselves what is wrong with them."""

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QSpacerItem, QWidget

from carehome.errors import Refusal
from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.field import Field

MOST = 560  # a field wider than this is no easier to fill
F = TypeVar("F", bound=Field[Any])


class Form(QWidget):
    """Fields under names; collects what they hold and what is wrong with them.

    `reason` says why it cannot be saved yet, and is empty when it can. Enter in a
    field goes on: to the next one that lacks something, or else `submitted` goes out.
    """

    changed = Signal()
    submitted = Signal(dict)

    def __init__(self, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field[Any]] = {}
        self._blamed: dict[type[Refusal], list[str]] = {}
        self._labels: dict[str, QLabel] = {}
        self._offered: set[str] = set()
        self._columns = columns
        self._row = self._column = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)  # the rest at the right begins without one
        self._grid.setVerticalSpacing(theme.px(10))
        for column in range(columns):
            self._grid.setColumnStretch(3 * column + 1, 1)
            if column:
                self._grid.setColumnMinimumWidth(3 * column - 1, theme.px(24))
        give = QSizePolicy.Policy
        rest = QSpacerItem(0, 0, give.Expanding, give.Minimum)
        self._grid.addItem(rest, 0, 3 * columns - 1)

    def add(
        self,
        name: str,
        field: F,
        wide: bool = False,
        blame: tuple[type[Refusal], ...] = (),
    ) -> F:
        """Put `field` next, over the whole width if `wide`, and hand it back.

        What a service refuses with one of `blame` is told beside this field.
        """
        if wide and self._column:
            self._next_row()
        label = QLabel(field.caption)
        label.setBuddy(field.input)
        label.setMinimumHeight(theme.px(34))
        label.setContentsMargins(0, 0, theme.px(12), 0)
        theme.mark(label, "label")
        at = 3 * self._column
        self._grid.addWidget(label, self._row, at, Qt.AlignmentFlag.AlignTop)
        span = 3 * self._columns - 2 if wide else 1
        if span == 1:
            field.setMaximumWidth(theme.px(MOST))
        self._grid.addWidget(
            field, self._row, at + 1, 1, span, Qt.AlignmentFlag.AlignTop
        )
        self._column += self._columns if wide else 1
        if self._column >= self._columns:
            self._next_row()
        self.fields[name], self._labels[name] = field, label
        self.blame(name, *blame)
        field.changed.connect(self.changed)
        field.entered.connect(partial(self._go_on, name))
        return field

    def add_heading(self, text: str) -> None:
        """Begin a group of fields under a heading."""
        if self._column:
            self._next_row()
        label = QLabel(text)
        theme.mark(label, "heading")
        self._grid.addWidget(label, self._row, 0, 1, -1)
        self._next_row()

    def add_widget(self, widget: QWidget) -> None:
        """Put something that is not a field over the whole width."""
        if self._column:
            self._next_row()
        self._grid.addWidget(widget, self._row, 0, 1, 3 * self._columns - 1)
        self._next_row()

    def show_field(self, name: str, shown: bool) -> None:
        """Show or hide a field with its label; a hidden field is never asked for."""
        field = self.fields[name]
        field.setVisible(shown)
        self._labels[name].setVisible(shown)
        self.changed.emit()

    def values(self) -> dict[str, Any]:
        """Return what the fields hold; None where one is empty or not understood."""
        return {name: field.value() for name, field in self._asked()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill the fields named in `values`."""
        for name, value in values.items():
            self.fields[name].set_value(value)

    def clear(self) -> None:
        """Empty all fields, as for somebody new."""
        for field in self.fields.values():
            field.set_value(None)
            field.set_error("")

    def set_errors(self, errors: Mapping[str, str]) -> None:
        """Tell errors beside their fields; the first of them gets the cursor."""
        for name, text in errors.items():
            self.fields[name].set_error(text)
        for name, field in self._asked():
            if errors.get(name):
                field.focus()
                return

    def offer(self, name: str) -> None:
        """Let Enter stop at an empty field, though nobody has to fill it."""
        self._offered.add(name)

    def blame(self, name: str, *refusals: type[Refusal]) -> None:
        """Let these refusals be told beside the field `name`."""
        for refusal in refusals:
            self._blamed.setdefault(refusal, []).append(name)

    def blamed(self, refusal: type[Refusal]) -> list[str]:
        """Return the fields in sight that such a refusal may be about."""
        shown = dict(self._asked())
        for kind in refusal.__mro__:
            if names := [name for name in self._blamed.get(kind, []) if name in shown]:
                return names
        return []

    def tell(self, error: Exception) -> bool:
        """Tell a refusal beside its field, with the cursor there; say if it has one.

        Of several fields it is the one that holds what the refusal names.
        """
        if not isinstance(error, Refusal):
            return False
        names = self.blamed(type(error))
        facts = error.facts.values()
        named = (name for name in names if self.fields[name].value() in facts)
        if names:
            self.set_errors({next(named, names[0]): error.message})
        return bool(names)

    def typed(self) -> dict[str, Any]:
        """Return what stands in the fields, right or wrong, so that it can be kept."""
        return {name: field.raw() for name, field in self.fields.items()}

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what `typed` returned; fields that it does not name stay."""
        for name, raw in draft.items():
            if name in self.fields:
                self.fields[name].set_raw(raw)

    def reason(self) -> str:
        """Say why this cannot be saved yet; empty when it can."""
        missing = [f.name for _name, f in self._asked() if f.is_missing()]
        if missing:
            return _("Still missing: {names}").format(names=_(", ").join(missing))
        return next((p for _name, f in self._asked() if (p := f.problem())), "")

    def submit(self) -> None:
        """Send out the values, or show every problem and go to the first one."""
        problems = {name: field.problem() for name, field in self._asked()}
        wrong = {name: problem for name, problem in problems.items() if problem}
        if wrong:
            self.set_errors(wrong)
        else:
            self.submitted.emit(self.values())

    def focus(self) -> None:
        """Put the cursor into the first field."""
        for _name, field in self._asked():
            if field.isEnabled():
                field.focus()
                return

    def _go_on(self, name: str) -> None:
        """Enter in a field: to what is still to be done, and else on with the deed.

        Only a field that one had a chance to fill is told what is wrong with it.
        """
        if not self.fields[name].check_now():
            self.fields[name].focus()
            return
        fields = self._asked()
        at = next(n for n, (other, _field) in enumerate(fields) if other == name)
        for other, field in fields[at + 1 :]:
            is_open = other in self._offered and not field.raw()
            if is_open or field.is_missing() or field.problem():
                field.focus()
                return
        for _other, field in fields[:at]:
            if field.is_missing() or field.problem():
                field.focus()
                return
        self.submitted.emit(self.values())

    def _asked(self) -> list[tuple[str, Field[Any]]]:
        return [item for item in self.fields.items() if not item[1].isHidden()]

    def _next_row(self) -> None:
        self._row, self._column = self._row + 1, 0
