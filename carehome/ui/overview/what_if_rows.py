"""What is asked of a what-if, and its answer: today beside then, line by line."""

from dataclasses import dataclass
from fractions import Fraction

from carehome.i18n import N_, _
from carehome.rules.figures import Unit, definitions, show
from carehome.rules.ratings.grades import GRADE_NAMES, SENSE_NAMES
from carehome.rules.what_if import PRICES, Assumed, Base, Judged, Outcome
from carehome.ui.kit import table
from carehome.ui.kit.fields import ChoiceField, NumberField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.table import Column

GRADE = "grade:"
PRICE_NAMES = {
    "bed": N_("Bed fees, change in %"),
    "care": N_("Care fees, change in %"),
    "meal": N_("Meal fees, change in %"),
}
HOLDS_NAMES = {
    True: N_("Condition holds"),
    False: N_("Condition fails"),
    None: N_("Unknown"),
}
Value = int | Fraction | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line: today, then, and the difference, already in words."""

    name: str
    now: str
    then: str
    difference: str = ""
    tone: str = ""


def levers(base: Base) -> Form:
    """Return the form of what can be assumed."""
    form = Form()
    form.add("occupancy", NumberField(_("Occupancy in %"), needed=False))
    stars = {str(grade): _(name) for grade, name in GRADE_NAMES.items()}
    form.add("star", ChoiceField(_("Grade of the home"), stars, needed=False))
    for code, name in PRICE_NAMES.items():
        form.add(code, NumberField(_(name), needed=False))
    form.add("carers", NumberField(_("Carers"), needed=False))
    form.add("nurses", NumberField(_("Nurses"), needed=False))
    form.add_heading(_("How the nursing grades are mixed"))
    for code, label in base.grade_names.items():
        form.add(
            f"{GRADE}{code}", NumberField(label or _("Without a grade"), needed=False)
        )
    return form


def fill(form: Form, base: Base, assumed: Assumed) -> None:
    """Show in the form what is assumed; what is not shows as it is today."""
    mix = base.mix if assumed.mix is None else assumed.mix
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


def rows_of(base: Base, now: Outcome, then: Outcome) -> list[Row]:
    """Return today beside then: people, money, ratios, and conditions of grades."""
    found = [
        _row(_("Residents"), now.residents, then.residents, Unit.PEOPLE),
        _row(_("Occupancy"), now.occupancy, then.occupancy, Unit.SHARE),
        _row(_("Income of the month"), now.income, then.income, Unit.MONEY),
        _row(_("Bed fees"), now.bed, then.bed, Unit.MONEY),
        _row(_("Care fees"), now.care, then.care, Unit.MONEY),
        _row(_("Meal fees"), now.meal, then.meal, Unit.MONEY),
        _row(_("Operating subsidy (estimate)"), now.subsidy, then.subsidy, Unit.MONEY),
        _star(now, then),
        _row(
            _("Residents to a carer"),
            now.residents_per_carer,
            then.residents_per_carer,
            Unit.RATIO,
        ),
        _row(
            _("Severely disabled to a carer"),
            now.severe_per_carer,
            then.severe_per_carer,
            Unit.RATIO,
        ),
        _row(
            _("Residents to a nurse"),
            now.residents_per_nurse,
            then.residents_per_nurse,
            Unit.RATIO,
        ),
    ]
    if now.need is not None:
        found.append(
            _row(_("People asked for by all shifts"), now.need, then.need, Unit.PEOPLE)
        )
    for code, label in base.grade_names.items():
        heads, later = now.by_grade.get(code), then.by_grade.get(code)
        if heads or later:
            found.append(_row(label or _("Without a grade"), heads, later, Unit.PEOPLE))
    pairs = zip(now.conditions, then.conditions, strict=True)
    return [*found, *(_condition(*pair) for pair in pairs)]


def _row(name: str, now: Value, then: Value, unit: Unit) -> Row:
    today, later = _say(now, unit), _say(then, unit)
    if now is None or then is None or now == then or unit is Unit.RATIO:
        return Row(name, today, later)
    step = show(then - now, unit)
    return Row(name, today, later, f"+{step}" if then > now else step)


def _say(value: Value, unit: Unit) -> str:
    return _("Unknown") if value is None else show(value, unit)


def _star(now: Outcome, then: Outcome) -> Row:
    return Row(
        _("Grade of the home"), _(GRADE_NAMES[now.star]), _(GRADE_NAMES[then.star])
    )


def _condition(now: Judged, then: Judged) -> Row:
    condition = now.condition
    unit = definitions()[condition.figure].unit
    name = _("{text} ({grade}: {sense} {bound})").format(
        text=condition.text,
        grade=_(GRADE_NAMES[condition.from_grade]),
        sense=_(SENSE_NAMES[condition.sense]),
        bound="" if condition.bound is None else show(condition.bound, unit),
    )
    tone = {True: "ok", False: "bad", None: "warn"}[then.holds]
    changed = _(HOLDS_NAMES[then.holds]) if now.holds != then.holds else ""
    return Row(name, _say_held(now, unit), _say_held(then, unit), changed, tone)


def _say_held(judged: Judged, unit: Unit) -> str:
    holds = _(HOLDS_NAMES[judged.holds])
    if judged.value is None:
        return holds
    return _("{holds}, {value}").format(holds=holds, value=show(judged.value, unit))


COLUMNS: tuple[Column[Row], ...] = (
    Column(
        N_("What"), lambda row: row.name, bold=True, stretch=True, tip=lambda r: r.name
    ),
    Column(N_("Today"), lambda row: row.now, align=table.RIGHT, width=150),
    Column(
        N_("If so"),
        lambda row: row.then,
        align=table.RIGHT,
        width=150,
        tone=lambda row: row.tone or None,
    ),
    Column(
        N_("More or less"),
        lambda row: row.difference or None,
        align=table.RIGHT,
        width=130,
    ),
)
