"""What is asked of a what-if, and the columns of its answer."""

from carehome.i18n import N_, _
from carehome.rules.money import half_up
from carehome.rules.ratings.grades import GRADE_NAMES
from carehome.rules.what_if import (
    CHANGES,
    HUNDRED,
    PRICES,
    SHARES,
    Assumed,
    Base,
    check_heads,
)
from carehome.rules.what_if_said import PRICE_NAMES, Line
from carehome.ui.kit import table
from carehome.ui.kit.fields import ChoiceField, NumberField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.slide import SlideField
from carehome.ui.kit.table import Column

GRADE = "grade:"
USUAL = (-30, 30)  # percents of price that the slide goes over


def levers(base: Base) -> Form:
    """Return the form of what can be assumed."""
    form = Form()
    occupancy = SlideField(_("Occupancy in %"), SHARES, SHARES)
    form.add("occupancy", occupancy)
    stars = {str(grade): _(name) for grade, name in GRADE_NAMES.items()}
    form.add("star", ChoiceField(_("Grade of the home"), stars, needed=False))
    for code, name in PRICE_NAMES.items():
        form.add(code, SlideField(_(name), CHANGES, USUAL))
    for code, label in (("carers", _("Carers")), ("nurses", _("Nurses"))):
        form.add(code, NumberField(label, needed=False, check=check_heads))
    form.add_heading(_("How many residents each nursing grade has"))
    for code, label in base.grade_names.items():
        name = label or _("Without a grade")
        heads = NumberField(name, needed=False, check=check_heads)
        form.add(f"{GRADE}{code}", heads)
    return form


def fill(form: Form, base: Base, assumed: Assumed) -> None:
    """Show in the form what is assumed; what is not shows as it is today."""
    mix = base.mix if assumed.mix is None else assumed.mix
    occupancy = form.fields["occupancy"]
    assert isinstance(occupancy, SlideField)
    heads = len(base.people)
    occupancy.set_rest(half_up(heads * HUNDRED, base.beds) if base.beds else 0)
    values: dict[str, int | str | None] = {
        "occupancy": assumed.occupancy,
        "star": str(base.star if assumed.star is None else assumed.star),
        **{name: getattr(assumed, name) for name in PRICES},
        "carers": base.carers if assumed.carers is None else assumed.carers,
        "nurses": base.nurses if assumed.nurses is None else assumed.nurses,
        **{f"{GRADE}{code}": mix.get(code, 0) for code in base.grade_names},
    }
    form.set_values(values)


def assumed_of(form: Form, base: Base) -> Assumed:
    """Return what the form assumes; what is as it is today is not assumed."""
    values = form.values()
    mix = {code: values.get(f"{GRADE}{code}") or 0 for code in base.grade_names}

    def other(name: str, now: int) -> int | None:
        value = values.get(name)
        return None if value in (None, "") or int(value) == now else int(value)

    bed, care, meal = (values.get(name) or 0 for name in PRICES)
    return Assumed(
        values.get("occupancy"),
        None if mix == base.mix else mix,
        bed,
        care,
        meal,
        other("carers", base.carers),
        other("nurses", base.nurses),
        other("star", base.star),
    )


OTHER = N_("Compared to")
COLUMNS: tuple[Column[Line], ...] = (
    Column(
        N_("What"),
        lambda line: line.name,
        bold=True,
        stretch=True,
        tip=lambda r: r.name,
    ),
    Column(N_("Today"), lambda line: line.shown[0], align=table.RIGHT, width=116),
    Column(
        N_("If so"),
        lambda line: line.shown[1],
        align=table.RIGHT,
        width=116,
        tone=lambda line: line.tone or None,
    ),
    Column(OTHER, lambda line: line.shown[2], align=table.RIGHT, width=116),
    Column(
        N_("More or less"),
        lambda line: line.step or None,
        align=table.RIGHT,
        width=110,
    ),
)
