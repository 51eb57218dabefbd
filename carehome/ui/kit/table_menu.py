"""What the menus of a table offer: its deeds, and its columns to tick."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from carehome.i18n import _
from carehome.ui.kit import extract
from carehome.ui.kit.arranging import ArrangeDialog

if TYPE_CHECKING:
    from carehome.ui.kit.table_view import TableView


def show_list_menu(view: TableView[Any], place: QPoint) -> QMenu:
    """Offer all that can be done with a list."""
    menu = _menu(view)
    copy, copy_with_titles, save = view.deeds
    has_selection = view.selectionModel().hasSelection()
    _offer(menu, copy, has_selection)
    _offer(menu, copy_with_titles, has_selection)
    if extract.can_save():
        _offer(menu, save, bool(view.table.rows))
    menu.addSeparator()
    columns = menu.addMenu(_("Columns of this list"))
    _offer_columns(columns, view)
    menu.popup(place)
    return menu


def show_columns_menu(view: TableView[Any], place: QPoint) -> QMenu:
    """Offer the columns of a list."""
    menu = _menu(view)
    _offer_columns(menu, view)
    menu.popup(place)
    return menu


def _menu(view: TableView[Any]) -> QMenu:
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _offer(menu: QMenu, deed: QAction, can_be_done: bool) -> None:
    """Offer a deed of the list; the list's own goes on answering to its keys."""
    offered = menu.addAction(deed.text())
    offered.setShortcut(deed.shortcut())
    offered.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    offered.setEnabled(can_be_done)
    offered.triggered.connect(deed.trigger)


def _offer_columns(menu: QMenu, view: TableView[Any]) -> None:
    columns = view.columns
    wanted = columns.wanted
    for at in columns.offered:
        tick = QAction(_(columns.all[at].title), menu)
        tick.setCheckable(True)
        tick.setChecked(at in wanted)
        tick.setEnabled(wanted != [at])
        tick.toggled.connect(partial(columns.show, at))
        menu.addAction(tick)
    menu.addSeparator()
    arrange = menu.addAction(_("Arrange columns…"))
    arrange.triggered.connect(lambda: ArrangeDialog(columns, view).open())
    reset = menu.addAction(_("As they were at first"))
    reset.setEnabled(columns.is_arranged)
    reset.triggered.connect(columns.reset)
