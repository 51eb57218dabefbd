"""The demonstration home's roll of residents, as its Excel file would be."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from carehome.commands.demo.people import Crowd, words
from carehome.services.beds import FreeBed

# Care and the home's prices go together: who needs more lives on the nursing floor.
GRADES_UPSTAIRS = ("self_care", "self_care", "partial_1", "partial_1", "partial_2")
GRADES_NURSING = ("partial_2", "full", "full", "full", "special")
ABILITIES = {
    "self_care": (0, 0, 1),
    "partial_1": (1, 1, 2),
    "partial_2": (2, 2, 3),
    "full": (3, 3, 4),
    "special": (4,),
}


def write_roll(
    path: Path,
    free: Sequence[FreeBed],
    count: int,
    day: date,
    crowd: Crowd,
    dice: Random,
) -> None:
    """Write a roll of `count` people in the home's free beds, room by room."""
    import xlsxwriter  # noqa: PLC0415 - heavy

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    titles = words()["roll_columns"]
    heading = book.add_format({"bold": True, "align": "center"})
    sheet.merge_range(0, 0, 0, len(titles) - 1, words()["roll_title"], heading)
    sheet.write_row(2, 0, titles, heading)
    kept_free = set(dice.sample(range(len(free)), len(free) - count))
    taken = [bed for place, bed in enumerate(free) if place not in kept_free]
    sexes: dict[str, str] = {}
    for number, bed in enumerate(taken, 1):
        room = bed.bed.rpartition("-")[0]
        sex = sexes.setdefault(room, dice.choice(["female", "female", "male"]))
        sheet.write_row(number + 2, 0, _row(number, bed, sex, day, crowd, dice))
    book.close()


def _row(
    number: int, bed: FreeBed, sex: str, day: date, crowd: Crowd, dice: Random
) -> list[str | int]:
    person = crowd.old_person(day, sex)
    room, _, label = bed.bed.rpartition("-")
    prices = words()["prices"]
    grade = dice.choice(GRADES_NURSING if bed.is_nursing_bed else GRADES_UPSTAIRS)
    admitted = day - timedelta(days=dice.randrange(20, 1800))
    fees = [
        prices[f"bed-{bed.bed_class}"] // 100,
        prices[f"care-{grade}"] // 100,
        prices["meal-standard"] // 100,
    ]
    if dice.random() < 0.06:  # some pay less: an old agreement
        fees[0] -= 200
    deposit = dice.choice([0, 5000, 5000, 8000, 10000])
    if number % 37 == 0:  # taken under older rules: more than may be held today
        deposit = 6 * sum(fees) + 1200
    return [
        number,
        person.name,
        words()["roll_sexes"][person.sex],
        person.id_number,
        admitted.isoformat(),
        room,
        label,
        words()["roll_grades"][grade],
        words()["roll_abilities"][dice.choice(ABILITIES[grade])],
        dice.choice(words()["roll_categories"]),
        crowd.name(dice.choice(["female", "male"])),
        dice.choice(words()["relations"]),
        crowd.phone(),
        *fees,
        deposit,
        dice.choice(words()["notes"]),
    ]
