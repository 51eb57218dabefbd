"""A home small enough to be counted by hand: three residents at the end of October.

王秀英 (86, level 3, 301-1), 李桂兰 (60, since the 16th, 301-2) and 陈德 (74, with
dementia, 302-2, in hospital) live here; 张建国 died on the 21st; 周玉梅 waits.
"""

from datetime import date, datetime

from carehome.db.approvals import OutsideInspectionRow, SafetyPaperRow
from carehome.db.assessments import AssessmentRow
from carehome.db.beds import BedRow, BedUseRow, BuildingRow, FloorRow, RoomRow
from carehome.db.billing import CoverRow, PaymentRow
from carehome.db.checklists import (
    FormItemRow,
    FormRow,
    FormVersionRow,
    RoundPlanRow,
    SafetyPlaceRow,
)
from carehome.db.closures import ClosureRow
from carehome.db.departures import DepartureRow
from carehome.db.deposits import DepositEntryRow
from carehome.db.drills import DrillRow, FireSubjectRow, IncidentRow
from carehome.db.enquiries import EnquiryRow, VisitRow, WaitingEntryRow
from carehome.db.equipment import EquipmentKindRow, EquipmentRow
from carehome.db.hazards import HazardRow
from carehome.db.payers import PayerRow
from carehome.db.presence import BedClosureRow, EvacuationRow
from carehome.db.residents import (
    AbsenceRow,
    AgreementRow,
    ContactRow,
    GradeChangeRow,
    MealChoiceRow,
    ResidentCategoryRow,
    ResidentRow,
    StayRow,
)
from carehome.db.risks import RiskAssessmentRow
from carehome.db.rosters import RosterCellRow, RosterRow
from carehome.db.rounds import SafetyAnswerRow, SafetyRoundRow
from carehome.db.shifts import ShiftKindRow
from carehome.db.staff import (
    AllowanceClaimRow,
    CertificateKindRow,
    CertificateRow,
    ContractRow,
    PostRow,
    StaffMemberRow,
    StaffPostRow,
    TrainingAttendanceRow,
    TrainingRow,
    TrainingSubjectRow,
)
from tests.house import DIRECTOR

WANG, LI, ZHANG, CHEN, ZHOU = range(1, 6)
ZHOU_MIN, WU, ZHENG, HEAD, SUN = range(1, 6)  # two carers, a nurse, the head, one gone
ACCOUNT, OTHER = 1, 2


def october(day, hour=None):
    """Return a day of October 2026, or a moment of it."""
    return date(2026, 10, day) if hour is None else datetime(2026, 10, day, hour)  # noqa: DTZ001


def build(db):
    """Let everything happen that the table of figures counts, but for the bills."""
    with db.writing(DIRECTOR, "test") as session:
        for part in (
            *(_beds, _people, _care, _staff, _trainings, _roster),
            *(_rounds, _hazards, _safety, _papers, _money, _enquiries),
        ):
            part(session)
            session.flush()


def _add(session, *rows):
    for row in rows:
        session.add(row)
        session.flush()


def _beds(session):
    _add(
        session,
        BuildingRow(id=1, name="一号楼"),
        FloorRow(id=1, building_id=1, name="三楼", level=3),
        FloorRow(id=2, building_id=1, name="四楼", level=4, unit="dementia"),
        *(
            RoomRow(id=number, floor_id=floor, name=name)
            for number, floor, name in ((1, 1, "301"), (2, 1, "302"), (3, 2, "401"))
        ),
    )
    long_ago, later, gone = date(2025, 1, 1), october(11), october(21)
    for number, room, label, kind, nursing, since, until in (
        (1, 1, "1", "B", False, long_ago, None),
        (2, 1, "2", "B", False, long_ago, None),
        (3, 2, "1", "B", False, long_ago, None),
        (4, 2, "2", "N", True, long_ago, None),
        (5, 3, "1", "A", False, later, None),
        (6, 3, "2", "C", True, long_ago, gone),
    ):
        row = BedRow(id=number, room_id=room, label=label, bed_class=kind)
        row.is_nursing_bed, row.since, row.until = nursing, since, until
        _add(session, row)
    _add(session, BedClosureRow(bed_id=5, starts=october(30)))
    for starts, ends, floor in (
        (date(2026, 9, 28), october(3), None),
        (october(22), october(24), None),
        (october(11), october(14), 2),
    ):
        row = ClosureRow(starts=starts, ends=ends, floor_id=floor)
        row.reason, row.ordered_by = "流感", "院长"
        _add(session, row)


def _people(session):
    for number, name, sex, born, more in (
        (WANG, "王秀英", "female", date(1940, 5, 1), {"disability_grade": 2}),
        (LI, "李桂兰", "female", date(1965, 11, 15), {"ability_level": 0}),
        (ZHANG, "张建国", "male", date(1930, 1, 1), {}),
        (CHEN, "陈德", "male", date(1952, 2, 29), {"has_dementia": True}),
        (ZHOU, "周玉梅", "female", None, {}),
    ):
        _add(session, ResidentRow(id=number, name=name, sex=sex, born=born, **more))
    session.get_one(ResidentRow, CHEN).dementia_on = date(2026, 9, 1)
    for number, who, bed, first, last in (
        (1, WANG, 1, date(2026, 3, 1), None),
        (2, LI, 2, october(16), None),
        (3, ZHANG, 3, date(2026, 1, 10), october(21)),
        (4, CHEN, 4, date(2026, 5, 1), None),
    ):
        stay = StayRow(id=number, resident_id=who, admitted_on=first)
        stay.discharged_on = last
        use = BedUseRow(resident_id=who, bed_id=bed, starts=first, ends=last)
        _add(session, stay, use)
    reserved = BedUseRow(resident_id=ZHOU, bed_id=3, starts=october(25))
    reserved.kind = "reserved"
    departure = DepartureRow(resident_id=ZHANG, stay_id=3, kind="death", step="papers")
    departure.ordered_on, departure.ordered_by = october(21), "test"
    _add(session, reserved, departure)
    for who, code, starts, ends in (
        (WANG, "hardship", date(2026, 1, 1), None),
        (WANG, "living_alone", None, october(1)),
        (LI, "society", None, None),
        (CHEN, "destitute", None, None),
        (CHEN, "disabled", None, None),
        (ZHANG, "society", None, None),
    ):
        row = ResidentCategoryRow(resident_id=who, code=code, starts=starts, ends=ends)
        _add(session, row)
    _add(
        session,
        AbsenceRow(
            resident_id=WANG, kind="leave", left_on=october(5), returned_on=october(8)
        ),
        AbsenceRow(
            resident_id=CHEN,
            kind="hospital",
            left_on=october(26),
            returned_on=date(2026, 11, 3),
        ),
    )


def _care(session):
    for number, (who, day, level) in enumerate(
        (
            (WANG, date(2026, 5, 20), 3),
            (CHEN, date(2026, 2, 1), 2),
            (ZHANG, october(5), 4),
        ),
        start=1,
    ):
        noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001
        row = AssessmentRow(
            resident_id=who, form="gbt42195-2022", edition="2022", state="draft"
        )
        row.begun_at, row.begun_by, row.base_on, row.reason = noon, "test", day, "first"
        _add(session, row)
        row.year, row.number, row.level, row.ability_level = 2026, number, level, level
        row.assessor_1, row.assessor_2, row.is_medical_1 = "周敏", "郑洁", True
        row.finished_at, row.state = noon, "finished"
        session.flush()
    for who, starts, signed, ends in (
        (WANG, date(2026, 3, 1), date(2026, 3, 1), date(2026, 11, 20)),
        (CHEN, date(2026, 5, 1), date(2026, 5, 1), None),
        (LI, october(16), date(2026, 11, 2), None),
        (ZHANG, date(2026, 1, 10), october(2), None),
    ):
        row = AgreementRow(resident_id=who, starts=starts, signed_on=signed, ends=ends)
        _add(session, row)
    for who, day, told in (
        (WANG, date(2026, 3, 2), date(2026, 3, 3)),
        (CHEN, date(2025, 10, 20), None),
        (ZHANG, october(10), None),
    ):
        row = RiskAssessmentRow(resident_id=who, day=day, state="finished")
        row.edition, row.finished_at = "2019", datetime(2026, 10, 10)  # noqa: DTZ001
        row.told_on, row.told_to = told, "家属" if told else ""
        _add(session, row)
    _add(
        session,
        ContactRow(
            resident_id=WANG, role="emergency", name="女儿", phone="13800000000"
        ),
        ContactRow(resident_id=CHEN, role="emergency", name="儿子"),
        EvacuationRow(
            resident_id=WANG, way="wheelchair", set_on=date(2026, 4, 1), set_by="test"
        ),
        EvacuationRow(
            resident_id=LI, way="alone", set_on=date(2026, 11, 5), set_by="test"
        ),
    )


def _staff(session):
    posts = {row.name: row.id for row in session.query(PostRow)}
    kinds = {row.code: row.id for row in session.query(CertificateKindRow)}
    for number, name, sex, born, hired, education, post in (
        (ZHOU_MIN, "周敏", "female", 1980, date(2024, 3, 1), "lower", "养老护理员"),
        (WU, "吴强", "male", 2004, october(10), "secondary", "养老护理员"),
        (ZHENG, "郑洁", "female", 1988, date(2025, 2, 1), "college", "护士"),
        (HEAD, "何明", "male", 1965, date(2020, 1, 1), "bachelor", "院长"),
        (SUN, "孙丽", "female", 1990, date(2025, 1, 1), "college", "养老护理员"),
    ):
        row = StaffMemberRow(id=number, name=name, sex=sex, hired_on=hired)
        row.born, row.education = date(born, 3, 1), education
        _add(session, row)
        _add(session, StaffPostRow(staff_id=number, post_id=posts[post], is_main=True))
    first = session.get_one(StaffMemberRow, ZHOU_MIN)
    first.insured_from = first.checked_on = date(2024, 3, 1)
    session.get_one(StaffMemberRow, WU).graduated_on = date(2026, 6, 30)
    session.get_one(StaffMemberRow, HEAD).is_full_time = False
    session.get_one(StaffMemberRow, SUN).left_on = october(15)
    for who, code, issued, until in (
        (ZHOU_MIN, "caregiver-5", date(2023, 1, 1), None),
        (ZHOU_MIN, "caregiver-4", date(2024, 1, 1), None),
        (ZHOU_MIN, "health", date(2026, 1, 1), date(2026, 12, 31)),
        (ZHOU_MIN, "pre-post", date(2024, 2, 1), None),
        (WU, "health", date(2025, 10, 1), date(2026, 9, 30)),
        (ZHENG, "nurse", date(2025, 1, 1), date(2029, 12, 31)),
        (HEAD, "social", date(2019, 1, 1), None),
        (SUN, "caregiver-5", date(2024, 1, 1), None),
    ):
        row = CertificateRow(staff_id=who, kind_id=kinds[code], issued_on=issued)
        row.valid_until = until
        _add(session, row)
    contract = ContractRow(staff_id=ZHOU_MIN, kind="fixed", starts=date(2024, 3, 1))
    contract.last_day = date(2027, 2, 28)
    _add(session, contract)


def _trainings(session):
    subject = session.query(TrainingSubjectRow).filter_by(name="消防安全").one()
    if not session.query(FireSubjectRow).filter_by(subject_id=subject.id).count():
        _add(session, FireSubjectRow(subject_id=subject.id))
    for number, day, people in (
        (1, october(8), (ZHOU_MIN, ZHENG, SUN)),
        (2, date(2026, 11, 3), (WU,)),
    ):
        row = TrainingRow(id=number, subject_id=subject.id, day=day, minutes=120)
        _add(session, row)
        for who in people:
            _add(session, TrainingAttendanceRow(training_id=number, staff_id=who))


def _roster(session):
    day_shift = ShiftKindRow(
        code="XD", sign="早", name="白班八点", starts=480, span=480
    )
    night = ShiftKindRow(code="XN", sign="夜", name="夜班十点", starts=1320, span=480)
    on_call = ShiftKindRow(code="XC", sign="听", name="听班", starts=480, span=480)
    day_shift.minutes, night.minutes, on_call.minutes = 480, 480, 0
    moment = october(1, 12)
    month = RosterRow(month=october(1), made_at=moment, made_by="test")
    _add(session, day_shift, night, on_call, month)
    for who, day, shift in (
        (ZHOU_MIN, 1, day_shift),
        (ZHENG, 1, night),
        (ZHOU_MIN, 2, night),
        (SUN, 3, day_shift),
        (ZHOU_MIN, 4, on_call),
    ):
        cell = RosterCellRow(roster_id=month.id, staff_id=who, day=october(day))
        cell.shift_id = shift.id
        _add(session, cell)
    month.state, month.published_at = "published", moment
    session.flush()


def _rounds(session):
    """Ask for a patrol at eight from the 29th on; one is made late, one is missed."""
    place, form = (
        SafetyPlaceRow(name="三楼"),
        FormRow(kind="day_patrol", name="防火巡查"),
    )
    _add(session, place, form)
    made = october(28, 8)
    version = FormVersionRow(form_id=form.id, number=1, size=1, edition="2026")
    version.made_at, version.made_by = made, "test"
    _add(session, version)
    item = FormItemRow(version_id=version.id, position=1, code="1", text="通道畅通")
    plan = RoundPlanRow(form_id=form.id, place_id=place.id, rhythm="daily")
    plan.times, plan.window, plan.starts = "08:00", 60, october(29)
    plan.ends, plan.made_at, plan.made_by = date(2026, 11, 1), made, "test"
    _add(session, item, plan)
    for day, hour in ((29, 8), (30, 10)):
        opens = october(day, 8)
        row = SafetyRoundRow(plan_id=plan.id, form_version_id=version.id)
        row.place_id, row.due_from, row.due_until = place.id, opens, october(day, 9)
        row.opened_at, row.opened_by = october(day, hour), "test"
        _add(session, row)
        answer = SafetyAnswerRow(round_id=row.id, item_id=item.id, verdict="ok")
        answer.answered_at = october(day, hour)
        _add(session, answer)
        row.started_at = row.ended_at = row.entered_at = october(day, hour)
        row.patroller, row.entered_by, row.answers = "周敏", "test", 1
        row.first_answer_at = row.last_answer_at = october(day, hour)
        row.state = "finished"
        session.flush()


def _hazards(session):
    """Find three: one closed in time, one open and major, one closed after its day."""
    for serial, found, due, severity, rectified, closed in (
        (1, datetime(2026, 9, 15, 4), datetime(2026, 9, 22, 4), "general", 25, 2),  # noqa: DTZ001
        (2, october(5, 4), october(12, 4), "general", 10, 12),
        (3, october(20, 4), october(21, 4), "major", None, None),
    ):
        row = HazardRow(year=2026, serial=serial, severity=severity, origin="hand")
        row.item, row.place, row.found_by = "灭火器压力不足", "三楼", "test"
        row.found_at, row.due_at, row.first_due_at = found, due, due
        _add(session, row)
        if rectified is None:
            continue
        row.state, row.rectified_by, row.rectified_account = (
            "rectified",
            "周敏",
            ACCOUNT,
        )
        row.rectified_at = found.replace(day=rectified)
        session.flush()
        row.state, row.checked_by, row.checked_account = "checked", "郑洁", OTHER
        row.checked_at = october(closed, 4)
        session.flush()
        row.state, row.closed_by, row.closed_account = "closed", "郑洁", OTHER
        row.closed_at = october(closed, 4)
        session.flush()


def _safety(session):
    held = DrillRow(title="夜间疏散", planned_on=october(15), held_on=october(15))
    held.is_night, held.minutes, held.held_at = True, 30, "20:00"
    off = DrillRow(title="厨房火灾", planned_on=october(20), called_off="停电")
    incident = IncidentRow(
        year=2026, number=1, happened_on=october(18), kind="accident"
    )
    incident.happened_at, incident.grade, incident.told = "09:00", "general", "滑倒"
    incident.injured = 1
    kind = session.query(EquipmentKindRow).first()
    old = EquipmentRow(
        equipment_kind_id=kind.id, place="三楼", made_on=date(2005, 1, 1)
    )
    gone = EquipmentRow(
        equipment_kind_id=kind.id, place="四楼", made_on=date(2005, 1, 1)
    )
    gone.scrapped_on, gone.scrap_reason = october(1), "到期"
    _add(session, held, off, incident, old, gone)


def _papers(session):
    for kind, starts, last_day, outcome in (
        ("acceptance", date(2020, 1, 1), None, "passed"),
        ("registration", date(2020, 1, 1), None, "passed"),
        ("facility_test", date(2026, 5, 1), None, "passed"),
        ("food_licence", date(2021, 10, 21), october(20), "passed"),
        ("liability", date(2026, 1, 1), date(2026, 12, 31), ""),
        ("employer", october(1), date(2027, 9, 30), ""),
    ):
        row = SafetyPaperRow(kind=kind, starts=starts, last_day=last_day)
        row.outcome = outcome
        if kind == "employer":
            row.fen, row.percent = 1000_00, 70
            row.received_fen, row.received_on = 700_00, october(25)
        _add(session, row)
    visit = OutsideInspectionRow(day=october(12), office="fire", basis="routine")
    visit.answer_due, visit.penalty, visit.penalty_fen = october(30), "fine", 500_00
    _add(session, visit)


def _money(session):
    for who, starts in (
        (WANG, date(2026, 3, 1)),
        (LI, october(16)),
        (ZHANG, date(2026, 1, 10)),
        (CHEN, date(2026, 5, 1)),
    ):
        grade = GradeChangeRow(resident_id=who, starts=starts, grade="partial_1")
        grade.consent_by = "家属"
        meal = MealChoiceRow(resident_id=who, starts=starts, plan="standard")
        _add(session, grade, meal)
    _add(session, PayerRow(id=1, kind="government", name="区民政局"))
    cover = CoverRow(resident_id=CHEN, payer_id=1, category="bed")
    cover.kind, cover.value = "percent", 50
    cover.starts = date(2026, 5, 1)
    _add(session, cover)
    payment = PaymentRow(resident_id=WANG, received_on=october(20), method="cash")
    payment.fen, payment.taken_by = 3000_00, ACCOUNT
    claim = AllowanceClaimRow(staff_id=ZHOU_MIN, kind="post", month=date(2026, 9, 1))
    claim.fen, claim.state, claim.drafted_on = 300_00, "drafted", october(1)
    _add(session, payment, claim)
    claim.state, claim.claimed_on, claim.received_on = (
        "received",
        october(2),
        october(15),
    )
    for who, kind, day, fen in (
        (WANG, "in", date(2026, 3, 1), 5000_00),
        (CHEN, "in", october(2), 4000_00),
        (WANG, "emergency", october(28), 1000_00),
    ):
        row = DepositEntryRow(
            resident_id=who, kind=kind, day=day, fen=fen, method="cash"
        )
        row.taken_by = ACCOUNT
        _add(session, row)


def _enquiries(session):
    for number, day, resident in ((1, october(3), LI), (2, october(9), None)):
        row = EnquiryRow(id=number, asked_on=day, caller="家属", taken_by="test")
        row.resident_id = resident
        _add(session, row)
    for day, state in ((10, "came"), (11, "missed")):
        row = VisitRow(enquiry_id=2, planned_on=october(day), at="10:00", state=state)
        _add(session, row)
    waits = WaitingEntryRow(resident_id=ZHOU, applied_on=october(1))
    over = WaitingEntryRow(resident_id=LI, applied_on=date(2026, 9, 1))
    over.state, over.left_on = "admitted", october(16)
    _add(session, waits, over)
