"""Scenes of what lies around all pages: finding, keys, lines that tell, mistakes."""

from carehome.app.desk import RESIDENTS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.db.database import DiskFull
from carehome.i18n import _
from carehome.ui.kit import dialogs
from carehome.ui.kit.dialogs import CrashDialog
from carehome.ui.kit.finder import Finder

REPORT = """carehome 0.1.0
Windows 11, Python 3.11

ValueError: an example
  carehome/ui/fees/payments.py, line 120, in take
  carehome/services/payments.py, line 88, in take"""


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


def find_nothing(studio: Studio) -> None:
    """Find nothing."""
    look_for(studio).line.setText("qqqq")


def show_keys(studio: Studio) -> None:
    """Show the keys of a page and of the program."""
    studio.page(RESIDENTS)
    studio.shell.show_keys()


def tell(studio: Studio) -> None:
    """Tell in a line what was done, with the way back."""
    studio.page(RESIDENTS)
    studio.shell.tell(_("Moved in."), _("Undo"), lambda: None)


def tell_crash(studio: Studio) -> None:
    """Tell of a mistake of the program."""
    studio.page(RESIDENTS)
    CrashDialog(REPORT, studio.shell).open()


def tell_trouble(studio: Studio) -> None:
    """Tell a failure that nobody handled closer to where it arose."""
    studio.page(RESIDENTS)
    dialogs.tell(studio.shell, DiskFull())


SCENES = (
    Scene("frame-find", look_for),
    Scene("frame-find-person", find_person),
    Scene("frame-find-nothing", find_nothing),
    Scene("frame-keys", show_keys),
    Scene("frame-told", tell),
    Scene("frame-crash", tell_crash),
    Scene("frame-trouble", tell_trouble),
)
