"""The list of residents: its columns, and the words and colours within them."""

from collections.abc import Mapping
from typing import Any

from carehome.i18n import N_, _, say_day
from carehome.rules.beds import label_key
from carehome.rules.residents import SEX_NAMES, STATUS_NAMES, Status
from carehome.services.residents import ResidentLine
from carehome.ui.kit import table
from carehome.ui.kit.table import Column
from carehome.ui.parts import ability, absence

STATUS_TONES = {
    Status.WAITING: "quiet",
    Status.ADMITTING: "quiet",
    Status.IN: "ok",
    Status.ON_LEAVE: absence.tone("leave"),
    Status.IN_HOSPITAL: absence.tone("hospital"),
    Status.DISCHARGED: "quiet",
}
CHIPS = {  # who is simply here is the rule and needs no colour in a list
    status: tone for status, tone in STATUS_TONES.items() if status is not Status.IN
}
SLIM = 3  # columns that stay while a file is open beside the list


def sex_and_age(sex: str, age: int | None) -> str:
    """Say sex and age in one short word: female 86."""
    return " ".join((_(SEX_NAMES[sex]), "" if age is None else str(age))).strip()


def say_status(line: ResidentLine) -> str:
    """Say where somebody stands, and whether they should be back by now."""
    name = _(STATUS_NAMES[line.status])
    return _("{state}, overdue").format(state=name) if line.late_since else name


def say_late(line: ResidentLine) -> str:
    """Say since when somebody should have been back."""
    if line.late_since is None:
        return ""
    return _("Should be back since {day}.").format(day=say_day(line.late_since))


def ability_chip(line: ResidentLine) -> str | None:
    """Return the tone of an assessed ability; what is unknown stays plain."""
    level = line.ability_level
    return None if level is None else ability.tone(level)


def by_pinyin(line: ResidentLine) -> bytes:
    """Return a key that sorts names as people expect.

    The old national character set has its common signs in the order of their pinyin.
    """
    return line.name.encode("gb18030")


def columns(
    balances: Mapping[int, tuple[int, int]] | None,
) -> tuple[Column[ResidentLine], ...]:
    """Return the columns of the list; those about money unless `balances` is None.

    `balances` is read each time a cell is painted, so it may be filled later.
    """
    plain: tuple[Column[Any], ...] = (
        Column(N_("Name"), lambda r: r.name, bold=True, order=by_pinyin),
        Column(
            N_("Bed"), lambda r: r.bed or None, order=lambda r: label_key(r.bed) or None
        ),
        Column(
            N_("State"),
            say_status,
            chip=lambda r: "bad" if r.late_since else CHIPS.get(r.status),
            tip=say_late,
            tone=lambda _r: "ink_2",
        ),
        Column(
            N_("Sex and age"),
            lambda r: sex_and_age(r.sex, r.age),
            order=lambda r: (r.sex, r.age or 0),
        ),
        Column(
            N_("Ability"),
            lambda r: ability.word(r.ability_level),
            chip=ability_chip,
            tone=lambda _r: "ink_2",
            order=lambda r: -1 if r.ability_level is None else r.ability_level,
        ),
        Column(N_("Nursing grade"), lambda r: r.grade_label or None),
        table.day(N_("Admitted on"), lambda r: r.admitted_on),
    )
    last: Column[Any] = Column(
        N_("Resident category"),
        lambda r: _(", ").join(r.category_labels) or None,
        stretch=True,
    )
    if balances is None:
        return (*plain, last)
    return (
        *plain,
        table.money(
            N_("Owed"),
            lambda r: balances.get(r.resident_id, (0, 0))[0] or None,
            tone=lambda r: "bad",
        ),
        table.money(
            N_("Prepaid"), lambda r: balances.get(r.resident_id, (0, 0))[1] or None
        ),
        last,
    )
