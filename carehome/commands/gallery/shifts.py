"""Scenes of demand: what is needed tonight, kinds of shift, ratios, floors, duties."""

from functools import partial

from carehome.app.desk import ROSTERS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.payroll import DayKind
from carehome.services.calendar import HomeCalendar
from carehome.ui.rosters.holidays import HolidaysView
from carehome.ui.rosters.shifts import ShiftsView


def view(studio: Studio) -> ShiftsView:
    """Look at what each unit needs tonight."""
    studio.tab(ROSTERS, "Shifts and people")
    studio.wait()
    shown = studio.find(ShiftsView)
    assert isinstance(shown, ShiftsView)
    return shown


def computed(studio: Studio) -> ShiftsView:
    """Choose the first need that is computed from the residents."""
    shown = view(studio)
    line = next(line for line in shown.needs.table.rows if line.unit_id)
    shown.needs.select((line.shift_id, line.unit_id))
    return shown


def need(studio: Studio) -> None:
    """Change how many people a shift needs."""
    computed(studio).ask_need()
    studio.wait()


def remove_need(studio: Studio) -> None:
    """Ask before a need is taken back."""
    studio.click(computed(studio).drop)


def ratios(studio: Studio) -> None:
    """Change how many residents one carer has."""
    computed(studio).ask_ratios()
    studio.wait()


def floors(studio: Studio) -> None:
    """Say whose residents a unit looks after."""
    computed(studio).ask_floors()
    studio.wait()


def kind(studio: Studio) -> None:
    """Add a shift and type a time that is none."""
    view(studio).ask_kind()
    studio.wait()
    form = studio.fill(name="Day", sign="W", code="W", starts="8:00", ends="25:00")
    form.submit()


def duty(studio: Studio) -> None:
    """Switch on the shifts of a duty."""
    view(studio).ask_duty()
    studio.wait()


def holidays(studio: Studio, later: int = 0) -> HolidaysView:
    """Look at the days of a year that are not as usual."""
    studio.tab(ROSTERS, "Holidays and working weekends")
    shown = studio.find(HolidaysView)
    for _year in range(later):
        shown.year.forward()
        studio.wait()
    return shown


def own_day(studio: Studio) -> None:
    """Count a day otherwise than the state does, and look at it in the list."""
    day = studio.today.replace(month=12, day=24)
    studio.service(HomeCalendar).set_day(day, DayKind.REST, "A-1")
    studio.wait()
    shown = holidays(studio)
    studio.wait()
    shown.view.select(day)


def lawful_day(studio: Studio) -> None:
    """Refuse to count a statutory holiday as a day of work."""
    studio.click(holidays(studio).add)
    day = studio.today.replace(month=10, day=1)
    studio.fill(day=day, kind=DayKind.WORK).submit()


def as_front_desk(studio: Studio) -> None:
    """Look at the need as somebody who may not change it."""
    studio.sign_in("qiantai")
    view(studio)


SCENES = (
    Scene("shifts", view),
    Scene("shifts-need", need),
    Scene("shifts-need-remove", remove_need),
    Scene("shifts-ratios", ratios),
    Scene("shifts-floors", floors),
    Scene("shifts-kind", kind),
    Scene("shifts-duty", duty),
    Scene("shifts-front-desk", as_front_desk),
    Scene("holidays", holidays),
    Scene("holidays-guessed", partial(holidays, later=8)),
    Scene("holidays-own", own_day),
    Scene("holidays-law", lawful_day),
)
