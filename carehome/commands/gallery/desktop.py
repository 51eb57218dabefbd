"""Scenes of the one window around everything: what it tells over any page."""

from dataclasses import replace
from pathlib import Path
from threading import Event

from carehome.app.window import make_shell
from carehome.commands import told
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.home import OpenHome
from carehome.ui.desktop import Desktop, SetLook
from carehome.ui.kit.progress import Progress
from carehome.ui.parts.memory import Memory
from carehome.ui.shell import Shell

REPORT = """carehome 0.1.0
Windows 11, Python 3.11

ValueError: an example
  carehome/ui/fees/payments.py, line 120, in take
  carehome/services/payments.py, line 88, in take"""


def come_in(studio: Studio, opened: OpenHome | None = None) -> Desktop:
    """Let the director in."""

    def make(home: OpenHome, _set_look: SetLook) -> Shell:
        return make_shell(home, studio.jobs, studio.clock)

    memory = Memory(studio.room / "desktop.json")
    desktop = studio.show(Desktop(make, memory, studio.jobs, studio.clock))
    opened = opened or replace(studio.opened, kept_copy=None)
    desktop.start.opened.emit(opened, told.DEMO_USER)
    studio.wait()
    return desktop


def tell_upgrade(studio: Studio) -> None:
    """Tell that the data was brought into the form this version needs."""
    copy = Path("/carehome/home/2026-11-20.db")
    come_in(studio, replace(studio.opened, kept_copy=copy))


def close_at_work(studio: Studio) -> None:
    """Ask before the program is closed while something is being done."""
    desktop, end = come_in(studio), Event()
    progress = Progress("")
    studio.jobs.run(desktop, _go_on, _work_until, end, progress.step)
    desktop.close()
    end.set()


def tell_crash(studio: Studio) -> None:
    """Tell of a mistake of the program."""
    come_in(studio).show_crash(REPORT)


def lock(studio: Studio) -> None:
    """Lock the screen over what somebody was doing."""
    come_in(studio).lock()


def _go_on(_answer: object) -> None:
    """Let the answer be: it comes when the scene is set."""


def _work_until(end: Event, _step: object) -> None:
    """Work until told to stop."""
    end.wait()


SCENES = (
    Scene("desktop", come_in),
    Scene("desktop-upgraded", tell_upgrade),
    Scene("desktop-close-at-work", close_at_work),
    Scene("desktop-crash", tell_crash),
    Scene("desktop-locked", lock),
)
