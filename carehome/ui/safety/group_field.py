"""A field for the people of a group: names by commas, who leads it first."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.ui.kit import theme
from carehome.ui.kit.field import Field

COMMAS = ",;\uff0c\uff1b\u3001"  # as typed with Latin and with Chinese keys


class NotOnStaff(Refusal):
    """A group is made of people who work here."""

    text = N_("Nobody called “{name}” works here. Choose a name from the list.")


class GroupField(Field[tuple[int, ...]]):
    """People of the staff in the order typed; names complete themselves."""

    input: QLineEdit

    def __init__(
        self, name: str, people: Mapping[int, str], *, needed: bool = True
    ) -> None:
        super().__init__(name, QLineEdit(), needed=needed)
        self._labels = _labels(people)
        self._found = {label: number for number, label in self._labels.items()}
        self.input.setPlaceholderText(_("Names, the leader first"))
        self.names = QCompleter(list(self._found), self.input)
        self.names.setFilterMode(Qt.MatchFlag.MatchContains)
        self.names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.names.setWidget(self.input)  # it completes the last name, not the line

        self.input.textChanged.connect(self._touched)
        self.input.textEdited.connect(self._offer)
        self.names.activated.connect(self._take)

    def read(self) -> tuple[int, ...] | None:
        found = [self._number(name) for name in _split(self.input.text())]
        return tuple(dict.fromkeys(found)) or None

    def set_value(self, value: tuple[int, ...] | None) -> None:
        """Show people; who has left since keeps a number that is refused."""
        names = [self._labels.get(each, str(each)) for each in value or ()]
        self.input.setText(_(", ").join(names))
        self.input.setCursorPosition(0)

    def raw(self) -> Any:
        return self.input.text()

    def set_raw(self, raw: Any) -> None:
        self.input.setText(str(raw))

    def _number(self, name: str) -> int:
        if name not in self._found:
            raise NotOnStaff(name=name)
        return self._found[name]

    def _offer(self, text: str) -> None:
        """Offer who may be meant by what stands behind the last comma."""
        begun = text[_last_comma(text) + 1 :].strip()
        self.names.setCompletionPrefix(begun)
        popup = self.names.popup()
        assert popup, "a list that completes opens in a window of its own"
        if not popup.styleSheet():
            theme.dress(popup)
            theme.mark(popup, "choices")
        if begun and begun not in self._found:
            self.names.complete()
        else:
            popup.hide()

    def _take(self, name: str) -> None:
        text = self.input.text()
        before = _split(text[: _last_comma(text) + 1])
        self.input.setText(_(", ").join([*before, name]))


def _labels(people: Mapping[int, str]) -> dict[int, str]:
    """Name everybody so that two of one name are told apart."""
    seen: dict[str, int] = {}
    labels = {}
    for number, name in people.items():
        seen[name] = seen.get(name, 0) + 1
        labels[number] = name if seen[name] == 1 else f"{name}{seen[name]}"
    return labels


def _last_comma(text: str) -> int:
    return max(text.rfind(each) for each in COMMAS)


def _split(text: str) -> list[str]:
    for comma in COMMAS[1:]:
        text = text.replace(comma, COMMAS[0])
    return [each.strip() for each in text.split(COMMAS[0]) if each.strip()]
