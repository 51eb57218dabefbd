"""All scenes, subject by subject."""

from carehome.commands.gallery import (
    admissions,
    agreements,
    assessments,
    beds,
    departures,
    desktop,
    enquiries,
    fees,
    forms,
    frame,
    money,
    opening,
    overview,
    overview_claims,
    overview_reports,
    pages,
    presence,
    ratings_assessment,
    ratings_export,
    ratings_standing,
    ratings_tables,
    repairs,
    requests,
    residents,
    risks,
    rolls,
    rosters,
    safety_drills,
    safety_equipment,
    safety_folder,
    safety_forms,
    safety_hazards,
    safety_papers,
    safety_rounds,
    settings,
    shifts,
    staff,
    start,
    today,
)

SCENES = tuple(
    scene
    for subject in (
        *(start, desktop, opening, today, presence, frame, pages, residents),
        *(enquiries, admissions, departures, beds, assessments, risks, agreements),
        *(fees, money, rolls, staff, rosters, shifts, repairs, requests),
        *(safety_hazards, safety_papers, safety_rounds, settings),
        *(safety_equipment, safety_drills, safety_folder, safety_forms, forms),
        *(
            ratings_assessment,
            ratings_export,
            ratings_standing,
            ratings_tables,
            overview,
            overview_claims,
            overview_reports,
        ),
    )
    for scene in subject.SCENES
)
