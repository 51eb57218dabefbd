"""The menu of the grid: everything that keys do, for the mouse."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from carehome.i18n import _
from carehome.rules.rosters.problem import OFF
from carehome.ui.rosters import cells
from carehome.ui.rosters.worksheet import Worksheet


class Hand(Protocol):
    """Whoever does what the menu offers."""

    def type_code(self, code: str) -> None: ...

    def assign(self, unit: str) -> None: ...

    def lock(self) -> None: ...

    def copy(self) -> None: ...

    def paste(self) -> None: ...

    def copy_week(self) -> None: ...

    def ask_pattern(self) -> None: ...


def make_menu(hand: Hand, sheet: Worksheet, parent: QWidget) -> QMenu:
    """Return the menu for the cells that are chosen."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for kind in sheet.month.kinds:
        text = f"{kind.sign} {kind.name} {kind.times}".strip()
        _add(menu, text, kind.letter, partial(hand.type_code, kind.code))
    off = f"{cells.off_sign()} {_('day off')}"
    _add(menu, off, "R", partial(hand.type_code, OFF))
    menu.addSeparator()
    _add(menu, _("Lock or unlock"), _("Space key"), hand.lock)
    if len(sheet.month.units) > 1:
        within = menu.addMenu(_("Works in"))
        within.addAction(_("their own unit"), partial(hand.assign, ""))
        for unit, name in sheet.month.units.items():
            within.addAction(name, partial(hand.assign, unit))
    menu.addSeparator()
    _add(menu, _("Copy the cells"), "Ctrl+C", hand.copy)
    _add(menu, _("Paste into the cells"), "Ctrl+V", hand.paste)
    _add(menu, _("Copy last week"), "Ctrl+Shift+W", hand.copy_week)
    _add(menu, _("Lay a pattern\u2026"), "Ctrl+Shift+T", hand.ask_pattern)
    return menu


def _add(menu: QMenu, text: str, keys: str, deed: Callable[[], object]) -> None:
    """Offer a deed; its keys are only told, the grid itself listens to them."""
    menu.addAction(f"{text}\t{keys}", deed)
