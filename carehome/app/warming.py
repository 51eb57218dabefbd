"""Loading what comes after the first screen while somebody types the password."""

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject

from carehome import i18n
from carehome.rules import divisions
from carehome.ui.kit import garbage
from carehome.ui.kit.jobs import Jobs

# In the order in which a person comes to need them. What the first page needs is loaded
# in one go: who signs in sooner waits for it here and not before a screen that stands.
LATER = (
    (
        "carehome.services.home",
        "carehome.app.window",
        "carehome.app.today",
    ),
    ("carehome.ui.presence", "carehome.app.evacuation"),
    ("carehome.ui.people", "carehome.ui.parts.money_panel"),
    ("carehome.ui.enquiries.page",),
    ("carehome.ui.beds.page",),
    (
        "carehome.ui.assessments",
        "carehome.ui.parts.assessment_panel",
        "carehome.ui.parts.risks.panel",
    ),
    ("carehome.ui.fees.page",),
    ("carehome.ui.agreements",),
    ("carehome.ui.staff.page",),
    ("carehome.ui.rosters.page", "carehome.ui.rosters.reading"),
    (
        "carehome.ui.rosters.shifts",
        "carehome.ui.rosters.requests",
        "carehome.ui.rosters.payroll",
        "carehome.ui.rosters.handing_out",
        "carehome.ui.rosters.publishing",
        "carehome.ui.rosters.repair",
        "carehome.ui.rosters.conflicts",
        "carehome.ui.rosters.holidays",
        "carehome.ui.rosters.wishes",
    ),
    ("carehome.ui.safety.page",),
    ("carehome.ui.ratings.page",),
    ("carehome.ui.books.page",),
    ("carehome.ui.overview.page",),
    ("carehome.ui.settings.page",),
)


def warm(jobs: Jobs, asker: QObject) -> None:
    """Load modules in the background; between two groups other jobs have their turn."""
    groups = (partial(load, names) for names in LATER)
    _go_on(jobs, asker, iter([i18n.prepare, *groups, divisions.warm]), None)


def load(names: tuple[str, ...]) -> None:
    """Load some modules."""
    for name in names:
        import_module(name)


def _go_on(
    jobs: Jobs, asker: QObject, rest: Iterator[Callable[[], None]], _done: None
) -> None:
    step = next(rest, None)
    if step:
        jobs.run(asker, partial(_go_on, jobs, asker, rest), step)
    else:
        garbage.leave_be()
