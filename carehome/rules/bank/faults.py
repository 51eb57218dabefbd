"""What is wrong with a statement, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from carehome.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a statement is not read in, and the row to look at, if it is one row."""

    row: int | None
    name: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """Say what is wrong and what to do, in the language in use."""
        return _(TEXTS[self.name]).format(**self.facts)

    @property
    def told(self) -> str:
        """Say it with the row to look at, if it is one row."""
        if self.row is None:
            return self.message
        return _("Row {row}: {message}").format(row=self.row, message=self.message)


TEXTS = {
    "no_titles": N_(
        "No row with the titles of a bank statement was found. Choose the file that "
        "the bank calls its statement or its list of movements; if the text looks "
        "garbled, open it in Excel or WPS and save it as an Excel workbook (.xlsx)."
    ),
    "wrong_columns": N_(
        "There is no column for: {columns}. Download the statement again with all "
        "columns."
    ),
    "no_lines": N_("There are titles, but no lines below them."),
    "bad_day": N_("“{typed}” is not a date that this program can read."),
    "future_day": N_("{day} is still to come. This cannot be a statement."),
    "bad_amount": N_(
        "“{typed}” in the column “{title}” is not an amount of money. Correct it by "
        "the bank's own paper, or download the statement again."
    ),
    "no_amount": N_("No amount is given, neither in nor out."),
    "two_amounts": N_(
        "Money came in and went out in one line: {money_in}, {money_out}."
    ),
    "bad_flag": N_("“{typed}” tells neither money in nor money out."),
    "no_balance": N_("The balance after this line is missing."),
    "broken_text": N_(
        "The text of this row is damaged: “{typed}”. Download the statement again."
    ),
    "doubled": N_(
        "This line stands in row {row} already. Delete one of the two, or download "
        "the statement again."
    ),
    "broken_chain": N_(
        "Row {row} leaves {before}, and with {amount} that makes {expected}, but "
        "this row says {told}. A line is missing or was changed: download the "
        "statement again."
    ),
    "wrong_opening": N_(
        "The head of the statement says that there was {told} at first, but this line "
        "begins with {before}. Lines are missing at the beginning."
    ),
    "wrong_closing": N_(
        "The statement says that {told} is left, but its last line leaves {left}. "
        "Lines are missing at the end."
    ),
    "wrong_total_in": N_(
        "The statement says that {told} came in, its lines say {sum}."
    ),
    "wrong_total_out": N_(
        "The statement says that {told} went out, its lines say {sum}."
    ),
    "wrong_account": N_(
        "This is a statement of the account {found}, not of {wanted}. Choose the other "
        "account, or the other file."
    ),
    "not_joined": N_(
        "By the lines read in before, {kept} was in the account on {day}, but this "
        "file begins with {before}: {difference} apart. The file names no account, so "
        "it may be of another one; or a statement in between is missing: read that "
        "one in first."
    ),
    "gap_before": N_(
        "By the lines read in before, {kept} was in the account on {day}, but this "
        "file begins with {before}: {difference} apart. A statement in between is "
        "missing."
    ),
    "already_read": N_("This line was read in on {day} from “{file}”."),
}
