"""What a careful reader finds wrong, or worth a second look, in a row of a roll."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_, _


class BadCell(Refusal):
    """A cell cannot be read; `fault` is its name in reports."""

    fault = "bad_cell"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a row: its name in reports, where it is and what to say.

    `field` is one of the fields of the kind of roll.
    """

    name: str
    field: StrEnum
    column: int | None
    text: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        """Say what is wrong and what to do, in the language in use."""
        return _(self.text).format(**self.facts)


# A row with one of these is not read in; the gravest comes first.
FAULTS = (
    "name_missing",
    "id_missing",
    "id_lost_digits",
    "id_length",
    "id_unreadable",
    "id_check_digit",
    "id_date",
    "duplicate_id",
    "already_resident",
    "sex_mismatch",
    "bad_date",
    "already_left",
    "bed_taken",
    "bed_unreadable",
    "bad_amount",
)

NAME_MISSING = N_("The name is missing. Type the resident's name.")
DUPLICATE = N_(
    "The same identity number stands in row {row} ({name}). Compare both with the "
    "identity cards."
)
ALREADY_HERE = N_(
    "{name} with this identity number already lives in the home. Leave this row out, "
    "or correct the number."
)
SHEET_MALE = N_(
    "The sheet says male, the identity number says female. Correct whichever is wrong."
)
SHEET_FEMALE = N_(
    "The sheet says female, the identity number says male. Correct whichever is wrong."
)
ALREADY_LEFT = N_(
    "The sheet says “{typed}”: this resident has left. Leave this row out, or clear "
    "that cell."
)
TAKEN_IN_SHEET = N_(
    "Bed {bed} is already given to {name} in row {row}. Correct one of the two."
)
TAKEN_IN_HOME = N_(
    "Bed {bed} is taken by {name} in the home. Correct the bed, or move {name} first."
)
BED_AS_DATE = N_(
    "Excel has turned this bed into a date. Format the cell as text and type the bed "
    "again, such as 101-2."
)
NEGATIVE = N_("“{typed}” is less than 0. Type the amount without a minus sign.")

ID_UPGRADED = N_("The old number with 15 digits was completed to {number}.")
ID_ZEROS = N_(
    "The identity number ends in 000, as numbers rounded by Excel do. Compare it with "
    "the identity card."
)
BIRTH_DIFFERS = N_(
    "The sheet says born {typed}, the identity number says {born}. The number counts."
)
AGE_DIFFERS = N_("The sheet says {typed} years old, the identity number says {age}.")
SEX_UNKNOWN = N_("“{typed}” says neither male nor female. The identity number counts.")
NAME_REMARK = N_("“{remark}” behind the name was moved to the note.")
NAME_PRIVATE = N_(
    "The name holds a character that only the computer of the sheet can show. Type it "
    "again."
)
FEE_BLANK = N_("No amount is given; 0 is read.")
AMOUNT_MERGED = N_(
    "One amount stands in a cell merged over several rows and is read for each of them."
)
TOTAL_DIFFERS = N_(
    "The sheet's total is {total}, but bed, care and meal fees come to {sum}."
)
GRADE_UNKNOWN = N_("“{typed}” is not a known nursing grade. Choose one by hand.")
CATEGORY_UNKNOWN = N_("“{typed}” is not a known category. Choose one by hand.")
MAYBE_LEFT = N_("The note may say that this resident has left. Read it again.")
PHONE_UNREADABLE = N_("“{typed}” does not look like a phone number.")
NO_BED = N_("No bed is given; choose one later.")
ROOM_ABOVE = N_("The room is blank; that of the row above, {room}, is read.")
HIDDEN_ROW = N_("This row is hidden in the sheet. See whether it is meant to be read.")
