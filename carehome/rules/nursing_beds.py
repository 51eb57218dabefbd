"""The share of nursing beds: what is asked of a kind of home, and what the home has."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from carehome import paths
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.rulepacks import FilePart, Source

FILE, SCHEMA = "nursing-bed-targets.json", "carehome/nursing-bed-targets/1"
OWN = "own"  # the kind of home whose target the director types


class PercentOff(Refusal):
    """A share lies between nothing and everything."""

    text = N_("A share of beds lies between 0 and 100 percent.")


class UnknownKind(Refusal):
    """The kind of home is not in the list."""

    text = N_("Choose the kind of home from the list.")


@dataclass(frozen=True, slots=True)
class Target:
    """The share asked of a kind of home; an average binds an area, not one home."""

    code: str
    name: str
    percent: int
    by: str
    is_average: bool
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class Measured:
    """The home's own nursing beds beside a target."""

    beds: int
    nursing: int
    percent: int

    @property
    def share(self) -> Fraction:
        """Return the home's share of nursing beds."""
        return Fraction(self.nursing, self.beds) if self.beds else Fraction(0)

    @property
    def lacking(self) -> int:
        """Return how many beds would still have to become nursing beds."""
        needed = -(-self.beds * self.percent // 100)
        return max(needed - self.nursing, 0)


@cache
def targets() -> dict[str, Target]:
    """Return the targets that the documents give, by kind of home."""
    path = paths.resource("rulepacks") / FILE
    read = FilePart.of_file(path, SCHEMA).parts("targets")
    return {
        each.name("code"): Target(
            each.name("code"),
            each.name("name"),
            each.whole("percent"),
            each.text("by"),
            each.flag("is_average"),
            each.name("note"),
            each.source(),
        )
        for each in read
    }


def check(kind: str, percent: int) -> None:
    """Raise unless the kind is known and the share is one."""
    if kind not in targets():
        raise UnknownKind
    if not 0 <= percent <= 100:
        raise PercentOff
