"""Who may do what: one table of roles and rights."""

from dataclasses import dataclass
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_


class Right(StrEnum):
    """One kind of deed that a role may be allowed."""

    USE_PROGRAM = "use-program"
    SEE_HOME = "see-home"
    CHANGE_HOME = "change-home"
    MANAGE_ACCOUNTS = "manage-accounts"
    READ_CHANGE_LOG = "read-change-log"
    SEE_STAFF = "see-staff"
    CHANGE_STAFF = "change-staff"
    SEE_PAY = "see-pay"
    CHANGE_PAY = "change-pay"
    SEE_ROSTER = "see-roster"
    CHANGE_ROSTER = "change-roster"
    PUBLISH_ROSTER = "publish-roster"
    SET_COVER = "set-cover"

    SEE_SAFETY = "see-safety"
    MAKE_ROUNDS = "make-rounds"
    CHANGE_SAFETY = "change-safety"
    CLOSE_HAZARDS = "close-hazards"

    SEE_RATING = "see-rating"
    JUDGE_RATING = "judge-rating"
    CHANGE_RATING = "change-rating"
    SEE_OVERVIEW = "see-overview"

    SEE_RESIDENTS = "see-residents"
    CHANGE_RESIDENTS = "change-residents"
    SHOW_IDENTITY = "show-identity"
    READ_ROLL = "read-roll"
    KEEP_PAPERS = "keep-papers"
    RECORD_ABSENCE = "record-absence"
    SET_GRADE = "set-grade"
    ASSESS = "assess"
    CLOSE_ADMISSION = "close-admission"
    SETTLE = "settle"
    LEAVE_CLAIM = "leave-claim"
    DESTROY_PAPERS = "destroy-papers"

    SEE_BEDS = "see-beds"
    CHANGE_BEDS = "change-beds"
    ASSIGN_BEDS = "assign-beds"

    SEE_FEES = "see-fees"
    CHANGE_PRICES = "change-prices"
    APPROVE_PRICES = "approve-prices"
    ASK_PRICE = "ask-price"
    SET_PERSONAL_PRICE = "set-personal-price"
    RECORD_CHARGES = "record-charges"
    POST_BILLS = "post-bills"
    CONFIRM_OLD_FACTS = "confirm-old-facts"
    TAKE_MONEY = "take-money"
    VOID_RECEIPT = "void-receipt"
    PAY_OUT_DEPOSIT = "pay-out-deposit"
    APPROVE_REFUND = "approve-refund"
    KEEP_BOOKS = "keep-books"
    WRITE_OFF = "write-off"
    REOPEN_DAY = "reopen-day"
    REOPEN_MONTH = "reopen-month"


class Role(StrEnum):
    """What somebody does in the home."""

    DIRECTOR = "director"
    HEAD_NURSE = "head_nurse"
    FRONT_DESK = "front_desk"
    ACCOUNTANT = "accountant"
    SAFETY_OFFICER = "safety_officer"


ROLE_NAMES = {
    Role.DIRECTOR: N_("Director"),
    Role.HEAD_NURSE: N_("Head nurse"),
    Role.FRONT_DESK: N_("Front desk"),
    Role.ACCOUNTANT: N_("Accountant"),
    Role.SAFETY_OFFICER: N_("Safety officer"),
}

_EVERYONE = {
    Right.USE_PROGRAM,
    Right.SEE_HOME,
    Right.SEE_BEDS,
    Right.SEE_ROSTER,
    Right.SEE_SAFETY,
    Right.SEE_RATING,
    Right.JUDGE_RATING,
}
_DESK = _EVERYONE | {
    Right.SEE_RESIDENTS,
    Right.CHANGE_RESIDENTS,
    Right.SHOW_IDENTITY,
    Right.KEEP_PAPERS,
    Right.RECORD_ABSENCE,
    Right.ASSIGN_BEDS,
    Right.SEE_STAFF,
    Right.MAKE_ROUNDS,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.DIRECTOR: frozenset(Right),
    Role.HEAD_NURSE: frozenset(
        _DESK
        | {
            Right.CHANGE_BEDS,
            Right.SET_GRADE,
            Right.ASSESS,
            Right.CLOSE_ADMISSION,
            Right.RECORD_CHARGES,
            Right.CHANGE_STAFF,
            Right.CHANGE_ROSTER,
            Right.PUBLISH_ROSTER,
            Right.SET_COVER,
            Right.CHANGE_RATING,
        }
    ),
    Role.FRONT_DESK: frozenset(
        _DESK
        | {
            Right.READ_ROLL,
            Right.CHANGE_BEDS,
            Right.SET_GRADE,
            Right.SEE_FEES,
            Right.ASK_PRICE,
            Right.RECORD_CHARGES,
            Right.TAKE_MONEY,
        }
    ),
    Role.ACCOUNTANT: frozenset(
        _EVERYONE
        | {
            Right.SEE_RESIDENTS,
            Right.SHOW_IDENTITY,
            Right.KEEP_PAPERS,
            Right.SEE_STAFF,
            Right.SEE_PAY,
            Right.CHANGE_PAY,
            Right.SEE_FEES,
            Right.CHANGE_PRICES,
            Right.ASK_PRICE,
            Right.SET_PERSONAL_PRICE,
            Right.RECORD_CHARGES,
            Right.POST_BILLS,
            Right.SETTLE,
            Right.TAKE_MONEY,
            Right.VOID_RECEIPT,
            Right.PAY_OUT_DEPOSIT,
            Right.APPROVE_REFUND,
            Right.KEEP_BOOKS,
            Right.SEE_OVERVIEW,
        }
    ),
    Role.SAFETY_OFFICER: frozenset(
        _EVERYONE
        | {
            Right.SEE_STAFF,
            Right.MAKE_ROUNDS,
            Right.CHANGE_SAFETY,
            Right.CLOSE_HAZARDS,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who has signed in."""

    account_id: int
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Say whether the person's role has `right`."""
        return right in RIGHTS[self.role]


class NotAllowed(Refusal):
    """The person's role lacks the right."""

    text = N_("Your role may not do this. Please ask the director.")


def check(user: User, right: Right) -> None:
    """Raise NotAllowed unless `user` has `right`."""
    if not user.may(right):
        raise NotAllowed
