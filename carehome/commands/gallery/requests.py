"""Scenes of what belongs to a roster: requests, changes, publishing, hours, papers."""

from PySide6.QtWidgets import QApplication, QMenu

from carehome.app.desk import ROSTERS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import NotThere, Studio
from carehome.ui.kit.table_view import TableView
from carehome.ui.rosters.page import RostersPage


def _open(studio: Studio) -> RostersPage:
    page = studio.page(ROSTERS)
    assert isinstance(page, RostersPage)
    studio.wait()
    return page


def requests(studio: Studio) -> None:
    """List what staff ask for."""
    studio.tab(ROSTERS, "Requests")


def request(studio: Studio) -> None:
    """Look at a request with its effect."""
    requests(studio)
    studio.open_row(studio.find(TableView))


def leave(studio: Studio) -> None:
    """Note a leave that somebody asks for; its effect stands beside it."""
    requests(studio)
    studio.press("Leave")


def approve(studio: Studio) -> None:
    """Say yes."""
    request(studio)
    studio.press("Approve")


def decline(studio: Studio) -> None:
    """Say no."""
    request(studio)
    studio.press("Decline")


def changes(studio: Studio) -> None:
    """List what was changed after publishing."""
    studio.tab(ROSTERS, "Changes of the roster")


def hours(studio: Studio) -> None:
    """List the hours for the payroll."""
    studio.tab(ROSTERS, "Hours for the payroll")


def basis(studio: Studio) -> None:
    """See on what somebody's hours rest."""
    hours(studio)
    studio.open_row(studio.find(TableView))


def publish(studio: Studio) -> None:
    """Publish the next month."""
    page = _open(studio)
    page.go_on(1)
    studio.wait()
    studio.click(page.publish)
    studio.wait()


def printing(studio: Studio) -> None:
    """Offer the papers of a month."""
    page = _open(studio)
    studio.click(page.print)


def wall(studio: Studio) -> None:
    """Look at the roster for the wall before it is printed."""
    printing(studio)
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        raise NotThere("the papers of a month")
    menu.actions()[0].trigger()
    menu.close()


def wishes(studio: Studio) -> None:
    """List what people would like of next month."""
    studio.tab(ROSTERS, "Wishes for the roster")


def wish(studio: Studio) -> None:
    """Note what somebody would like."""
    wishes(studio)
    studio.press("Note a wish")


SCENES = (
    Scene("rosters-requests", requests),
    Scene("rosters-requests-effect", request),
    Scene("rosters-requests-leave", leave),
    Scene("rosters-requests-approve", approve),
    Scene("rosters-requests-decline", decline),
    Scene("rosters-wishes", wishes),
    Scene("rosters-wishes-new", wish),
    Scene("rosters-changes", changes),
    Scene("rosters-payroll", hours),
    Scene("rosters-payroll-basis", basis),
    Scene("rosters-publish", publish),
    Scene("rosters-print", printing),
    Scene("rosters-print-wall", wall),
)
