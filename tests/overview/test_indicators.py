"""Every indicator that the policies ask of one home stands in the sheet of all."""

import pytest

from carehome.rules.figure_sets import sets
from carehome.rules.figures import definitions

# Rows of the lists (b) of what homes report upward, by source and number of the row.
# Of 003: 3 is the area's; 20, 25 and 28 are whole papers and exports; 22 asks for
# recruitment beside lists. Of 000: 5 and the ratios below the list are the area's.
ASKED = {
    "003/1 beds": ["beds.total", "beds.in_use"],
    "003/2 nursing beds": ["beds.nursing", "beds.nursing_share"],
    "003/4 ability": [f"residents.level_{level}" for level in range(5)]
    + ["residents.class_able", "residents.class_partly", "residents.class_disabled"],
    "003/5 hard up, old, disabled": ["residents.hard_up_old_disabled"],
    "003/6 categories": [
        "residents.category_destitute",
        "residents.category_minimum_living",
        "residents.category_low_income",
        "residents.category_out_of_poverty",
        "residents.category_one_child_loss",
        "residents.category_disabled",
        "residents.dementia",
    ],
    "003/7 star": ["grade"],
    "003/8 training": [
        "training.prepared_share",
        "staff.posts_certified_share",
        "training.covered_share",
    ],
    "003/9 carers by level": [f"staff.carers_level_{level}" for level in range(1, 6)]
    + ["staff.carers_uncertified"],
    "003/10 social workers": ["staff.social_workers_per_100_beds"],
    "003/11 trainees": ["staff.trainee_retention"],
    "003/12 graduates": ["staff.graduates"],
    "003/13 medical agreement": ["service.medical_agreement"],
    "003/14 medical insurance": ["service.insurance_visits"],
    "003/15 dining": ["service.dining_days"],
    "003/16 premiums": [
        "safety.premiums",
        "safety.premiums_government",
        "safety.premiums_home",
    ],
    "003/17 hazards": [
        "safety.hazards_found",
        "safety.hazards_closed",
        "safety.hazards_open",
        "safety.major_hazards_found",
    ],
    "003/18 fire approval": ["safety.fire_approval"],
    "003/19 self-check": ["service.self_check"],
    "003/20 assets, major incidents": ["fees.assets", "safety.larger_incidents"],
    "003/21 renovation": ["fees.renovation"],
    "003/22 recruitment": ["staff.vacancies"],
    "003/23 free beds": ["beds.free"],
    "003/24 penalties, checks": ["safety.penalties", "safety.inspections"],
    "003/26 open beds": ["fees.open_bed_income"],
    "003/27 tariff": ["fees.utility_tariff"],
    "000/1 beds added": ["beds.in_use", "beds.added"],
    "000/2 occupancy": ["residents.total", "beds.occupancy_end", "beds.occupancy"],
    "000/3 ownership": ["ownership", "legal_kind"],
    "000/4 categories": [
        "residents.category_destitute",
        "residents.category_veteran_care",
        "residents.category_society",
    ],
    "000/6 support": ["fees.support_standard"],
    "000/7 local residents": ["residents.age_from_60", "residents.local_hukou"],
    "000/8 subsidies": ["fees.subsidies_received", "fees.operating_subsidy"],
    "000/9 donations": ["fees.donations"],
    "000/10 building": [
        "fees.investment",
        "land_area",
        "floor_area",
        "service.green_share",
    ],
    "000/11 capital": ["fees.registered_capital_per_bed"],
    "000/12 satisfaction": ["service.satisfaction"],
    "000/13 training by schooling": ["training.lower_covered_share"],
    "000/14 level": ["grade"],
    "000/15 calls": ["safety.emergency_calls"],
    "000/16 services": ["service.home_services"],
    "000/17 check-ups": ["care.checkup_share"],
    "000/18 ages": [f"residents.age_{age}" for age in (60, 70, 80, 90, 100)],
    "000/19 volunteers": ["service.volunteers"],
    "000/20 complaints": ["service.complaints"],
    "001/ dementia unit": ["beds.dementia_unit_share"],
    "001/ 65 and 80": ["residents.age_from_65", "residents.age_from_80"],
    "001/ assessments": ["care.assessments"],
    "001/ registered": ["safety.registration"],
    "001/ staff": ["staff.total", "staff.age_from_40_share", "training.person_times"],
    "001/ certified": ["staff.carers_certified_share"],
    "001/ closed management": ["service.closed_management_days"],
    "001/ subsidised share": ["fees.borne_by_payers"],
    "001/ equipment": ["safety.equipment"],
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_what_is_asked_of_a_home_stands_in_the_sheet_of_all(asked):
    lines = sets()["upward"].lines
    held = {each.figure or each.field or each.record for each in lines}
    assert set(asked) <= held


def test_what_cannot_be_counted_says_why_and_what_to_fill_in():
    unheld = [
        definitions()[key]
        for key in sets()["upward"].figures
        if definitions()[key].unheld
    ]
    assert unheld
    assert all("本程序" in each.unheld for each in unheld)


@pytest.mark.parametrize("code", list(sets()))
def test_a_set_says_where_it_comes_from_and_names_no_line_twice(code):
    each = sets()[code]
    labels = [line.label for line in each.lines]
    assert len(set(labels)) == len(labels)
    assert each.source
    assert each.spans


def test_a_year_widens_a_quarter_and_a_quarter_a_month():
    month, quarter, year = (sets()[code].lines for code in ("month", "quarter", "year"))
    assert quarter[: len(month)] == month
    assert year[: len(quarter)] == quarter
