"""What a change would bring with it, as lines that one card draws."""

from dataclasses import dataclass
from datetime import date

from carehome.rules.today import Text


@dataclass(frozen=True, slots=True)
class Change:
    """What shall be another from a day on; what is None stays as it is."""

    resident_id: int
    starts: date
    bed_id: int | None = None
    grade: str | None = None
    meal: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a change brings with it; `before` is what it was."""

    name: Text
    value: Text
    before: Text = ""
    is_warning: bool = False
