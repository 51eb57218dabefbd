"""Scenes of the engine: a roster is made, explained, mended, or is not possible."""

from dataclasses import replace

from carehome.commands.gallery.rosters import next_month
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import NotThere, Studio
from carehome.rostering.outcome import Outcome
from carehome.rules.rosters.checking import check, score
from carehome.rules.rosters.problem import OFF, Bar, Problem, Roster, Why
from carehome.ui.rosters.causes import CausesDialog
from carehome.ui.rosters.conflicts import ConflictsDialog
from carehome.ui.rosters.page import RostersPage
from carehome.ui.rosters.repair import SickCallDialog
from carehome.ui.rosters.solving import SolvingDialog, Task
from carehome.ui.rosters.worksheet import Worksheet

DAYS = 4  # that somebody is ill


def sick_call(studio: Studio) -> SickCallDialog:
    """Somebody calls in sick for some days: who steps in?"""
    page = next_month(studio)
    studio.press("Sick call")
    dialog = studio.top
    assert isinstance(dialog, SickCallDialog)
    sheet = page.desk.sheet
    assert sheet
    first = sheet.problem.first
    dialog.starts.set_value(first.replace(day=8))
    dialog.last.set_value(first.replace(day=8 + DAYS))
    shifts = dialog.shifts
    for person in _busiest(sheet):
        dialog.person.set_value(person)
        studio.wait()
        for shift in shifts.table.rows:
            if shift.chosen:
                shifts.select(shift.day)
                return dialog
    raise NotThere("a shift that somebody can take")


def _busiest(sheet: Worksheet) -> list[str]:
    """Return everybody, who works most shifts first."""
    keys = [person.key for person in sheet.people]
    return sorted(keys, key=lambda key: -sum(map(bool, sheet.row(key))))


def past(studio: Studio) -> None:
    """Refuse a sick call of days that are over."""
    dialog = sick_call(studio)
    dialog.starts.set_value(studio.today.replace(day=1))
    studio.wait()


def conflicts(studio: Studio) -> None:
    """Say which needs stand against each other, and what would help."""
    from carehome.rostering.conflicts import explain  # noqa: PLC0415 - heavy

    page = next_month(studio)
    problem = _crowded(page)
    dialog = ConflictsDialog(problem, studio.jobs, page)
    dialog.show_explanation(explain(problem, seconds=60))
    dialog.open()


def solving(studio: Studio) -> None:
    """Ask before a month is made: what will be done, and what stays."""
    next_month(studio)
    studio.press("Make automatically")


def solved(studio: Studio) -> None:
    """Compare a roster that was made with what stood before, and take it or not."""
    page = next_month(studio)
    problem, roster = _made(page)
    empty = Roster(dict.fromkeys(roster.rows, (OFF,) * problem.days))
    dialog = SolvingDialog(Task(page.now.text(), problem, empty), studio.jobs, page)
    cost = score(check(problem, roster))
    dialog.show_outcome(Outcome(roster, cost, cost, is_final=True, seconds=12))
    dialog.open()


def unsolved(studio: Studio) -> None:
    """Offer to say why a month has no roster."""
    page = next_month(studio)
    problem, roster = _made(page)
    dialog = SolvingDialog(Task(page.now.text(), problem, roster), studio.jobs, page)
    dialog.show_outcome(Outcome(None, 0, 0, is_final=True, seconds=12))
    dialog.open()


def causes(studio: Studio) -> None:
    """Say what stands behind each point that a roster costs."""
    from carehome.rostering.causes import explain_costs  # noqa: PLC0415 - heavy

    page = next_month(studio)
    problem, roster = _made(page)
    dialog = CausesDialog(problem, roster, studio.jobs, page)
    dialog.show_causes(explain_costs(problem, roster, seconds=60))
    dialog.open()


def _made(page: RostersPage) -> tuple[Problem, Roster]:
    """Return the month in sight, and its roster."""
    if page.month is None:
        raise NotThere("a month")
    return page.month.problem, page.month.roster


def _crowded(page: RostersPage) -> Problem:
    """Return the month in which most of a day's people are on leave."""
    problem, _roster = _made(page)
    day = 11
    bars = dict(problem.bars)
    for person in problem.people[::2]:
        leave = Bar(Why.AWAY, "annual")
        for each in range(day, day + 2):
            bars[person.key, each] = {shift.code: leave for shift in problem.shifts}
    return replace(problem, bars=bars)


SCENES = (
    Scene("rosters-solving", solving),
    Scene("rosters-solving-done", solved),
    Scene("rosters-solving-none", unsolved),
    Scene("rosters-causes", causes),
    Scene("rosters-sick-call", sick_call),
    Scene("rosters-sick-call-past", past),
    Scene("rosters-conflicts", conflicts),
)
