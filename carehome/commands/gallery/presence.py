"""Scenes of who is here, how everybody gets out, and what is printed of it."""

from functools import partial

from carehome.app.desk import PRESENCE
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.ui.presence import PresencePage
from carehome.ui.presence.wanted import CHANGED, OUT


def page(who: str, studio: Studio) -> PresencePage:
    """Open the page as somebody finds it."""
    studio.sign_in(who)
    opened = studio.page(PRESENCE)
    assert isinstance(opened, PresencePage)
    return opened


def view(name: str, studio: Studio) -> PresencePage:
    """Look at the page in one of its ways."""
    opened = page("hushizhang", studio)
    studio.press(name)
    return opened


def narrow(kind: str, studio: Studio) -> None:
    """Look for one kind of people at a glance."""
    opened = page("hushizhang", studio)
    studio.click(opened.bar.kinds[kind])


def find(words: str, studio: Studio) -> None:
    """Look for somebody by letters."""
    page("hushizhang", studio).search.setText(words)


def list_of_nobody(studio: Studio) -> None:
    """Look for somebody who is not there, in the list."""
    view("List", studio).search.setText("qqqq")


def ways_of_nobody(studio: Studio) -> None:
    """Look for a way out of somebody who is not there."""
    view("Ways out", studio).search.setText("qqqq")


def say_how(studio: Studio) -> None:
    """Say how somebody is brought out."""
    opened = view("Ways out", studio)
    opened.ways.list.selectRow(2)
    studio.press("Say how")


def take_over(studio: Studio) -> None:
    """Take over what is suggested."""
    view("Ways out", studio)
    studio.press("Take over suggestions")


def print_here(studio: Studio) -> None:
    """Look at the sheet for the handover."""
    page("hushizhang", studio)
    studio.press("Print")


def evacuation(studio: Studio) -> None:
    """Look at the evacuation sheet, as the safety officer does."""
    page("anquan", studio)
    studio.press("Fire list")


SCENES = (
    Scene("presence", partial(page, "hushizhang")),
    Scene("presence-safety", partial(page, "anquan")),
    Scene("presence-out", partial(narrow, OUT)),
    Scene("presence-changed", partial(narrow, CHANGED)),
    Scene("presence-found", partial(find, "3")),
    Scene("presence-list", partial(view, "List")),
    Scene("presence-list-nobody", list_of_nobody),
    Scene("presence-ways", partial(view, "Ways out")),
    Scene("presence-ways-nobody", ways_of_nobody),
    Scene("presence-ways-say", say_how),
    Scene("presence-ways-take-over", take_over),
    Scene("presence-print", print_here),
    Scene("presence-evacuation", evacuation),
)
