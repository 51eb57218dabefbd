"""Loading what comes after the first screen while somebody types the password."""

from collections.abc import Iterator
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject

from carehome.ui.kit import garbage
from carehome.ui.kit.jobs import Jobs

# In the order in which a person comes to need them.
LATER = (
    "sqlalchemy.orm",
    "carehome.services.home",
    "babel.dates",
    "carehome.app.window",
    "carehome.ui.today.page",
    "carehome.ui.people",
    "carehome.ui.beds.page",
    "carehome.ui.fees.page",
    "carehome.ui.settings.page",
    "pypinyin",
)


def warm(jobs: Jobs, asker: QObject) -> None:
    """Load modules in the background, one a job: signing in comes in between."""
    _go_on(jobs, asker, iter(LATER), None)


def _go_on(jobs: Jobs, asker: QObject, rest: Iterator[str], _done: object) -> None:
    name = next(rest, None)
    if name:
        jobs.run(asker, partial(_go_on, jobs, asker, rest), import_module, name)
    else:
        garbage.leave_be()
