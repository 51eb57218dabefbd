"""Scenes of ability assessments: what is due, the form, what follows, differences."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from carehome.app.desk import ASSESSMENTS
from carehome.commands.gallery.residents import page as residents_page
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import NotThere, Studio
from carehome.i18n import _
from carehome.rules.assessments import GBT_42195
from carehome.services.assessments import FINISHED, Assessments
from carehome.services.staff import Staff
from carehome.ui.assessments import AssessmentsPage
from carehome.ui.assessments.work import CLOSING, GENERAL, ITEMS

HALF = 14  # items answered where a form is half filled in
Key = Qt.Key


def page(studio: Studio) -> AssessmentsPage:
    """Open the page."""
    found = studio.page(ASSESSMENTS)
    assert isinstance(found, AssessmentsPage)
    return found


def tab(at: int, studio: Studio) -> AssessmentsPage:
    """Look at one of the lists."""
    found = page(studio)
    found.lists.tabs.strip.setCurrentIndex(at)
    studio.wait()
    return found


def somebody(studio: Studio, is_known: bool = True) -> int:
    """Return who is due next, assessed before or not, with nothing under way."""
    for line in studio.service(Assessments).due(studio.today):
        if (line.last_on is not None) == is_known and not line.draft_id:
            return line.resident_id
    raise NotThere("somebody to assess")


def begin(studio: Studio, is_known: bool = True) -> AssessmentsPage:
    """Begin to assess somebody."""
    found = page(studio)
    found.begin(somebody(studio, is_known))
    studio.wait()
    return found


def part(at: int, studio: Studio) -> AssessmentsPage:
    """Look at one part of a form that is just begun."""
    found = begin(studio)
    assert found.work
    found.work.go(at)
    studio.wait()
    return found


def press(found: AssessmentsPage, *keys: Qt.Key) -> None:
    """Press keys in the panel of the item at hand."""
    assert found.work
    for key in keys:
        QTest.keyClick(found.work.items.panel, key)


def half(studio: Studio) -> AssessmentsPage:
    """Answer half of the items, one of them left open."""
    found = part(ITEMS, studio)
    press(found, *[Key.Key_3, Key.Key_2] * 2, Key.Key_Down)
    press(found, *[Key.Key_2] * (HALF - 5))
    studio.wait()
    return found


def whole(studio: Studio) -> AssessmentsPage:
    """Answer everything, and come to the result."""
    found = part(GENERAL, studio)
    work = found.work
    assert work
    for number in work.sheet.judgement.missing_fields:
        field = work.general.fields[number]
        field.set_value(("0",) if isinstance(field.value(), tuple) else "0")
    work.go(ITEMS)
    for item in work.sheet.items:
        worst = min(each.points for each in item.options)
        best = max(each.points for each in item.options)
        given = work.sheet.last_points(item.number)
        points = max((best if given is None else given) - 1, worst)
        work.sheet.answer(item.number, points)
    work.go(CLOSING)
    studio.wait()
    return found


def signed(studio: Studio) -> AssessmentsPage:
    """Enter both assessors."""
    found = whole(studio)
    assert found.work
    members = studio.service(Staff).members(studio.today)
    first, second = members[0].name, members[1].name
    found.work.closing.form.set_values(
        {"assessor_1": first, "assessor_2": second, "is_medical_1": True}
    )
    studio.wait()
    return found


def finish(studio: Studio) -> AssessmentsPage:
    """Say what follows from a finished assessment."""
    found = signed(studio)
    assert found.work
    studio.click(found.work.next)
    return found


def not_yet(studio: Studio) -> None:
    """Name what a half-filled form still lacks."""
    found = half(studio)
    assert found.work
    found.work.go(CLOSING)


def wrong_day(studio: Studio) -> None:
    """Say beside the base day what is wrong with it."""
    found = part(GENERAL, studio)
    assert found.work
    day = found.work.general.head["base_on"]
    day.set_value(date(studio.today.year + 1, 1, 5))
    found.work.go_on()


def give_up(studio: Studio) -> None:
    """Ask before a draft is thrown away."""
    found = half(studio)
    assert found.work
    studio.click(found.work.drop)


def review(studio: Studio) -> AssessmentsPage:
    """Look at the difference from last time and at the levels over the years."""
    assessments = studio.service(Assessments)
    done = [line for line in assessments.finished() if line.status == FINISHED]
    counts: dict[int, int] = {}
    for line in done:
        counts[line.resident_id] = counts.get(line.resident_id, 0) + 1
    most = max(done, key=lambda line: (counts[line.resident_id], line.base_on))
    found = page(studio)
    found.open_assessment(most.assessment_id)
    studio.wait()
    return found


def all_items(studio: Studio) -> None:
    """Show what has not changed, too."""
    review(studio).review.difference.only_changed.click()


def levels(studio: Studio) -> None:
    """Look at the levels over the years."""
    review(studio).review.tabs.strip.setCurrentIndex(1)


def blank(studio: Studio) -> None:
    """Show an empty form, to be filled in by hand."""
    page(studio).lists.show_blank(GBT_42195)


def void(studio: Studio) -> None:
    """Ask why an assessment shall be void."""
    studio.click(review(studio).void)


def paper(studio: Studio) -> None:
    """Show an assessment as it comes to paper."""
    studio.click(review(studio).print)


def leaf(studio: Studio) -> None:
    """Look at the assessments in somebody's file."""
    done = studio.service(Assessments).finished()
    residents = residents_page(studio)
    residents.open_leaf(done[0].resident_id, _("Ability"))


def ask_whom(studio: Studio) -> None:
    """Ask whom to assess."""
    studio.click(page(studio).lists.new)


def ask_rules(studio: Studio) -> None:
    """Ask how the home assesses."""
    studio.click(page(studio).lists.rules)


def note_change(studio: Studio) -> None:
    """Note what has changed in somebody."""
    tab(0, studio)
    studio.press("Something has changed")


SCENES = (
    Scene("assessments-1-due", partial(tab, 0)),
    Scene("assessments-1-due-changed", note_change),
    Scene("assessments-1-due-whom", ask_whom),
    Scene("assessments-1-due-rules", ask_rules),
    Scene("assessments-1-due-blank", blank),
    Scene("assessments-2-drafts", partial(tab, 1)),
    Scene("assessments-3-done", partial(tab, 2)),
    Scene("assessments-4-general", partial(part, GENERAL)),
    Scene("assessments-4-general-wrong", wrong_day),
    Scene("assessments-5-items", partial(part, ITEMS)),
    Scene("assessments-5-items-half", half),
    Scene("assessments-5-items-give-up", give_up),
    Scene("assessments-6-result", signed),
    Scene("assessments-6-result-missing", not_yet),
    Scene("assessments-7-finished", finish),
    Scene("assessments-8-review", review),
    Scene("assessments-8-review-all", all_items),
    Scene("assessments-8-review-levels", levels),
    Scene("assessments-8-review-paper", paper),
    Scene("assessments-8-review-void", void),
    Scene("assessments-9-leaf", leaf),
)
