"""Every figure, on a small home that was counted by hand."""

import shutil
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from carehome.db.database import Database
from carehome.rules.figures import definitions
from carehome.rules.periods import Period
from carehome.services.arrears import owing_in
from carehome.services.figures import COUNTERS, figures_in
from carehome.services.home import FILE
from tests.conftest import KEY, TODAY
from tests.figures import small_home
from tests.purse import OCTOBER, Purse

OF = Fraction
IN_OCTOBER = Period(OCTOBER, date(2026, 11, 1))
IN_NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
UNKNOWN = None

BY_HAND = {
    # 301-1, 301-2, 302-1 (B), 302-2 (N, nursing), 401-1 (A, dementia unit, closed);
    # 401-2 was there until the 20th, 401-1 from the 11th on: 4 x 31 + 20 + 21 days
    "beds.total": 5,
    "beds.in_use": 4,
    "beds.occupied": 3,
    "beds.kept": 1,
    "beds.reserved": 1,
    "beds.free": 0,
    "beds.closed": 1,
    "beds.class_a": 1,
    "beds.class_b": 3,
    "beds.class_c": 0,
    "beds.class_d": 0,
    "beds.class_n": 1,
    "beds.nursing": 1,
    "beds.nursing_share": OF(1, 5),
    "beds.dementia_unit": 1,
    "beds.dementia_unit_share": OF(1, 5),
    "beds.added": 1,
    "beds.removed": 1,
    "beds.days": 165,
    "beds.days_used": 31 + 16 + 20 + 31,
    "beds.occupancy_end": OF(3, 5),
    "beds.occupancy": OF(98, 165),
    # 王秀英, 李桂兰, 陈德
    "residents.total": 3,
    "residents.male": 1,
    "residents.female": 2,
    "residents.level_0": 1,
    "residents.level_1": 0,
    "residents.level_2": 1,
    "residents.level_3": 1,
    "residents.level_4": 0,
    "residents.level_unknown": 0,
    "residents.level_known_share": OF(1),
    "residents.severe": 1,
    "residents.class_able": 1,
    "residents.class_partly": 0,
    "residents.class_disabled": 2,
    "residents.class_unknown": 0,
    "residents.dementia": 1,
    "residents.category_society": 1,
    "residents.category_destitute": 1,
    "residents.category_minimum_living": 0,
    "residents.category_low_income": 0,
    "residents.category_out_of_poverty": 0,
    "residents.category_hardship": 1,
    "residents.category_one_child_loss": 0,
    "residents.category_veteran_care": 0,
    "residents.category_disabled": 1,
    "residents.category_advanced_age": 0,
    "residents.category_living_alone": 0,
    "residents.disability": 1,
    "residents.hard_up": 2,  # 王秀英 by hardship, 陈德 destitute
    "residents.hard_up_disabled": 2,
    "residents.hard_up_old_disabled": 1,  # 陈德 is 74
    "residents.age_0": 0,
    "residents.age_60": 1,
    "residents.age_70": 1,
    "residents.age_80": 1,
    "residents.age_90": 0,
    "residents.age_100": 0,
    "residents.age_unknown": 0,
    "residents.age_from_60": 3,
    "residents.age_from_65": 2,
    "residents.age_from_80": 1,
    "residents.mean_age": OF(86 + 60 + 74, 3),
    "residents.admissions": 1,
    "residents.departures": 1,
    "residents.deaths": 1,
    "residents.left_for_home": 0,
    "residents.left_for_other_home": 0,
    "residents.left_for_hospital": 0,
    "residents.person_days": 98,
    "residents.mean": OF(98, 31),
    "residents.leave_days": 3,
    "residents.hospital_days": 6,
    "residents.on_leave": 0,
    "residents.in_hospital": 1,
    "residents.hospital_times": 1,
    # 王秀英 in May, so due on November 20th; 陈德 in February, overdue; 李桂兰 never
    "care.assessed_share": OF(2, 3),
    "care.assessed_in_time_share": OF(1, 3),
    "care.never_assessed": 1,
    "care.assessment_overdue": 2,
    "care.assessment_soon": 1,
    "care.assessments": 1,
    # 李桂兰 signed in November only; that of 王秀英 ends on November 20th
    "care.agreed_share": OF(2, 3),
    "care.not_agreed": 1,
    "care.agreement_ending": 1,
    "care.agreements_signed": 1,
    "care.risks_share": OF(2, 3),
    "care.risks_in_time_share": OF(1, 3),
    "care.risks_overdue": 2,
    "care.risks_told_share": OF(1, 3),
    "care.risk_assessments": 1,
    "care.contact_share": OF(1, 3),
    "care.evacuation_share": OF(1, 3),
    # 周敏 and 吴强 care, 郑洁 nurses, 何明 leads; 孙丽 left on the 15th
    "staff.total": 4,
    "staff.female": 2,
    "staff.part_time": 1,
    "staff.posts": 3,
    "staff.carers": 2,
    "staff.carers_certified": 1,
    "staff.carers_uncertified": 1,
    "staff.carers_certified_share": OF(1, 2),
    "staff.carers_level_5": 0,
    "staff.carers_level_4": 1,
    "staff.carers_level_3": 0,
    "staff.carers_level_2": 0,
    "staff.carers_level_1": 0,
    "staff.posts_certified_share": OF(2, 3),
    "staff.health_share": OF(1, 2),
    "staff.nurses": 1,
    "staff.doctors": 0,
    "staff.social_workers": 1,
    "staff.assessors": 0,
    "staff.fire_operators": 0,
    "staff.education_lower": 1,
    "staff.education_secondary": 1,
    "staff.education_college": 1,
    "staff.education_bachelor": 1,
    "staff.education_unknown": 0,
    "staff.college_share": OF(1, 2),
    "staff.age_0": 1,
    "staff.age_36": 1,
    "staff.age_46": 1,
    "staff.age_56": 1,
    "staff.age_unknown": 0,
    "staff.age_from_40_share": OF(1, 2),
    "staff.contract_share": OF(1, 4),
    "staff.insured_share": OF(1, 4),
    "staff.checked_share": OF(1, 4),
    "staff.hired": 1,
    "staff.left": 1,
    "staff.turnover": OF(1, 4),
    "staff.graduates": 1,
    "staff.residents_per_carer": OF(3, 2),
    "staff.severe_per_carer": OF(1, 2),
    "staff.residents_per_nurse": 3,
    "staff.residents_per_doctor": UNKNOWN,
    "staff.residents_per_social_worker": 3,
    "staff.social_workers_per_100_beds": 20,
    # two hours for 周敏, 郑洁 and 孙丽
    "training.held": 1,
    "training.person_times": 3,
    "training.hours": 6,
    "training.hours_per_head": 1,
    "training.covered_share": OF(1, 2),
    "training.carers_covered_share": OF(1, 2),
    "training.lower_covered_share": 1,
    "training.prepared_share": 0,
    "training.carers_prepared_share": OF(1, 2),
    # 周敏 by day on the 1st and at night on the 2nd, 孙丽 by day, 郑洁 at night
    "roster.published_share": 1,
    "roster.carers_mean": OF(3, 31),
    "roster.night_mean": OF(2, 31),
    "roster.night_carers_mean": OF(1, 31),
    "roster.night_cover_share": OF(1, 31),
    "roster.residents_per_carer": 31,
    "roster.severe_per_carer": OF(31, 3),
    "roster.moderate_per_carer": OF(31, 3),
    # due on the 29th, 30th (late) and 31st (missed)
    "safety.rounds_due": 3,
    "safety.rounds_made": 2,
    "safety.rounds_late": 1,
    "safety.rounds_missed": 1,
    "safety.rounds_made_share": OF(2, 3),
    "safety.rounds_in_time_share": OF(1, 3),
    "safety.rounds_missed_share": OF(1, 3),
    "safety.day_patrol_share": OF(2, 3),
    "safety.night_patrol_share": UNKNOWN,
    "safety.monthly_share": UNKNOWN,
    "safety.hazards_found": 2,
    "safety.hazards_closed": 2,
    "safety.hazards_open": 1,
    "safety.hazards_overdue": 1,
    "safety.hazards_closed_share": OF(1, 2),
    "safety.hazards_in_time_share": OF(1, 2),
    "safety.major_hazards_found": 1,
    "safety.major_hazards_open": 1,
    "safety.drills": 1,
    "safety.real_drills": 1,
    "safety.night_drills": 1,
    "safety.disabled_unit_drills": 0,
    "safety.fire_trainings": 1,
    "safety.fire_trained_share": OF(2, 4),
    "safety.equipment": UNKNOWN,
    "safety.equipment_overdue": UNKNOWN,
    # the food licence ran out on the 20th
    "safety.papers_good": 5,
    "safety.papers_lapsed": 1,
    "safety.fire_approval": 1,
    "safety.facility_test": 1,
    "safety.liability_insurance": 1,
    "safety.accident_insurance": 0,
    "safety.food_licence": 0,
    "safety.medical_licence": 0,
    "safety.registration": 1,
    "safety.filing": 0,
    "safety.premiums": 1000_00,
    "safety.premiums_government": 700_00,
    "safety.premiums_home": 300_00,
    "safety.inspections": 1,
    "safety.inspections_unanswered": 1,
    "safety.penalties": 1,
    "safety.fines": 500_00,
    "safety.incidents": 1,
    "safety.larger_incidents": 0,
    "safety.injured": 1,
    "safety.dead": 0,
    "safety.incidents_reported_share": 0,
    # 王秀英 1200 + 800 + 600; 李桂兰 16 days of them, 张建国 20 days;
    # 陈德 1500 + 800 + 600 less five days of care and meals in hospital
    # and of its 2674.20 the district bears half of the bed
    "fees.billed": 2600_00 + 1341_93 + 1677_42 + 2674_20 - 750_00,
    "fees.income": 8293_55,
    "fees.income_bed": 1200_00 + 619_35 + 774_19 + 1500_00,
    "fees.income_care": 800_00 + 412_90 + 516_13 + 800_00 - 129_03,
    "fees.income_meal": 600_00 + 309_68 + 387_10 + 600_00 - 96_77,
    "fees.income_other": 0,
    "fees.borne_by_payers": 750_00,
    "fees.income_per_resident_month": OF(8293_55, 4),
    "fees.paid": 3000_00,
    # the bills of October were posted on November 21st
    "fees.arrears": 0,
    "fees.residents_in_arrears": 0,
    "fees.prepaid": 3000_00,
    "fees.collected_share": OF(2600_00, 8293_55 - 750_00),
    "fees.deposits_held": 8000_00,
    "fees.deposits_in": 4000_00,
    "fees.deposits_out": 1000_00,
    "fees.deposits_over": UNKNOWN,
    "fees.subsidies_received": 1000_00,
    "enquiries.asked": 2,
    "enquiries.visits": 1,
    "enquiries.admitted_share": OF(1, 2),
    "enquiries.waiting": 1,
    "enquiries.waiting_days": 30,
    # the whole home on the 1st and 2nd, and from the 22nd to the 23rd
    "service.closed_management_days": 4,
    "service.closed_management_times": 2,
}
# What is different, or only known, on November 21st.
BY_HAND_TODAY = {
    "residents.in_hospital": 0,
    "residents.person_days": 3 * 21,
    "residents.hospital_days": 2,
    "care.agreed_share": OF(2, 3),  # that of 王秀英 has ended
    "safety.equipment": 1,
    "safety.equipment_overdue": 1,
    "safety.rounds_due": 0,
    "fees.billed": UNKNOWN,
    "fees.arrears": 1341_93 + 1677_42 + 2674_20 - 750_00,
    "fees.residents_in_arrears": 3,
    "fees.prepaid": 400_00,
    "fees.deposits_over": 0,
    "roster.carers_mean": UNKNOWN,
    "enquiries.waiting_days": 51,
}


@pytest.fixture(scope="module")
def home(_template, tmp_path_factory):
    """The small home, its bills of October posted."""
    path = tmp_path_factory.mktemp("small") / FILE
    shutil.copy(_template, path)
    db = Database(path, KEY)
    purse = Purse(db, lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    purse.set_prices()
    small_home.build(db)
    purse.post(OCTOBER)
    yield db
    db.close()


@pytest.fixture(scope="module")
def october(home):
    with home.reading() as session:
        return figures_in(session, definitions().keys(), IN_OCTOBER, TODAY)


@pytest.fixture(scope="module")
def november(home):
    with home.reading() as session:
        return figures_in(session, definitions().keys(), IN_NOVEMBER, TODAY)


def test_the_table_names_every_figure_that_is_counted():
    assert set(BY_HAND) == set(COUNTERS)


@pytest.mark.parametrize("key", BY_HAND)
def test_a_figure_is_what_was_counted_by_hand(october, key):
    assert october[key].value == BY_HAND[key]


@pytest.mark.parametrize("key", BY_HAND_TODAY)
def test_a_figure_of_the_running_month_is_of_today(november, key):
    assert november[key].value == BY_HAND_TODAY[key]


@pytest.mark.parametrize("key", definitions())
def test_a_figure_without_a_value_says_why(october, key):
    assert (october[key].value is None) == bool(str(october[key].unknown))


@pytest.mark.parametrize("key", BY_HAND)
def test_a_figure_has_the_list_behind_it(october, key):
    figure = october[key]
    assert figure.rows is not None or figure.value is None


COUNTED = [
    key
    for key in BY_HAND
    if definitions()[key].unit in ("people", "beds", "items", "times")
    and key not in ("staff.posts", "training.person_times", "safety.injured")
    and not key.startswith("roster.")
    and key not in ("residents.mean", "safety.dead", "safety.larger_incidents")
]


@pytest.mark.parametrize("key", COUNTED)
def test_a_count_is_as_long_as_its_list(october, key):
    figure = october[key]
    assert figure.value is None or len(figure.rows) == figure.value


@pytest.mark.parametrize("key", BY_HAND)
def test_every_line_of_a_list_has_a_cell_under_each_title(october, key):
    rows = october[key].rows
    assert rows is None or {len(line) for line in rows.lines} <= {len(rows.titles)}


@pytest.mark.parametrize("key", BY_HAND)
def test_a_quotient_is_its_parts(october, key):
    figure = october[key]
    if figure.parts is None or not figure.is_known:
        return
    numerator, denominator = figure.parts
    assert figure.value == Fraction(numerator) / denominator


def test_what_is_owed_is_what_the_list_of_arrears_says(home, november):
    with home.reading() as session:
        owed = sum(each.owed for each in owing_in(session, TODAY))
    assert november["fees.arrears"].value == owed


def test_people_are_listed_by_name_number_and_bed(october):
    assert october["residents.severe"].rows.lines == (
        ("王秀英", small_home.WANG, "301-1"),
    )
