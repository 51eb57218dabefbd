"""A what-if in words: what it rests on, and today beside then, line by line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from carehome.i18n import N_, _
from carehome.rules.figures import Unit, definitions, show, unit_name
from carehome.rules.money import half_up
from carehome.rules.ratings.grades import GRADE_NAMES, SENSE_NAMES
from carehome.rules.today import Text, words
from carehome.rules.what_if import PRICES, Assumed, Base, Judged, Outcome

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
TONES = {True: "ok", False: "bad", None: "warn"}
HUNDRED = 100
Value = int | Fraction | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: today, then, and then by what it is compared with, if anything.

    Without a unit the values are words already; `turns` are then what must differ for
    the line to be called another.
    """

    name: str
    unit: Unit | None
    today: Value | str
    then: Value | str
    other: Value | str = None
    is_compared: bool = False
    tone: str = ""
    turns: tuple[object, object, object] | None = None

    @property
    def shown(self) -> tuple[str, str, str]:
        """Return today, then and the other in words."""
        other = self._say(self.other) if self.is_compared else ""
        return self._say(self.today), self._say(self.then), other

    @property
    def step(self) -> str:
        """Say how much more or less it is then, and of a word whether it is another."""
        before, then = (self.other if self.is_compared else self.today), self.then
        if self.turns:
            today, later, other = self.turns
            turned = later != (other if self.is_compared else today)
            return _("It changes") if turned else ""
        if before is None or then is None or before == then:
            return ""
        if isinstance(before, str) or isinstance(then, str):
            return _("It changes")
        if self.unit in (None, Unit.RATIO):
            return ""
        step = show(then - before, self.unit)
        return f"+{step}" if then > before else step

    @property
    def cells(self) -> tuple[int | str | None, ...]:
        """Return hundredths for a workbook, of shares those of a percent."""
        return tuple(map(self._cell, (self.today, self.then, self.other)))

    @property
    def unit_said(self) -> str:
        """Return what the numbers of a workbook are."""
        if self.unit is None:
            return ""
        return "%" if self.unit is Unit.SHARE else unit_name(self.unit)

    def _say(self, value: Value | str) -> str:
        if value is None:
            return _("Unknown")
        if isinstance(value, str) or self.unit is None:
            return str(value)
        return show(value, self.unit)

    def _cell(self, value: Value | str) -> int | str | None:
        if value is None or isinstance(value, str):
            return value
        if self.unit is Unit.MONEY:
            return int(value)
        scale = HUNDRED * HUNDRED if self.unit is Unit.SHARE else HUNDRED
        return half_up(*(Fraction(value) * scale).as_integer_ratio())


def lines_of(
    base: Base, now: Outcome, then: Outcome, other: Outcome | None = None
) -> list[Line]:
    """Return today beside then: people, money, ratios, and conditions of grades."""
    is_compared = other is not None
    told = _told(base, (now, then, other or now))
    return [replace(each, is_compared=is_compared) for each in told]


Three = tuple[Outcome, Outcome, Outcome]


def _line(name: str, unit: Unit | None, values: Iterable[Value | str]) -> Line:
    today, then, other = values
    return Line(name, unit, today, then, other)


def _told(base: Base, three: Three) -> Iterator[Line]:
    """Yield every line.

    What decides stands first, so that it is seen without scrolling.
    """
    yield from _of_parts(
        three,
        (_("Residents"), Unit.PEOPLE, "residents"),
        (_("Occupancy"), Unit.SHARE, "occupancy"),
        (_("Income of the month"), Unit.MONEY, "income"),
        (_("Operating subsidy (estimate)"), Unit.MONEY, "subsidy"),
    )
    grades = [_(GRADE_NAMES[each.star]) for each in three]
    yield _line(_("Grade of the home"), None, grades)
    yield from _next_grade(base, three)
    yield from _of_parts(
        three,
        (_("Residents to a carer"), Unit.RATIO, "residents_per_carer"),
        (_("Severely disabled to a carer"), Unit.RATIO, "severe_per_carer"),
        (_("Residents to a nurse"), Unit.RATIO, "residents_per_nurse"),
    )
    if three[0].need is not None:
        name = _("People asked for by all shifts")
        yield from _of_parts(three, (name, Unit.PEOPLE, "need"))
    yield from _conditions(base, three)
    yield from _of_parts(
        three,
        (_("Bed fees"), Unit.MONEY, "bed"),
        (_("Care fees"), Unit.MONEY, "care"),
        (_("Meal fees"), Unit.MONEY, "meal"),
    )
    for code, label in base.grade_names.items():
        heads = [each.by_grade.get(code, 0) for each in three]
        if any(heads):
            yield _line(label or _("Without a grade"), Unit.PEOPLE, heads)


def _of_parts(three: Three, *parts: tuple[str, Unit, str]) -> Iterator[Line]:
    for name, unit, part in parts:
        yield _line(name, unit, [getattr(each, part) for each in three])


def _next_grade(base: Base, three: Three) -> Iterator[Line]:
    """Say how many conditions of the next grade hold, if it asks for any."""
    grade = base.next_grade
    if any(held.condition.asked_of(grade) for held in base.conditions):
        name = _("Conditions of {grade}").format(grade=_(GRADE_NAMES[grade]))
        yield _line(name, None, [_count_held(each, grade) for each in three])


def _conditions(base: Base, three: Three) -> Iterator[Line]:
    """Yield the conditions, those of the next grade first."""
    order = sorted(
        range(len(base.conditions)),
        key=lambda at: not base.conditions[at].condition.asked_of(base.next_grade),
    )
    for at in order:
        now, then, other = (each.conditions[at] for each in three)
        said = map(_say_held, (now, then, other))
        yield replace(
            _line(_name_of(now), None, said),
            tone=TONES[then.holds],
            turns=(now.holds, then.holds, other.holds),
        )


def _count_held(outcome: Outcome, grade: int) -> str:
    asked = [j for j in outcome.conditions if j.condition.asked_of(grade)]
    text = _("{held} of {count} hold")
    return text.format(held=sum(j.holds is True for j in asked), count=len(asked))


def _name_of(judged: Judged) -> str:
    condition = judged.condition
    grade = _(GRADE_NAMES[condition.from_grade])
    if condition.bound is None:
        text = _("{text} ({grade}: judged by hand)")
        return text.format(text=condition.text, grade=grade)
    return _("{text} ({grade}: {sense} {bound})").format(
        text=condition.text,
        grade=grade,
        sense=_(SENSE_NAMES[condition.sense]),
        bound=show(condition.bound, definitions()[condition.figure].unit),
    )


def _say_held(judged: Judged) -> str:
    holds = _(HOLDS_NAMES[judged.holds])
    figure = definitions().get(judged.condition.figure)
    if judged.value is None or figure is None:
        return holds
    value = show(judged.value, figure.unit)
    return _("{holds}, {value}").format(holds=holds, value=value)


def say_assumed(base: Base, assumed: Assumed) -> list[str]:
    """Say what is assumed, one thing a line; empty where nothing is."""
    found = []
    if assumed.occupancy is not None:
        found.append((_("Occupancy in %"), str(assumed.occupancy)))
    if assumed.star is not None:
        found.append((_("Grade of the home"), _(GRADE_NAMES[assumed.star])))
    for code in PRICES:
        if change := getattr(assumed, code):
            found.append((_(PRICE_NAMES[code]), f"{change:+d}"))
    if assumed.carers is not None:
        found.append((_("Carers"), str(assumed.carers)))
    if assumed.nurses is not None:
        found.append((_("Nurses"), str(assumed.nurses)))
    for code, heads in (assumed.mix or {}).items():
        if heads != base.mix.get(code, 0):
            label = base.grade_names.get(code, code) or _("Without a grade")
            found.append((label, str(heads)))
    text = _("{name}: {value}")
    return [text.format(name=name, value=value) for name, value in found]


def say_assumptions(base: Base, assumed: Assumed) -> str:
    """Say in one paragraph what the numbers rest on."""
    first, *others = map(str, assumptions(base, assumed))
    told = first
    for each in others:
        told = _("{first} {then}").format(first=told, then=each)
    return told


def assumptions(base: Base, assumed: Assumed) -> list[Text]:
    """Say in words what the numbers rest on."""
    found: list[Text] = [
        words(
            N_("Everything starts from {count} residents and {beds} beds on {day}."),
            count=len(base.people),
            beds=base.beds,
            day=base.day,
        ),
        words(
            N_(
                "Income is bed, care and meal fees of a whole month, nobody away; "
                "other charges and refunds are left out."
            )
        ),
        words(
            N_("Who comes or goes pays what people of the same grade pay on average.")
        ),
        words(N_("Ability within a nursing grade stays as it is today.")),
    ]
    if base.next_grade:
        text = N_("A grade also asks for points: see the self-assessment.")
        found.append(words(text))
    if base.unpriced:
        text = N_(
            "{count} residents have no price that can be worked out: counted as 0."
        )
        found.append(words(text, count=base.unpriced))
    mix = assumed.mix or {}
    fresh = [
        base.grade_names.get(code, code)
        for code, weight in mix.items()
        if weight and not base.mix.get(code)
    ]
    if fresh:
        text = N_(
            "Nobody has these grades today: {grades}. Care by the price list, bed and "
            "meals as all others on average, ability unknown and so without subsidy."
        )
        found.append(words(text, grades=tuple(fresh)))
    if base.rates:
        found.append(
            words(
                N_(
                    "The subsidy is by star and ability, an estimate: who is not "
                    "assessed counts as nothing."
                )
            )
        )
    else:
        found.append(words(N_("No subsidy by star is known for where the home lies.")))
    if assumed.carers is not None or assumed.occupancy is not None or assumed.mix:
        found.append(
            words(
                N_(
                    "Who is on duty in 24 hours grows and falls with the number of "
                    "carers; occupancy is taken to hold all through the period."
                )
            )
        )
    return found
