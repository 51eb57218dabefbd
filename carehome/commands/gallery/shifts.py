"""Scenes of demand: what is needed tonight, kinds of shift, ratios, floors, duties."""

from carehome.app.desk import ROSTERS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
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
)
