"""A home with a form, two places and a plan of rounds."""

from datetime import UTC, date, datetime, time

from carehome.rules.rights import Role
from carehome.rules.safety.forms import Form, FormItem, FormKind
from carehome.rules.safety.plan import Planned, Rhythm
from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.plan import Place, RoundPlans
from tests.conftest import ROLES, TODAY

ITEMS = ("疏散通道畅通", "常闭式防火门关好", "灭火器在位", "应急灯亮", "没有违规用电")
MORNING = datetime.combine(TODAY, time(8))


def at(day: date, hour: int = 7):
    """Return a clock that stands."""
    return lambda: datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def furnish(
    db, since: date = TODAY, *, form: str = "每日防火巡查", needs_picture: bool = False
) -> int:
    """Plan a patrol each day from eight, for four hours; return the plan's number."""
    director, clock = ROLES[Role.DIRECTOR], at(since)
    forms, plans = (kind(db, director, clock) for kind in (SafetyForms, RoundPlans))
    items = tuple(
        FormItem(
            f"P{number}",
            text,
            section="通道" if number < 3 else "设施",
            needs_picture=needs_picture,
        )
        for number, text in enumerate(ITEMS, start=1)
    )
    form_id = forms.add(Form(FormKind.DAY_PATROL, form, items))
    place_id = plans.save_place(Place(f"一号楼二层（{form}）"))
    line = Planned(form_id, place_id, Rhythm.DAILY, since, times=(480,), window=240)
    return plans.add(line)
