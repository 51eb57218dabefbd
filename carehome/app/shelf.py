"""What is half typed lies in the drawer of whoever is signed in."""

import logging
from functools import partial
from typing import Any

from carehome.app.desk import Desk
from carehome.errors import CareHomeError
from carehome.services.drawer import Drawer
from carehome.ui.kit import drafts
from carehome.ui.kit.jobs import Jobs

START = "draft:"  # how the names of drafts begin in the drawer
log = logging.getLogger(__name__)


def put_up(desk: Desk) -> None:
    """Keep from now on what this person types, and bring what is kept already."""
    drawer = desk.service(Drawer)
    shelf = drafts.Shelf(partial(_keep, desk.jobs, drawer), desk.clock)
    drafts.use(shelf)
    desk.jobs.run(shelf, shelf.fill, _read, drawer, failed=_note)


def _keep(jobs: Jobs, drawer: Drawer, name: str, draft: Any) -> None:
    jobs.run(jobs, _forget, drawer.keep, START + name, draft, failed=_note)


def _read(drawer: Drawer) -> dict[str, Any]:
    found = drawer.look_all(START)
    return {name.removeprefix(START): draft for name, draft in found.items()}


def _forget(_done: None) -> None:
    """Nothing more to do: a draft is kept."""


def _note(error: Exception) -> None:
    """A draft that cannot be kept stops nobody; saving will tell what is wrong."""
    if not isinstance(error, CareHomeError):
        raise error
    log.warning("a draft was not kept: %s", type(error).__name__)  # names nobody
