"""Invented people: names, identity numbers, phones; the same for the same dice."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from carehome import paths
from carehome.rules.identity import check_digit

# A real area code is needed for a valid number; the people are invented.
_AREAS = ("330106", "610103", "510104", "370102", "371502")


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person."""

    name: str
    sex: str
    born: date
    id_number: str


@cache
def words() -> dict[str, Any]:
    """Return the names and texts of the demonstration home."""
    path = paths.resource("demo") / "home.json"
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


class Crowd:
    """Gives out invented people, none twice."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._names: set[str] = set()
        self._rare = list(words()["rare"])

    def old_person(self, day: date, sex: str | None = None) -> Somebody:
        """Return somebody of 62 to 97 years."""
        born = day - timedelta(days=self._dice.randrange(62 * 365, 97 * 365))
        if sex is None and self._rare and self._dice.random() < 0.05:
            name, sex = self._rare.pop()
        else:
            sex = sex or ("female" if self._dice.random() < 0.6 else "male")
            name = self.name(sex)
        return Somebody(name, sex, born, self._id_number(born, sex))

    def name(self, sex: str) -> str:
        """Return a name that nobody else here has."""
        given = words()["women" if sex == "female" else "men"]
        while True:
            surname: str = self._dice.choice(words()["surnames"])
            name = surname + str(self._dice.choice(given))
            if name not in self._names:
                self._names.add(name)
                return name

    def phone(self) -> str:
        """Return a mobile number of a range that is given to nobody."""
        return f"1700000{self._dice.randrange(10**4):04d}"

    def _id_number(self, born: date, sex: str) -> str:
        order = self._dice.randrange(1, 499) * 2 + (1 if sex == "male" else 0)
        body = f"{self._dice.choice(_AREAS)}{born:%Y%m%d}{order:03d}"
        return body + check_digit(body)
