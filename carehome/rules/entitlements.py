"""The national basic list: which of its items a resident may be entitled to."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from carehome import paths
from carehome.i18n import N_
from carehome.rules.today import Text, words

PENSION_AGE = 60  # from which a pension is asked about (ours; the law has several)
_HARD_UP = {"hardship", "minimum_living", "low_income", "destitute", "out_of_poverty"}


class Standing(StrEnum):
    """How a resident stands with one item of the list."""

    RECEIVES = "receives"
    APPLIED = "applied"
    REFUSED = "refused"
    NOT_WANTED = "not_wanted"
    MAY = "may"
    UNKNOWN = "unknown"
    NOT = "not"


STANDING_NAMES = {
    Standing.RECEIVES: N_("Receives it"),
    Standing.APPLIED: N_("Applied for"),
    Standing.REFUSED: N_("Was refused"),
    Standing.NOT_WANTED: N_("Does not want it"),
    Standing.MAY: N_("May be entitled"),
    Standing.UNKNOWN: N_("Not known"),
    Standing.NOT: N_("Not entitled"),
}
NOTED = (Standing.RECEIVES, Standing.APPLIED, Standing.REFUSED, Standing.NOT_WANTED)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the list; of each group in `needs` one fact must hold."""

    number: int
    group: str
    name: str
    content: str
    kind: str
    source: str
    needs: tuple[tuple[str, ...], ...]

    @property
    def code(self) -> str:
        """The name under which records keep the item."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the home knows of somebody that matters for the list.

    `class_` is how subsidies class the ability, empty when not assessed.
    """

    age: int | None
    categories: frozenset[str] = frozenset()
    class_: str = ""
    disability_grade: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """How somebody stands with an item, and why."""

    item: Item
    standing: Standing
    reasons: tuple[Text, ...] = ()


Fact = Callable[[Facts], bool | None]


def _nobody_knows(_facts: Facts) -> None:
    """Stand for a fact that no record of the home holds."""
    return


def _older(age: int) -> Fact:
    return lambda facts: None if facts.age is None else facts.age >= age


def _belongs(*codes: str) -> Fact:
    return lambda facts: bool(facts.categories & set(codes))


def _hardship(facts: Facts) -> bool | None:
    """Somebody of no category at all has simply not been asked."""
    if facts.categories & _HARD_UP:
        return True
    return False if facts.categories else None


def _cannot_care(facts: Facts) -> bool | None:
    return facts.class_ == "disabled" if facts.class_ else None


def _disabled(facts: Facts) -> bool:
    return facts.disability_grade is not None or "disabled" in facts.categories


def _severely(facts: Facts) -> bool | None:
    if facts.disability_grade is not None:
        return facts.disability_grade <= 2
    return None if "disabled" in facts.categories else False


def _special(facts: Facts) -> bool | None:
    if facts.categories & {"living_alone", "one_child_loss"} or _severely(facts):
        return True
    return _cannot_care(facts)


# Each fact: how it is known, and in which words it is told.
FACTS: Mapping[str, tuple[Fact, str]] = {
    "pension_age": (_older(PENSION_AGE), N_("of the age of a pension")),
    "insured_as_worker": (_nobody_knows, N_("insured as an employee")),
    "insured_as_citizen": (_nobody_knows, N_("insured as a resident")),
    "age_65": (_older(65), N_("65 years or older")),
    "age_80": (_older(80), N_("80 years or older")),
    "hardship": (_hardship, N_("in economic hardship")),
    "keeps_own_home": (_nobody_knows, N_("keeps a household of their own")),
    "cannot_care": (_cannot_care, N_("unable to care for themselves")),
    "family_trains": (_nobody_knows, N_("family attends care training")),
    "minimum_living": (_belongs("minimum_living"), N_("receives minimum living aid")),
    "still_in_need": (_nobody_knows, N_("still in need with that aid")),
    "destitute": (_belongs("destitute"), N_("recognised as destitute")),
    "lives_at_home": (lambda _facts: False, N_("lives in their own home")),
    "special_difficulty": (_special, N_("in special difficulty")),
    "special_merit": (_belongs("veteran_care"), N_("entitled to special care")),
    "no_support": (_nobody_knows, N_("nobody is able to support them")),
    "merit_allowance": (_nobody_knows, N_("receives the regular state allowance")),
    "one_child_loss": (
        _belongs("one_child_loss"),
        N_("of a special family of family planning"),
    ),
    "disabled": (_disabled, N_("recognised as disabled")),
    "severely_disabled": (_severely, N_("disability grade 1 or 2")),
    "long_care": (_cannot_care, N_("needs long-term care")),
    "homeless": (_belongs("homeless"), N_("without means of living")),
}


@cache
def items() -> tuple[Item, ...]:
    """Return the items of the list that is in force."""
    path = paths.resource("entitlements") / "national-2022.json"
    listed = json.loads(path.read_text("utf-8"))["items"]
    return tuple(
        Item(**{**item, "needs": tuple(map(tuple, item["needs"]))}) for item in listed
    )


@cache
def _review() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    path = paths.resource("entitlements") / "national-2022.json"
    listed = json.loads(path.read_text("utf-8"))["review"]
    pairs = ([frozenset(map(str, side)) for side in each["both"]] for each in listed)
    return tuple((one, other) for one, other in pairs)


def judge(item: Item, facts: Facts) -> Finding:
    """Say whether somebody may be entitled to an item, by what the home knows."""
    held: list[str] = []
    unknown: list[str] = []
    for group in item.needs:
        known = {name: FACTS[name][0](facts) for name in group}
        if any(known.values()):
            held += [name for name, value in known.items() if value]
        elif None in known.values():
            unknown += [name for name, value in known.items() if value is None]
        else:
            return Finding(item, Standing.NOT, (_lacks(group),))
    if unknown:
        text = N_("The home does not know: {facts}.")
        return Finding(item, Standing.UNKNOWN, (words(text, facts=_told(unknown)),))
    text = N_("Because: {facts}.")
    return Finding(item, Standing.MAY, (words(text, facts=_told(held)),))


def findings(facts: Facts, noted: Mapping[str, Standing]) -> list[Finding]:
    """Say for every item how somebody stands; what is noted comes before what is read.

    Who receives one pension is not asked about the other.
    """
    found = []
    pensions = {"1", "2"}
    receives = {code for code, state in noted.items() if state is Standing.RECEIVES}
    for item in items():
        read = judge(item, facts)
        if item.code in noted:
            found.append(Finding(item, noted[item.code], read.reasons))
        elif item.code == "3" and facts.class_:
            done = words(N_("The ability has been assessed."))
            found.append(Finding(item, Standing.RECEIVES, (done,)))
        elif item.code in pensions and receives & pensions:
            other = words(N_("Receives the other pension."))
            found.append(Finding(item, Standing.NOT, (other,)))
        else:
            found.append(read)
    return found


def is_for_review(receiving: Collection[str]) -> bool:
    """Say whether somebody receives both an elder subsidy and those for disability.

    No rule excludes it; the sources ask that the two be matched (seed 003 L103).
    """
    got = set(receiving)
    return any(got & one and got & other for one, other in _review())


def _told(names: Sequence[str]) -> tuple[Text, ...]:
    return tuple(words(FACTS[name][1]) for name in dict.fromkeys(names))


def _lacks(group: Sequence[str]) -> Text:
    return words(N_("Not: {facts}."), facts=_told(group))
