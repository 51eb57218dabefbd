"""All scenes, subject by subject."""

from carehome.commands.gallery import (
    admissions,
    beds,
    fees,
    frame,
    money,
    pages,
    residents,
    rolls,
    settings,
    start,
)

SCENES = tuple(
    scene
    for subject in (
        *(start, frame, pages, residents, admissions, beds),
        *(fees, money, rolls, settings),
    )
    for scene in subject.SCENES
)
