"""Scenes of rosters in trouble: somebody calls in sick, no roster is possible."""

from dataclasses import replace

from carehome.commands.gallery.rosters import next_month
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import NotThere, Studio
from carehome.rules.rosters.problem import Bar, Problem, Why
from carehome.ui.rosters.conflicts import ConflictsDialog
from carehome.ui.rosters.page import RostersPage
from carehome.ui.rosters.repair import SickCallDialog

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
    key = max(sheet.people, key=lambda each: sum(map(bool, sheet.row(each.key)))).key
    dialog.person.set_value(key)
    dialog.starts.set_value(first.replace(day=8))
    dialog.last.set_value(first.replace(day=8 + DAYS))
    studio.wait()
    shifts = dialog.shifts
    taken = next((s for s in shifts.table.rows if s.chosen), None)
    if taken is None:
        raise NotThere("a shift that somebody can take")
    shifts.select(taken.day)
    return dialog


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


def _crowded(page: RostersPage) -> Problem:
    """Return the month in which most of a day's people are on leave."""
    if page.month is None:
        raise NotThere("a month")
    problem = page.month.problem
    day = 11
    bars = dict(problem.bars)
    for person in problem.people[::2]:
        leave = Bar(Why.AWAY, "annual")
        for each in range(day, day + 2):
            bars[person.key, each] = {shift.code: leave for shift in problem.shifts}
    return replace(problem, bars=bars)


SCENES = (
    Scene("rosters-sick-call", sick_call),
    Scene("rosters-sick-call-past", past),
    Scene("rosters-conflicts", conflicts),
)
