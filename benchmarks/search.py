"""A search keystroke over 10,000 people, against a bare `in` over the same strings.

Words are typed letter by letter, as people do; the slowest keystroke counts. The floor
scans the very words of the index once for the same letters. The index itself is read in
the worker; its floor is the bare read of the residents' table.
"""

import random
import tempfile
from datetime import date, timedelta
from pathlib import Path

from benchmarks.crowd import DIRECTOR, KEY, clock
from benchmarks.rounds import in_turn, say
from carehome.db import schema
from carehome.db.database import Database
from carehome.db.residents import ContactRow, ResidentRow
from carehome.rules.identity import check_digit
from carehome.services import home as homes
from carehome.services.beds import NewBed, places, uses
from carehome.services.pinyin import spell
from carehome.services.residents import IN_HOUSE, ResidentIndex, Residents, stays

TYPED = ("wangxiu", "王秀英", "y", "wang xiu y", "302-2", "13800", "610103")
FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "秀英桂兰玉珍淑芬建国德福志明永昌翠花大成春梅长贵"
LIVING = 200  # beds take the slow road through the rules; the rest have left


def main(people: int = 10_000, rounds: int = 7) -> None:
    """Print how a keystroke compares with a bare scan."""
    with tempfile.TemporaryDirectory() as name:
        db = make_people(Path(name), people)
        residents = Residents(db, DIRECTOR, clock)
        index = residents.index()
        ours, floor = slowest(index, rounds)
        say(f"keystroke over {people} people", ours, floor, "at most 16 ms")
        filtered, _floor = in_turn(
            rounds, lambda: index.find("", IN_HOUSE), lambda: None
        )
        say("a filter alone, no text", filtered, floor, "at most 16 ms")
        ours, floor = in_turn(5, residents.index, lambda: bare_read(db))
        say(f"index of {people} people, in the worker", ours, floor, "no limit set")
        db.close()


def slowest(index: ResidentIndex, rounds: int) -> tuple[float, float]:
    """Return the seconds of the slowest keystroke and of its floor."""
    words = index._words
    worst = (0.0, 0.0)
    for text in TYPED:
        for length in range(1, len(text) + 1):
            typed = text[:length]
            last = "\n" + typed.split()[-1]
            ours, floor = in_turn(
                rounds,
                lambda typed=typed: index.find(typed),
                lambda last=last: [word for word in words if last in word],
            )
            worst = max(worst, (ours, floor))
    return worst


def make_people(folder: Path, people: int) -> Database:
    """Make a home that knows `people` people, some of whom live there."""
    dice = random.Random(10)
    path = folder / homes.FILE
    schema.create(path, KEY)
    db = Database(path, KEY)
    with db.writing(homes.SET_UP, "benchmark") as session:
        rows = [person(dice, number) for number in range(1, people + 1)]
        contacts = [
            {
                "resident_id": row["id"],
                "role": "family",
                "name": "contact",
                "relation": "",
                "phone": f"139{dice.randrange(10**8):08}",
                "is_organisation": False,
                "note": "",
            }
            for row in rows
        ]
        session.connection().execute(ResidentRow.__table__.insert(), rows)
        session.connection().execute(ContactRow.__table__.insert(), contacts)
        wanted = [
            NewBed("1", str(301 + number // 4), str(1 + number % 4), "B", level=3)
            for number in range(LIVING)
        ]
        for resident_id, bed_id in enumerate(places.add_beds_in(session, wanted), 1):
            stays.open_stay_in(session, resident_id, date(2026, 3, 1))
            uses.occupy_in(session, resident_id, bed_id, date(2026, 3, 1))
    return db


def person(dice: random.Random, number: int) -> dict[str, object]:
    """Return the columns of an invented person."""
    name = dice.choice(FAMILIES) + "".join(dice.choices(GIVEN, k=2))
    spelling = spell(name)
    born = date(1930, 1, 1) + timedelta(days=number * 7 % 9001)
    first = f"610103{born:%Y%m%d}{number % 1000:03}"
    return {
        "id": number,
        "name": name,
        "pinyin": spelling.full,
        "initials": spelling.initials,
        "sex": "male" if number % 2 else "female",
        "born": born,
        "id_number": first + check_digit(first),
        "phone": f"138{dice.randrange(10**8):08}",
        "address": "",
        "ability_level": number % 5,
        "has_dementia": False,
        "note": "",
    }


def bare_read(db: Database) -> list[object]:
    """Read the residents' table and nothing else."""
    with db.reading() as session:
        return list(session.connection().exec_driver_sql("SELECT * FROM resident"))


if __name__ == "__main__":
    main()
