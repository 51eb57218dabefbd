"""What the change log holds as codes, numbers and signs, told in the home's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.approvals import (
    OutsideInspectionRow,
    SafetyPaperRow,
    SafetyScanRow,
)
from carehome.db.bank import BankAccountRow
from carehome.db.beds import BuildingRow, FloorRow, RoomRow
from carehome.db.billing import FeeItemRow, PriceListRow
from carehome.db.books import DonationRow
from carehome.db.checklists import FormRow, SafetyPlaceRow
from carehome.db.equipment import EquipmentKindRow, EquipmentRow, FloorPlanRow
from carehome.db.home import CodeRow
from carehome.db.payers import PayerRow
from carehome.db.ratings import (
    RatingConditionRow,
    RatingItemRow,
    RatingSelfRow,
    RatingTableRow,
)
from carehome.db.requests import StaffRequestRow
from carehome.db.rosters import RosterRow
from carehome.db.shifts import ShiftKindRow
from carehome.db.staff import (
    AllowanceClaimRow,
    CertificateKindRow,
    CertificateRow,
    ContractRow,
    MaternityRow,
    PayRow,
    PostRow,
    StaffLeaveRow,
    StaffMemberRow,
    StaffPaperRow,
    StaffPostRow,
    TrainingRow,
    TrainingSubjectRow,
)
from carehome.db.units import UnitRow
from carehome.i18n import N_, _, show_day, show_moment, show_money
from carehome.rules import (
    allowances,
    figures,
    refunds,
    reminders,
    requests,
    utilities,
)
from carehome.rules import staff as staff_rules
from carehome.rules.agreements import OUTCOME_NAMES
from carehome.rules.arrears import DUE_NAMES
from carehome.rules.assessments import all_forms
from carehome.rules.assessments.form import REASON_NAMES as ASSESSMENT_REASONS
from carehome.rules.bank.accounts import (
    BANK_ENTRY_NAMES,
    OWN_PLACES,
    PURPOSE_NAMES,
)
from carehome.rules.beds import GENDER_RULE_NAMES
from carehome.rules.billing.tariff import CATEGORY_NAMES
from carehome.rules.departures import KIND_NAMES as LEAVING_NAMES
from carehome.rules.departures import PAPER_NAMES as LEAVING_PAPER_NAMES
from carehome.rules.departures import STEP_NAMES as LEAVING_STEP_NAMES
from carehome.rules.deposits import KIND_NAMES as MOVEMENT_NAMES
from carehome.rules.deposits import PAPER_ENDS
from carehome.rules.enquiries import (
    ANSWER_NAMES,
    CHANNEL_NAMES,
    ENTRY_NAMES,
    VISIT_NAMES,
)
from carehome.rules.enquiries import STATE_NAMES as ENQUIRY_NAMES
from carehome.rules.entitlements import STANDING_NAMES
from carehome.rules.home import LIST_NAMES, OWNERSHIP_NAMES
from carehome.rules.payers.claims import CUT_NAMES
from carehome.rules.payers.payer import KIND_NAMES as PAYER_NAMES
from carehome.rules.presence import WAY_NAMES
from carehome.rules.prices.approval import LIST_STATE_NAMES, OWN_PRICE_STATE_NAMES
from carehome.rules.ratings import grades as ratings
from carehome.rules.ratings import items
from carehome.rules.ratings.points import show_points
from carehome.rules.residents import (
    ABILITY_NAMES,
    ABSENCE_NAMES,
    CONTACT_ROLE_NAMES,
    PAPER_NAMES,
    SEX_NAMES,
    mask_identity,
)
from carehome.rules.retention import CAUSE_NAMES, KIND_NAMES
from carehome.rules.rights import ROLE_NAMES
from carehome.rules.rosters.meanings import MEANINGS
from carehome.rules.rosters.wishes import WISH_NAMES
from carehome.rules.rulepacks import STANDING_NAMES as RULE_STANDINGS
from carehome.rules.rulepacks import read_packs
from carehome.rules.safety import (
    approvals,
    drills,
    emergencies,
    equipment,
    forms,
    hazards,
    inspections,
    plan,
    rounds,
    trainings,
)
from carehome.rules.settlement import SIDE_NAMES
from carehome.services.admissions.state import STEP_NAMES, Step
from carehome.services.beds.places import bed_names_in
from carehome.services.deeds import record_name
from carehome.services.field_names import QUIET, name_of
from carehome.services.receipts import METHOD_NAMES

_ASSESSED = {
    "draft": N_("Under way"),
    "finished": N_("Done"),
    "void": N_("Void"),
}
_CODES: dict[str, Mapping[Any, str]] = {
    "part": items.PART_NAMES,
    "rating_condition.kind": ratings.CONDITION_KIND_NAMES,
    "rating_self.state": {"open": N_("Under way"), "submitted": N_("Submitted")},
    "rating_table.standing": items.TABLE_STANDINGS,
    "target_grade": ratings.GRADE_NAMES,
    "from_grade": ratings.GRADE_NAMES,
    "to_grade": ratings.GRADE_NAMES,
    "sense": ratings.SENSE_NAMES,
    "sex": SEX_NAMES,
    "ability_level": ABILITY_NAMES,
    "gender_rule": GENDER_RULE_NAMES,
    "ownership": OWNERSHIP_NAMES,
    "method": METHOD_NAMES | {"goods": N_("Goods")},
    "trust_entry.kind": {"in": N_("Received"), "out": N_("Spent")},
    "trust_draw.place": {"cash": N_("Till"), "bank": N_("Bank")},
    "utility_bill.kind": utilities.SUPPLY_NAMES,
    "tariff": utilities.TARIFF_NAMES,
    "account.role": ROLE_NAMES,
    "bank_account.purpose": PURPOSE_NAMES,
    "bank_entry.kind": BANK_ENTRY_NAMES,
    "bank_entry.other": OWN_PLACES,
    "contact.role": CONTACT_ROLE_NAMES,
    "absence.kind": ABSENCE_NAMES,
    "paper.kind": PAPER_NAMES,
    "safety_round.state": rounds.STATE_NAMES,
    "destruction.cause": CAUSE_NAMES,
    "destruction_item.kind": KIND_NAMES,
    "retention.kind": KIND_NAMES,
    "trial_outcome": OUTCOME_NAMES,
    "departure.kind": LEAVING_NAMES,
    "departure.step": LEAVING_STEP_NAMES,
    "departure_paper.kind": LEAVING_PAPER_NAMES,
    "deposit_entry.kind": MOVEMENT_NAMES,
    "deposit_paper.kind": PAPER_ENDS,
    "settlement_signature.side": SIDE_NAMES,
    "code.kind": LIST_NAMES,
    "fee_item.category": CATEGORY_NAMES,
    "cover.category": CATEGORY_NAMES,
    "enquiry.channel": CHANNEL_NAMES,
    "enquiry.state": ENQUIRY_NAMES,
    "visit.state": VISIT_NAMES,
    "waiting_entry.state": ENTRY_NAMES,
    "bed_offer.answer": ANSWER_NAMES,
    "waiting_rule.care_from": ABILITY_NAMES,
    "assessment.state": _ASSESSED,
    "assessment.reason": ASSESSMENT_REASONS,
    "risk_assessment.state": _ASSESSED,
    "entitlement.state": STANDING_NAMES,
    "evacuation.way": WAY_NAMES,
    "roster.state": {"draft": N_("Draft"), "published": N_("Published")},
    "roster_wish.kind": WISH_NAMES,
    "roster_weight.rule": {rule: m.name for rule, m in MEANINGS.items()},
    "calendar_day.kind": {"work": N_("Day of work"), "rest": N_("Day of rest")},
    "staff_leave.kind": staff_rules.LEAVE_NAMES,
    "leave_kind": staff_rules.LEAVE_NAMES,
    "staff_request.kind": requests.KIND_NAMES,
    "staff_request.state": requests.STATE_NAMES,
    "contract.kind": staff_rules.CONTRACT_NAMES,
    "staff_paper.kind": staff_rules.PAPER_NAMES,
    "pay.basis": staff_rules.PAY_BASIS_NAMES,
    "education": staff_rules.EDUCATION_NAMES,
    "scheme": staff_rules.SCHEME_NAMES,
    "check_result": staff_rules.CHECK_NAMES,
    "allowance_claim.kind": allowances.KIND_NAMES,
    "allowance_claim.state": allowances.STATE_NAMES,
    "transition_from": allowances.TRANSITION_NAMES,
    "form.kind": forms.KIND_NAMES,
    "form_item.sureness": forms.SURENESS_NAMES,
    "form_item.weight": forms.WEIGHT_NAMES,
    "form_item.severity": hazards.SEVERITY_NAMES,
    "rhythm": plan.RHYTHM_NAMES,
    "round_plan.role": ROLE_NAMES,
    "equipment_kind.sureness": equipment.SURENESS_NAMES,
    "equipment_service.kind": equipment.SERVICE_NAMES,
    "safety_hazard.state": hazards.STATE_NAMES,
    "safety_drill_role.role": drills.ROLE_NAMES,
    "safety_drill_score.verdict": drills.VERDICT_NAMES,
    "safety_training.occasion": trainings.OCCASION_NAMES,
    "emergency_plan.kind": emergencies.KIND_NAMES,
    "emergency_plan_grade.grade": emergencies.GRADE_NAMES,
    "safety_incident.kind": emergencies.KIND_NAMES,
    "safety_incident.grade": emergencies.GRADE_NAMES,
    "safety_hazard.severity": hazards.SEVERITY_NAMES,
    "safety_hazard.origin": hazards.ORIGIN_NAMES,
    "safety_hazard_step.kind": hazards.STEP_NAMES,
    "safety_hazard_picture.stage": hazards.STAGE_NAMES,
    "safety_paper.kind": approvals.KIND_NAMES,
    "safety_paper.outcome": approvals.OUTCOME_NAMES,
    "office": inspections.OFFICE_NAMES,
    "outside_inspection.basis": inspections.BASIS_NAMES,
    "penalty": inspections.PENALTY_NAMES,
    "outside_inspection.channel": inspections.CHANNEL_NAMES,
    "standing": RULE_STANDINGS,
    "bed_use.kind": {"occupied": N_("Lived in"), "reserved": N_("Reserved")},
    "bed.state": {
        "ready": N_("Ready"),
        "cleaning": N_("Cleaning"),
        "out_of_service": N_("Out of service"),
    },
    "fee_item.unit": {
        "month": N_("By month"),
        "day": N_("By day"),
        "use": N_("By use"),
        "once": N_("Once"),
    },
    "price_list.state": LIST_STATE_NAMES,
    "personal_price.state": OWN_PRICE_STATE_NAMES,
    "price_notice.kind": {
        "fees": N_("Public notice of fees"),
        "three_parts": N_("Items, guide and standards"),
    },
    "notice_text.part": {
        "guide": N_("Guide"),
        "standards": N_("Standards"),
        "complaints": N_("Complaints"),
    },
    "price_list.basis": {
        "month": N_("Days of the month"),
        "thirty": N_("30 days"),
    },
    "personal_price.kind": {
        "fixed": N_("Fixed price"),
        "percent": N_("Per cent of the list price"),
        "waived": N_("Waived"),
    },
    "payer.kind": PAYER_NAMES,
    "refund.kind": refunds.KIND_NAMES,
    "refund.state": refunds.STATE_NAMES,
    "reminder.way": reminders.WAY_NAMES,
    "reminder.step": reminders.STEP_NAMES,
    "reminder_rule.due_kind": DUE_NAMES,
    "payer_cut.kind": CUT_NAMES,
    "cover.kind": {
        "percent": N_("Per cent of the fees"),
        "fen": N_("Fixed amount a month"),
        "day": N_("Fixed amount a day"),
    },
}
# Columns whose codes are kept in one of the home's own lists.
_LISTS = {
    "grade": "nursing_grade",
    "bed_class": "bed_class",
    "plan": "meal_plan",
    "resident_category.code": "category",
    "floor.unit": "unit",
    "closure.unit": "unit",
    "waiting_entry.unit": "unit",
    "kept_bed.category": "category",
    "waiting_rank.category": "category",
    "tie_category": "category",
}
# Columns that point at something with a name.
_POINTERS = {
    "bed_id": "bed",
    "self_id": "rating_self",
    "carried_from": "rating_self",
    "rating_self.table_id": "rating_table",
    "rating_score.item_id": "rating_item",
    "rating_file.item_id": "rating_item",
    "rating_step.item_id": "rating_item",
    "condition_id": "rating_condition",
    "room_id": "room",
    "floor_id": "floor",
    "building_id": "building",
    "fee_item_id": "fee_item",
    "bank_account_id": "bank_account",
    "payer_id": "payer",
    "payer_cut.noted_by": "account",
    "donation_id": "donation",
    "price_list_id": "price_list",
    "taken_by": "account",
    "approved_by": "account",
    "written_by": "account",
    "price_list.decided_by": "account",
    "personal_price.decided_by": "account",
    "late_choice.decided_by": "account",
    "asked_by": "account",
    "banked_by": "account",
    "paid_by": "account",
    "till_handover.given_by": "account",
    "corrects_id": "price_list",
    "account_id": "account",
    "staff_id": "staff_member",
    "other_id": "staff_member",
    "unit_id": "unit",
    "old_unit_id": "unit",
    "new_unit_id": "unit",
    "shift_id": "shift_kind",
    "old_shift_id": "shift_kind",
    "new_shift_id": "shift_kind",
    "roster_id": "roster",
    "form_id": "form",
    "equipment_id": "safety_equipment",
    "place_id": "safety_place",
    "scan_id": "safety_scan",
    "answer_scan_id": "safety_scan",
    "post_id": "post",
    "kind_id": "certificate_kind",
    "equipment_kind_id": "equipment_kind",
    "safety_equipment.plan_id": "floor_plan",
    "subject_id": "training_subject",
    "training_id": "training",
}
# Records of a staff file, which are named after the person.
_OF_STAFF = (
    *(AllowanceClaimRow, CertificateRow, ContractRow, MaternityRow, PayRow),
    *(StaffLeaveRow, StaffPaperRow, StaffPostRow, StaffRequestRow),
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record in words: what it was, and what it became."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Names:
    """How the home calls what the log holds as codes and numbers."""

    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    records: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


def names_in(session: Session) -> Names:
    """Read the names that the log does not hold itself."""
    lists: dict[str, dict[str, str]] = {}
    for row in session.scalars(select(CodeRow)):
        lists.setdefault(row.kind, {})[row.code] = row.label
    tables: dict[str, Select[int, Any]] = {
        "account": select(AccountRow.id, AccountRow.name),
        "building": select(BuildingRow.id, BuildingRow.name),
        "floor": select(FloorRow.id, FloorRow.name),
        "room": select(RoomRow.id, RoomRow.name),
        "fee_item": select(FeeItemRow.id, FeeItemRow.name),
        "bank_account": select(BankAccountRow.id, BankAccountRow.name),
        "payer": select(PayerRow.id, PayerRow.name),
        "donation": select(DonationRow.id, DonationRow.donor),
        "staff_member": select(StaffMemberRow.id, StaffMemberRow.name),
        "code": select(CodeRow.id, CodeRow.label),
        "price_list": select(PriceListRow.id, PriceListRow.starts),
        "unit": select(UnitRow.id, UnitRow.name),
        "shift_kind": select(ShiftKindRow.id, ShiftKindRow.name),
        "roster": select(RosterRow.id, RosterRow.month),
        "form": select(FormRow.id, FormRow.name),
        "safety_place": select(SafetyPlaceRow.id, SafetyPlaceRow.name),
        "safety_paper": select(SafetyPaperRow.id, SafetyPaperRow.number),
        "safety_scan": select(SafetyScanRow.id, SafetyScanRow.title),
        "outside_inspection": select(
            OutsideInspectionRow.id, OutsideInspectionRow.office_name
        ),
        "rating_condition": select(RatingConditionRow.id, RatingConditionRow.text),
        "rating_item": select(RatingItemRow.id, RatingItemRow.name),
        "rating_self": select(RatingSelfRow.id, RatingSelfRow.name),
        "rating_table": select(RatingTableRow.id, RatingTableRow.name),
        "post": select(PostRow.id, PostRow.name),
        "equipment_kind": select(EquipmentKindRow.id, EquipmentKindRow.name),
        "safety_equipment": select(EquipmentRow.id, EquipmentRow.place),
        "floor_plan": select(FloorPlanRow.id, FloorPlanRow.name),
        "certificate_kind": select(CertificateKindRow.id, CertificateKindRow.name),
        "training_subject": select(TrainingSubjectRow.id, TrainingSubjectRow.name),
        "training": select(TrainingRow.id, TrainingRow.day),
    }
    for kind in _OF_STAFF:
        of_whom = StaffMemberRow.id == kind.staff_id
        owners = select(kind.id, StaffMemberRow.name).join(StaffMemberRow, of_whom)
        tables[kind.__tablename__] = owners
    records = {
        table: {number: _plain(name) for number, name in session.execute(query)}
        for table, query in tables.items()
    }
    return Names(lists, records | {"bed": bed_names_in(session)})


def subject(record: str, record_id: int, resident: str, names: Names) -> str:
    """Say what was changed, and whose it is."""
    kind = record_name(record)
    name = names.records.get(record, {}).get(record_id) or resident
    return f"{kind} {name}" if name else kind


def changes(
    record: str, before: Mapping[str, Any], after: Mapping[str, Any], names: Names
) -> list[FieldChange]:
    """Say field by field what changed, without what tells a person nothing."""
    told = []
    for column in {**before, **after}:
        if column in QUIET or f"{record}.{column}" in QUIET:
            continue
        old = _say(record, column, before, names)
        new = _say(record, column, after, names)
        if old or new:
            told.append(FieldChange(name_of(record, column), old, new))
    return told


def _say(record: str, column: str, row: Mapping[str, Any], names: Names) -> str:
    """Say the value that `row` has in a column; empty when it has none."""
    value = row.get(column)
    if value is None or value == "":
        return ""
    full = f"{record}.{column}"
    if full in _PECULIAR:
        return _PECULIAR[full](value, row)
    for key in (full, column):
        if key in _CODES:
            known = _CODES[key].get(value)
            return _(known) if known else str(value)
        if key in _LISTS:
            return names.lists.get(_LISTS[key], {}).get(value, str(value))
        if key in _POINTERS:
            return names.records.get(_POINTERS[key], {}).get(value, str(value))
    return _plain(value, is_money=column == "fen" or column.endswith("_fen"))


def _plain(value: Any, is_money: bool = False) -> str:
    """Say a value by what it looks like."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int) and is_money:
        return show_money(value)
    if isinstance(value, date):
        return show_day(value)
    if isinstance(value, str) and (moment := _moment(value)):
        return show_moment(moment)
    return str(value)


def _moment(text: str) -> datetime | None:
    """Read a moment as the log keeps it, in UTC; None when the text is none."""
    if text[10:11] != "T":
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None


def _say_wall(value: Any, _row: Mapping[str, Any]) -> str:
    """Say a moment that is kept as the clock on the wall showed it."""
    return show_moment(datetime.fromisoformat(value))


def _say_month(value: Any, _row: Mapping[str, Any]) -> str:
    return str(value)[:7]


def _say_percent(value: Any, _row: Mapping[str, Any]) -> str:
    return f"{value} %"


def _say_share(value: Any, row: Mapping[str, Any]) -> str:
    """Say a value that is money or a per cent, as its row's kind tells."""
    kind = row.get("kind")
    if kind == "waived":
        return ""
    return f"{value} %" if kind == "percent" else show_money(value)


def _say_rule_pack(value: Any, _row: Mapping[str, Any]) -> str:
    packs = read_packs()
    return packs[value].name if value in packs else str(value)


def _say_heirs(value: Any, _row: Mapping[str, Any]) -> str:
    people = value.get("people", ()) if isinstance(value, dict) else ()
    return _(", ").join(" ".join(person) for person in people)


def _say_step(value: Any, _row: Mapping[str, Any]) -> str:
    return _(STEP_NAMES[Step(value)])


def _say_identity(value: Any, _row: Mapping[str, Any]) -> str:
    return mask_identity(str(value))


def _say_form(value: Any, _row: Mapping[str, Any]) -> str:
    """Say which form was filled in by the standard it belongs to."""
    form = all_forms().get(value)
    return form.standard if form else str(value)


def _say_points(value: Any, _row: Mapping[str, Any]) -> str:
    return show_points(value)


def _say_figure(value: Any, _row: Mapping[str, Any]) -> str:
    known = figures.definitions().get(value)
    return known.name if known else str(value)


_PECULIAR: dict[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "resident.id_number": _say_identity,
    "departure.id_number": _say_identity,
    "departure.heirs": _say_heirs,
    "home.rule_pack": _say_rule_pack,
    "rule_choice.pack": _say_rule_pack,
    "assessment.form": _say_form,
    "admission.step": _say_step,
    **{
        f"safety_round.{column}": _say_wall
        for column in (
            *("due_from", "due_until", "opened_at", "started_at", "ended_at"),
            *("printed_at", "entered_at", "signed_at", "voided_at"),
        )
    },
    "bill.month": _say_month,
    "bill_run.month": _say_month,
    "rating_item.hundredths": _say_points,
    "rating_line.hundredths": _say_points,
    "rating_score.hundredths": _say_points,
    "rating_step.gain": _say_points,
    "rating_item.figure": _say_figure,
    "rating_condition.figure": _say_figure,
    "personal_price.value": _say_share,
    "cover.value": _say_share,
    "price_list.leave_meal_refund": _say_percent,
    "price_list.leave_care_refund": _say_percent,
    "price_list.leave_bed_kept": _say_percent,
    "price_list.hospital_meal_refund": _say_percent,
    "price_list.hospital_care_refund": _say_percent,
    "price_list.hospital_bed_kept": _say_percent,
}
