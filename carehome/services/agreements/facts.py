"""What fills an agreement: read from the file, and what is missing there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db import change_log
from carehome.db.accounts import AccountRow
from carehome.db.beds import BedRow
from carehome.db.residents import AgreementRow, ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, say_date, show_money
from carehome.rules import agreement_text
from carehome.rules.billing.facts import PersonalPrice
from carehome.rules.billing.runs import PriceBook
from carehome.rules.billing.service_fee import ServiceFee
from carehome.rules.billing.tariff import Item, PriceList, Terms
from carehome.rules.deposits import cap
from carehome.rules.money import capital
from carehome.rules.periods import DAY
from carehome.rules.phones import show_phone
from carehome.rules.residents import ABILITY_NAMES, CONTACT_ROLE_NAMES, SEX_NAMES
from carehome.rules.rights import Role
from carehome.rules.rulepacks import DEPOSIT_BASE_NAMES, RulePack
from carehome.services.beds import uses
from carehome.services.beds.places import bed_name_in
from carehome.services.deposits.number import account_number_in
from carehome.services.fees import Book, service_fee_of
from carehome.services.home import labels_in, profile_in
from carehome.services.residents import terms
from carehome.services.residents.people import Contact, contacts_in
from carehome.services.rulebook import pack_in

# What to do about a field that is empty; others may well stay so.
_ADVICE = {
    "home_address": N_("Enter it in the settings, under Home."),
    "home_phone": N_("Enter it in the settings, under Home."),
    "home_head": N_("Give somebody the role of director in the settings."),
    "how_to_pay": N_("Enter it in the settings, under Home."),
    "deposit_account": N_("Enter it in the settings, under Home."),
    "born": N_("Enter it in the file, under Basics."),
    "identity": N_("Enter it in the file, under Basics."),
    "address": N_("Enter it in the file, under Basics."),
    "ability": N_("Do the ability assessment, or enter the level under Basics."),
    "signer": N_("Enter who signs under “Change”."),
    "signer_role": N_("Enter whoever signs as a contact, with the same name."),
    "signer_phone": N_("Enter the phone number with the contact."),
    "contacts": N_("Enter a contact in the file, under Basics."),
    "grade": N_("Set the nursing grade in the file."),
    "bed": N_("Give the resident a bed."),
    "month_fee": N_("Put the missing price into the price list."),
    "deposit": N_("Enter the agreed deposit under “Change”; 0 if there is none."),
    "ends": N_("Enter the last day under “Change”."),
}
_UNIT_TEXTS = {
    "month": N_("{price} a month"),
    "day": N_("{price} a day"),
    "use": N_("{price} each time"),
    "once": N_("{price} once"),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the text asks for and the file does not hold."""

    name: str
    advice: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What fills a template, by the codes of the fields."""

    values: Mapping[str, str | bool]
    lists: Mapping[str, list[dict[str, str]]]

    def missing(self) -> list[Missing]:
        """List what is empty that should not be, in the order of the text."""
        fields = agreement_text.fields()
        named = {
            **fields.names,
            **{each.code: each.name for each in fields.lists},
        }
        return [
            Missing(named[code], _(advice))
            for code, advice in _ADVICE.items()
            if not (self.lists.get(code) if code in self.lists else self.values[code])
        ]


def facts_in(session: Session, row: AgreementRow, today: date) -> Facts:
    """Return what fills the agreement, by the prices of its first day.

    The whole identity number goes in, which the log keeps as a look at it.
    """
    resident = session.get_one(ResidentRow, row.resident_id)
    contacts = contacts_in(session, row.resident_id)
    pack = pack_in(session, row.starts)
    prices = _Prices(session, row.resident_id, row.starts)
    if resident.id_number:
        why = _("For the text of the service agreement")
        change_log.note_look(session, "resident", resident.id, resident.id, why)
    values: dict[str, str | bool] = {
        **_home(session),
        **_person(resident),
        **_signer(row, resident, contacts),
        **_care(session, row),
        **prices.values(),
        **_deposit(row, pack, prices.fee),
        **_term(row, today),
    }
    lists = {
        "contacts": [_contact(each) for each in contacts],
        "fees": prices.fees(),
        "own_prices": prices.own(row.ends) or [_none()],
        "absences": [{"text": text} for text in prices.absences()],
    }
    return Facts(values, lists)


def sample_facts() -> Facts:
    """Return what shows a template to whoever edits it: each field by its name."""
    fields = agreement_text.fields()
    values: dict[str, str | bool] = {
        field.code: _("[{name}]").format(name=field.name) for field in fields.single
    }
    lists = {
        each.code: [
            {
                column.code: _("[{name}]").format(name=column.name)
                for column in each.columns
            }
        ]
        for each in fields.lists
    }
    return Facts({**values, "has_trial": True}, lists)


def _home(session: Session) -> dict[str, str]:
    home = profile_in(session)
    head = session.scalar(
        select(AccountRow.name)
        .where(AccountRow.role == Role.DIRECTOR, AccountRow.is_active)
        .order_by(AccountRow.id)
    )
    return {
        "home": home.name,
        "home_address": home.address,
        "home_phone": home.phone,
        "home_head": head or "",
        "home_kind": home.legal_kind,
        "home_filing": home.filing_number,
        "how_to_pay": home.payment_note,
        "deposit_account": account_number_in(session),
    }


def _person(row: ResidentRow) -> dict[str, str]:
    level = row.ability_level
    return {
        "resident": row.name,
        "sex": _(SEX_NAMES[row.sex]),
        "born": say_date(row.born) if row.born else "",
        "identity": row.id_number or "",
        "address": row.address,
        "phone": show_phone(row.phone),
        "ability": "" if level is None else _(ABILITY_NAMES[level]),
    }


def _signer(
    row: AgreementRow, resident: ResidentRow, contacts: Iterable[Contact]
) -> dict[str, str]:
    """Return who signs: the resident, or the contact of that name."""
    known = next((each for each in contacts if each.name == row.signer), None)
    if row.signer == resident.name:
        role, phone = _("The resident in person"), resident.phone
    elif known is not None:
        role, phone = _role(known), known.phone
    else:
        role, phone = "", ""
    return {
        "signer": row.signer,
        "signer_role": role,
        "signer_phone": show_phone(phone),
    }


def _role(contact: Contact) -> str:
    role = _(CONTACT_ROLE_NAMES[contact.role])
    if not contact.relation:
        return role
    return _("{role} ({relation})").format(role=role, relation=contact.relation)


def _contact(contact: Contact) -> dict[str, str]:
    return {
        "role": _(CONTACT_ROLE_NAMES[contact.role]),
        "name": contact.name,
        "relation": contact.relation,
        "phone": show_phone(contact.phone),
        "kind": _("An organisation") if contact.is_organisation else _("A person"),
    }


def _care(session: Session, row: AgreementRow) -> dict[str, str]:
    """Return grade, meals and bed of the first day, or of the day they begin.

    A grade that nobody agreed to stands in the text only while there is no other: the
    fees beside it are those of the grade that is charged.
    """
    who, day = row.resident_id, row.starts
    grades = terms.grades_in(session, who)
    meals = terms.meals_in(session, who)
    begun = [each for each in grades if each.starts <= day]
    agreed = (each for each in begun if _is_charged(each, day))
    grade = next(agreed, begun[0] if begun else None)
    meal = next((each for each in meals if each.starts <= day), None)
    bed_id = uses.bed_on_in(session, who, day)
    if bed_id is None:
        held = uses.reservation_in(session, who)
        bed_id = held.bed_id if held else None
    bed = session.get(BedRow, bed_id) if bed_id else None
    classes = labels_in(session, "bed_class")
    return {
        "grade": grade.label if grade else "",
        "meal": meal.label if meal and meal.plan else _("none"),
        "bed": bed_name_in(session, bed.id) if bed else "",
        "bed_class": classes.get(bed.bed_class, bed.bed_class) if bed else "",
    }


def _is_charged(grade: terms.GradeChange, day: date) -> bool:
    until = grade.charged_until
    return (
        grade.charged_from is not None
        and grade.charged_from <= day
        and (until is None or until > day)
    )


def _deposit(row: AgreementRow, pack: RulePack, fee: ServiceFee) -> dict[str, str]:
    agreed, most, rule = row.deposit_fen, "", ""
    if pack.deposit:
        most = show_money(cap(pack, fee.total, fee.bed)) if fee.total else ""
        rule = _("a deposit is at most {times} × the {base}").format(
            times=pack.deposit.times, base=_(DEPOSIT_BASE_NAMES[pack.deposit.base])
        )
    return {
        "deposit": "" if agreed is None else show_money(agreed),
        "deposit_words": "" if agreed is None else capital(agreed),
        "deposit_cap": most,
        "deposit_rule": rule,
        "refund_days": str(pack.overheld_refund.days),
        "prepaid_months": str(pack.prepaid.months),
    }


def _term(row: AgreementRow, today: date) -> dict[str, str | bool]:
    return {
        "number": row.number,
        "starts": say_date(row.starts),
        "ends": say_date(row.ends) if row.ends else "",
        "trial_until": say_date(row.trial_until) if row.trial_until else "",
        "has_trial": row.trial_until is not None,
        "made_on": say_date(today),
    }


class _Prices:
    """The prices that hold for a resident on the first day of the agreement."""

    def __init__(self, session: Session, resident_id: int, day: date) -> None:
        self._book = Book(session, [resident_id], with_reserved=True)
        self._who, self._day = resident_id, day
        self._mine = self._book.personal.get(resident_id, [])
        self._list: PriceList | None = self._book.tariff.in_force(day)
        try:
            self.fee = service_fee_of(self._book, resident_id, day)
        except Refusal:  # a price is missing: the line stays open, and is told
            self.fee = ServiceFee()

    def values(self) -> dict[str, str]:
        """Return the fees of a month, in figures and in words."""
        fee, total = self.fee, self.fee.total
        return {
            "bed_fee": show_money(fee.bed) if total else "",
            "care_fee": show_money(fee.care) if total else "",
            "meal_fee": show_money(fee.meal) if total else "",
            "month_fee": show_money(total) if total else "",
            "month_fee_words": capital(total) if total else "",
            "price_day": say_date(self._list.starts) if self._list else "",
        }

    def fees(self) -> list[dict[str, str]]:
        """List what the resident pays for, then what may be asked for beside it."""
        used = [
            self._book.items[use.item_code]
            for use in self._book.uses.get(self._who, ())
            if use.period.holds(self._day)
        ]
        codes = {item.code for item in used}
        listed = self._list.prices if self._list else {}
        others = [
            item
            for item in self._book.items.values()
            if item.category == "other" and item.code in listed
            if item.code not in codes
        ]
        rows = [self._row(item, self._own(item)) for item in used]
        return rows + [self._row(item, _("as used")) for item in others]

    def _row(self, item: Item, own: str) -> dict[str, str]:
        listed = self._list.prices.get(item.code) if self._list else None
        return {"name": item.name, "price": _priced(item, listed), "own": own}

    def _own(self, item: Item) -> str:
        lists = self._book.tariff.lists
        first = self._day.toordinal()
        try:
            run = PriceBook(lists, self._mine).run(item, first, first + 1)
        except Refusal:
            return ""
        return _priced(item, run.price)

    def own(self, ends: date | None) -> list[dict[str, str]]:
        """List the personal prices that hold within the term."""
        last = ends or date.max
        return [
            self._own_row(price)
            for price in self._mine
            if price.period.start <= last and (price.period.end or date.max) > self._day
        ]

    def _own_row(self, price: PersonalPrice) -> dict[str, str]:
        item = self._book.items[price.item_code]
        text = {
            "fixed": _priced(item, price.value),
            "percent": _("{percent} % of the list price").format(percent=price.value),
            "waived": _("Waived"),
        }[price.kind]
        end = price.period.end
        first = say_date(price.period.start)
        span = (
            _("{first} to {last}").format(first=first, last=say_date(end - DAY))
            if end
            else _("from {first} on").format(first=first)
        )
        return {
            "name": item.name,
            "price": text,
            "span": span,
            "reason": price.reason,
        }

    def absences(self) -> list[str]:
        """Say what is given back on leave and in hospital."""
        told = self._list.terms if self._list else Terms()
        return [
            _(
                "({number}) On leave, from {days} absent {days:day|days} on, the meal "
                "fee is given back by {meal} %, the care fee by {care} %; the bed fee "
                "is charged at {bed} %."
            ).format(
                number=1,
                days=told.leave_min_days,
                meal=told.leave_meal_refund,
                care=told.leave_care_refund,
                bed=told.leave_bed_kept,
            ),
            _(
                "({number}) In hospital, from {days} absent {days:day|days} on, the "
                "meal fee is given back by {meal} %, the care fee by {care} %; the bed "
                "fee is charged at {bed} %."
            ).format(
                number=2,
                days=told.hospital_min_days,
                meal=told.hospital_meal_refund,
                care=told.hospital_care_refund,
                bed=told.hospital_bed_kept,
            ),
            _(
                "({number}) Absent days are those strictly between the day of leaving "
                "and the day of coming back."
            ).format(number=3),
        ]


def _priced(item: Item, fen: int | None) -> str:
    if fen is None:
        return ""
    return _(_UNIT_TEXTS[item.unit]).format(price=show_money(fen))


def _none() -> dict[str, str]:
    return {"name": _("none"), "price": "", "span": "", "reason": ""}
