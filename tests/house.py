"""The smallest house that tests of beds, residents and admissions live in."""

from datetime import date

from carehome.db.database import Database
from carehome.rules.rights import Role
from carehome.services.beds import NewBed, places, uses
from carehome.services.residents import Person, people, stays
from tests.conftest import ROLES, TODAY

DIRECTOR = ROLES[Role.DIRECTOR]
MARCH = date(2026, 3, 1)


def build(db: Database) -> dict[str, int]:
    """Build 301 for women and 302 for men, two beds each; return beds by name."""
    with db.writing(DIRECTOR, "house") as session:
        places.add_beds_in(
            session,
            [
                NewBed("一号楼", room, label, "B", "三楼", 3, rule)
                for room, rule in (("301", "female"), ("302", "male"))
                for label in "12"
            ],
        )
        return {name: bed for bed, name in places.bed_names_in(session).items()}


def know(db: Database, name: str, sex: str = "female", id_number: str = "") -> int:
    """Write down a person who does not live here."""
    with db.writing(DIRECTOR, "know") as session:
        return people.add_person_in(session, Person(name, sex), id_number, TODAY).id


def settle(
    db: Database, name: str, bed_id: int, day: date = MARCH, sex: str = "female"
) -> int:
    """Let somebody new live in a bed from `day` on."""
    resident_id = know(db, name, sex)
    with db.writing(DIRECTOR, "settle") as session:
        stays.open_stay_in(session, resident_id, day)
        uses.occupy_in(session, resident_id, bed_id, day)
    return resident_id
