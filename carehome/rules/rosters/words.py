"""What is wrong with a roster, in the words of those who work by it."""

from carehome.i18n import N_, _
from carehome.rules.periods import DAY
from carehome.rules.rosters.problem import (
    Bar,
    Counted,
    Fault,
    Finding,
    Problem,
    Why,
    Wish,
)
from carehome.rules.staff import LEAVE_NAMES, Leave

_SENTENCES = {
    Fault.LOCK: N_("{name}: {days} is locked as {shift}."),
    Fault.FOLLOWING: N_(
        "{name}: too little rest between {days}: {shift} may not follow {before}."
    ),
    Fault.WEEKLY_REST: N_("{name}: no day off in the week {span}."),
    Fault.RUN_LONG: N_(
        "{name} works {length} days in a row ({span}), {limit} at most."
    ),
    Fault.RUN_SHORT: N_(
        "{name} works only {length} days in a row ({span}), {limit} at least."
    ),
    Fault.REST_SHORT: N_(
        "{name} is off for only {length} days in a row ({span}), {limit} at least."
    ),
    Fault.REST_LONG: N_(
        "{name} is off for {length} days in a row ({span}), {limit} at most."
    ),
    Fault.MINUTES_OVER: N_("{name} works {hours} hours more than {most} hours."),
    Fault.MINUTES_UNDER: N_("{name} works {hours} hours less than {most} hours."),
    Fault.WEEKENDS_OVER: N_("{name} works on {count} weekends, {limit} at most."),
    Fault.WEEKENDS_UNDER: N_("{name} works on {count} weekends, {limit} at least."),
    Fault.HALF_WEEKEND: N_("{name} works on only one day of the weekend {span}."),
    Fault.STRANGER: N_("{name} works {shift} in {unit} on {days}, not in their unit."),
}
_SHORT = {
    Fault.BARRED: N_("may not work this shift"),
    Fault.LOCK: N_("is locked otherwise"),
    Fault.FOLLOWING: N_("too little rest"),
    Fault.WEEKLY_REST: N_("no day off this week"),
    Fault.RUN_LONG: N_("{length} days in a row"),
    Fault.RUN_SHORT: N_("only {length} days in a row"),
    Fault.REST_SHORT: N_("only {length} days off"),
    Fault.REST_LONG: N_("{length} days off"),
    Fault.MINUTES_OVER: N_("{hours} hours too many"),
    Fault.MINUTES_UNDER: N_("{hours} hours too few"),
    Fault.WEEKENDS_OVER: N_("{amount} weekends too many"),
    Fault.WEEKENDS_UNDER: N_("{amount} weekends too few"),
    Fault.HALF_WEEKEND: N_("half a weekend"),
    Fault.WISH: N_("not as wished"),
    Fault.COVER_UNDER: N_("{amount} people missing"),
    Fault.COVER_OVER: N_("{amount} people too many"),
    Fault.STRANGER: N_("in another unit"),
}
_COUNTS = {
    (Fault.COUNT_OVER, Counted.SHIFT): N_(
        "{name} works {count} times {shift}, {limit} at most."
    ),
    (Fault.COUNT_UNDER, Counted.SHIFT): N_(
        "{name} works {count} times {shift}, {limit} at least."
    ),
    (Fault.COUNT_OVER, Counted.NIGHTS): N_(
        "{name} works {count} nights; a fair share is {limit} at most."
    ),
    (Fault.COUNT_UNDER, Counted.NIGHTS): N_(
        "{name} works {count} nights; a fair share is {limit} at least."
    ),
    (Fault.COUNT_OVER, Counted.HOLIDAYS): N_(
        "{name} works on {count} holidays; a fair share is {limit} at most."
    ),
    (Fault.COUNT_UNDER, Counted.HOLIDAYS): N_(
        "{name} works on {count} holidays; a fair share is {limit} at least."
    ),
    (Fault.COUNT_OVER, Counted.WEEKENDS): N_(
        "{name} works {count} weekend days; a fair share is {limit} at most."
    ),
    (Fault.COUNT_UNDER, Counted.WEEKENDS): N_(
        "{name} works {count} weekend days; a fair share is {limit} at least."
    ),
}
_SHIFTS = {
    Fault.COUNT_OVER: N_("{name} works {count} shifts; the month asks for {limit}."),
    Fault.COUNT_UNDER: N_(
        "{name} works only {count} shifts; the month asks for {limit}."
    ),
}
_BARS = {
    Why.AWAY: N_("{name} is on leave on {day} ({what}): not {shift}."),
    Why.TRAINING: N_("{name} is at a training on {day}: not {shift}."),
    Why.NOT_HERE: N_("{name} does not work here on {day}: not {shift}."),
    Why.POST: N_("{name} does not hold the post {what} that {shift} asks for."),
    Why.CERTIFICATE: N_("{name} has no valid {what} on {day}: not {shift}."),
    Why.PROTECTED: N_(
        "{name} is protected as an expecting or nursing mother on {day}: no nights and "
        "no overtime, so not {shift}."
    ),
}
_BAR_SHORT = {
    Why.AWAY: N_("on leave: {what}"),
    Why.TRAINING: N_("at a training"),
    Why.NOT_HERE: N_("does not work here"),
    Why.POST: N_("not in the post: {what}"),
    Why.CERTIFICATE: N_("no valid {what}"),
    Why.PROTECTED: N_("protected: no nights, no overtime"),
}


_COUNTS_SHORT = {
    (Fault.COUNT_OVER, Counted.SHIFT): N_("{amount} shifts too many"),
    (Fault.COUNT_UNDER, Counted.SHIFT): N_("{amount} shifts too few"),
    (Fault.COUNT_OVER, Counted.NIGHTS): N_("{amount} nights too many"),
    (Fault.COUNT_UNDER, Counted.NIGHTS): N_("{amount} nights too few"),
    (Fault.COUNT_OVER, Counted.HOLIDAYS): N_("{amount} holidays too many"),
    (Fault.COUNT_UNDER, Counted.HOLIDAYS): N_("{amount} holidays too few"),
    (Fault.COUNT_OVER, Counted.WEEKENDS): N_("{amount} weekend days too many"),
    (Fault.COUNT_UNDER, Counted.WEEKENDS): N_("{amount} weekend days too few"),
}


def say(finding: Finding, problem: Problem) -> str:
    """Say in a sentence what is wrong, with its facts."""
    if finding.bar is not None:
        return _say_bar(finding, problem, finding.bar)
    if finding.wish is not None:
        return _say_wish(finding.wish, problem)
    if finding.fault in (Fault.COVER_UNDER, Fault.COVER_OVER):
        return _say_cover(finding, problem)
    if finding.counted is Counted.SHIFT and not finding.shift:
        sentence = _SHIFTS[finding.fault]
    elif finding.counted is not None:
        sentence = _COUNTS[finding.fault, finding.counted]
    else:
        sentence = _SENTENCES[finding.fault]
    return _(sentence).format(**_facts(finding, problem))


def say_shortly(finding: Finding, problem: Problem) -> str:
    """Say in a few words what is wrong, for who points at the very cell."""
    if finding.bar is not None:
        return _(_BAR_SHORT[finding.bar.why]).format(what=say_what(finding.bar))
    if finding.counted is not None:
        text = _COUNTS_SHORT[finding.fault, finding.counted]
    else:
        text = _SHORT[finding.fault]
    return _(text).format(**_facts(finding, problem))


def say_what(bar: Bar) -> str:
    """Name the leave, the certificate or the post that keeps somebody from a shift."""
    return _(LEAVE_NAMES[Leave(bar.what)]) if bar.why is Why.AWAY else bar.what


def say_day(problem: Problem, number: int) -> str:
    """Name a day by its number in the month, with the month where it is another."""
    day = problem.date_of(number)
    if (day.year, day.month) == (problem.first.year, problem.first.month):
        return _("day {day}").format(day=day.day)
    return _("{month}-{day}").format(month=day.month, day=day.day)


def say_shift(problem: Problem, code: str) -> str:
    """Name a shift as people call it; no shift is a day off."""
    return problem.shift(code).name or code if code else _("day off")


def say_person(problem: Problem, key: str) -> str:
    """Name a person."""
    names = (person.name for person in problem.people if person.key == key)
    return next(names, "") or key


def say_unit(problem: Problem, unit: str) -> str:
    """Name a unit; the home as a whole has no name here."""
    return problem.unit_names.get(unit, unit)


def say_where(problem: Problem, code: str, unit: str) -> str:
    """Name a shift and, where it is one unit's, the unit."""
    if not unit:
        return say_shift(problem, code)
    return _("{shift} {unit}").format(
        shift=say_shift(problem, code), unit=say_unit(problem, unit)
    )


def _facts(finding: Finding, problem: Problem) -> dict[str, object]:
    days = finding.days
    over = finding.fault in (
        *(Fault.RUN_LONG, Fault.REST_LONG, Fault.MINUTES_OVER),
        *(Fault.WEEKENDS_OVER, Fault.COUNT_OVER),
    )
    return {
        "name": say_person(problem, finding.person),
        "shift": say_shift(problem, finding.shift),
        "unit": say_unit(problem, finding.unit),
        "days": _days(problem, days),
        "span": _span(problem, days),
        "length": len(days),
        "limit": finding.limit,
        "amount": finding.amount,
        "count": finding.limit + (finding.amount if over else -finding.amount),
        "hours": _hours(finding.amount),
        "most": _hours(finding.limit),
        "before": say_shift(problem, finding.after),
    }


def _say_bar(finding: Finding, problem: Problem, bar: Bar) -> str:
    facts = {
        "name": say_person(problem, finding.person),
        "shift": say_shift(problem, finding.shift),
        "day": say_day(problem, finding.days[0]),
        "what": say_what(bar),
    }
    if bar.why is Why.CERTIFICATE and bar.since is not None:
        lapsed = (bar.since - DAY - problem.first).days
        return _(
            "{name}: {what} is valid up to {last} only, no {shift} after that ({day})."
        ).format(last=say_day(problem, lapsed), **facts)
    return _(_BARS[bar.why]).format(**facts)


def _say_wish(wish: Wish, problem: Problem) -> str:
    facts = {
        "name": say_person(problem, wish.person),
        "day": say_day(problem, wish.day),
        "shifts": _(" or ").join(
            shift.name or shift.code
            for shift in problem.shifts
            if shift.code in wish.shifts
        ),
    }
    if wish.wanted and wish.shifts:
        return _("{name} would like {shifts} on {day}.").format(**facts)
    if wish.wanted:
        return _("{name} would like to work on {day}.").format(**facts)
    if wish.shifts:
        return _("{name} would not like {shifts} on {day}.").format(**facts)
    return _("{name} would like to be off on {day}.").format(**facts)


def _say_cover(finding: Finding, problem: Problem) -> str:
    demand = finding.demand
    short = finding.fault is Fault.COVER_UNDER
    facts = {
        "day": say_day(problem, finding.days[0]),
        "where": say_where(problem, finding.shift, finding.unit),
        "need": finding.limit,
        "there": finding.limit + (-finding.amount if short else finding.amount),
        "basis": demand.basis if demand else "",
    }
    if short and facts["basis"]:
        return _("{day} {where}: {there} there, {need} needed ({basis}).").format(
            **facts
        )
    if short:
        return _("{day} {where}: {need} needed, {there} there.").format(**facts)
    if finding.is_hard:
        return _("{day} {where}: {need} at most, {there} there.").format(**facts)
    return _("{day} {where}: {need} would do, {there} there.").format(**facts)


def _days(problem: Problem, days: tuple[int, ...]) -> str:
    return _(" and ").join(say_day(problem, day) for day in days)


def _span(problem: Problem, days: tuple[int, ...]) -> str:
    if len(days) < 2:
        return _days(problem, days)
    return _("from {first} to {last}").format(
        first=say_day(problem, days[0]), last=say_day(problem, days[-1])
    )


def _hours(minutes: int) -> str:
    """Say minutes in hours, with a half where there is one."""
    return f"{minutes / 60:.1f}".removesuffix(".0")
