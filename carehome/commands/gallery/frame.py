"""Scenes of what lies around all pages: finding, keys, lines that tell, mistakes."""

from functools import partial

from PySide6.QtCore import QPoint

from carehome.app.desk import BEDS, FEES, RESIDENTS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.db.database import DiskFull
from carehome.services.beds import Beds
from carehome.services.deposits import Deposits
from carehome.ui.kit import dialogs, table_menu
from carehome.ui.kit.finder import Finder
from carehome.ui.kit.table_view import TableView
from carehome.ui.people import ResidentsPage


def look_for(studio: Studio) -> Finder:
    """Open what finds anything from anywhere."""
    studio.page(RESIDENTS)
    studio.shell.search_asked.emit()
    studio.wait()
    assert isinstance(studio.top, Finder)
    return studio.top


def find_person(studio: Studio) -> None:
    """Find by pinyin."""
    look_for(studio).line.setText("wang")


def find_papers(studio: Studio) -> None:
    """Find somebody's bills."""
    look_for(studio).line.setText("wang zd")


def find_number(studio: Studio) -> None:
    """Find a bill and a receipt by their number."""
    look_for(studio).line.setText("2026-0000")


def find_opened_last(studio: Studio) -> None:
    """Offer whose files were opened last, and what the page can do."""
    page = _residents(studio)
    for line in page.listing.list.table.rows[:3]:
        page.file_opened.emit(line.resident_id)
    look_for(studio)


def find_nothing(studio: Studio) -> None:
    """Find nothing."""
    look_for(studio).line.setText("qqqq")


def show_keys(title: str, studio: Studio) -> None:
    """Show the keys of a page and of the program."""
    studio.page(title)
    studio.shell.show_keys()


def tell(studio: Studio) -> None:
    """Tell in a line what was done, with the way back."""
    studio.page(RESIDENTS)
    _send_cleaning(studio)
    studio.wait()


def explain(studio: Studio) -> None:
    """Say why a deed stays, and what puts it right."""
    take_deposit(studio)
    studio.shell.toast.end()
    studio.shell.undo_asked.emit()
    studio.wait()


def ask_undo(studio: Studio) -> None:
    """Ask before something is undone that was told a while ago."""
    tell(studio)
    studio.shell.toast.end()
    studio.shell.undo_asked.emit()
    studio.wait()


def take_deposit(studio: Studio) -> None:
    """Tell of money, with the way to its receipt."""
    living = _residents(studio).listing.list.table.rows[0].resident_id
    studio.service(Deposits).take(living, 100_00, "cash", studio.today)
    studio.wait()


def _residents(studio: Studio) -> ResidentsPage:
    page = studio.page(RESIDENTS)
    assert isinstance(page, ResidentsPage)
    return page


def _send_cleaning(studio: Studio) -> None:
    beds = studio.service(Beds)
    clean = next(bed for bed in beds.free(studio.today) if bed.is_clean)
    beds.send_cleaning(clean.bed_id)


def tell_trouble(studio: Studio) -> None:
    """Tell a failure that nobody handled closer to where it arose."""
    studio.page(RESIDENTS)
    dialogs.tell(studio.shell, DiskFull())


def arrange_columns(studio: Studio) -> None:
    """Arrange the columns of a list."""
    view = studio.find(TableView, _residents(studio))
    view.columns.show(6, False)
    menu = table_menu.show_columns_menu(view, view.mapToGlobal(QPoint(240, 120)))
    arrange = menu.actions()[-2]
    menu.close()
    arrange.trigger()


def offer_list(studio: Studio) -> None:
    """Offer what can be done with a list."""
    view = studio.find(TableView, _residents(studio))
    table_menu.show_list_menu(view, view.mapToGlobal(QPoint(240, 120)))


SCENES = (
    Scene("frame-find", look_for),
    Scene("frame-find-person", find_person),
    Scene("frame-find-opened-last", find_opened_last),
    Scene("frame-find-papers", find_papers),
    Scene("frame-find-number", find_number),
    Scene("frame-find-nothing", find_nothing),
    Scene("frame-keys", partial(show_keys, RESIDENTS)),
    Scene("frame-keys-beds", partial(show_keys, BEDS)),
    Scene("frame-keys-fees", partial(show_keys, FEES)),
    Scene("frame-columns", arrange_columns),
    Scene("frame-list-menu", offer_list),
    Scene("frame-told", tell),
    Scene("frame-told-money", take_deposit),
    Scene("frame-undo", ask_undo),
    Scene("frame-stays", explain),
    Scene("frame-trouble", tell_trouble),
)
