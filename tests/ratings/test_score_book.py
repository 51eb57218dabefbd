"""The score table as a workbook, recomputed by LibreOffice."""

import re
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from carehome.reports.rating_score_book import write_score_book
from carehome.reports.sheet import Letterhead
from carehome.rules.ratings import presets
from carehome.rules.ratings.items import Part
from carehome.rules.ratings.submission import Line, Submission

TABLE = presets.practice_table()
OWN = "E"


def submission_of(points):
    """Return a submission whose items got what `points` says of their place."""
    lines = tuple(
        Line(item, points(place, item)) for place, item in enumerate(TABLE.items)
    )
    return Submission(
        1, "自评", TABLE, date(2026, 1, 1), date(2027, 1, 1), 3, False, lines
    )


def nearly_full(place, item):
    """Some items lack half a point, a few are not judged at all."""
    if place % 17 == 16:
        return None
    return item.hundredths - (50 if place % 3 == 0 else 0)


SUBMISSION = submission_of(nearly_full)


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "scores.xlsx"
    write_score_book(path, SUBMISSION, [TABLE.stamp], Letterhead("福寿养老院"))
    return path


def recomputed(path, folder):
    """Let LibreOffice compute all formulas, and return the values by their names.

    openpyxl drops what the program had put into the formulas, so nothing can be read
    back that was not computed.
    """
    book = load_workbook(path)
    bare = folder / "bare.xlsx"
    book.save(bare)
    out = folder / "out"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    call = ("soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", out)
    subprocess.run((*call, bare), check=True, capture_output=True, timeout=120)
    return named(out / "bare.xlsx")


def named(path):
    book = load_workbook(path, data_only=True)
    found = {}
    for name, cell in book.defined_names.items():
        sheet, place = re.fullmatch(r"'?(.+?)'?\.?!(.+)", cell.attr_text).groups()
        found[name] = book[sheet.strip("$'")][place.replace("$", "")].value
    return found


def totals(submission):
    """Return what the program comes to, under the names of the workbook's cells."""
    found = {
        "total_full": submission.table.hundredths / 100,
        "total_own": submission.total / 100,
        "grade_by_points": submission.by_points,
    }
    for part in Part:
        found[f"part_{part}_full"] = submission.table.marks[part] / 100
        found[f"part_{part}_own"] = submission.points[part] / 100
    return found


def own(found):
    return {name: value for name, value in found.items() if "expert" not in name}


def test_the_formulas_come_to_what_the_program_says(written, tmp_path):
    assert own(recomputed(written, tmp_path)) == totals(SUBMISSION)


def test_points_typed_over_change_sums_and_grade(written, tmp_path):
    changed = submission_of(lambda _place, item: item.hundredths // 2 // 50 * 50)
    assert changed.by_points != SUBMISSION.by_points
    book = load_workbook(written)
    sheet = book.worksheets[0]
    points = {line.item.code: line.hundredths / 100 for line in changed.lines}
    for row in sheet.iter_rows(min_row=1):
        if row[0].value in points:
            sheet[f"{OWN}{row[0].row}"] = points[row[0].value]
    book.save(written)
    assert own(recomputed(written, tmp_path)) == totals(changed)


def test_the_sums_are_there_before_anything_is_recomputed(written):
    assert own(named(written)) == totals(SUBMISSION)


def test_an_experts_sum_stays_empty_until_something_is_filled_in(written):
    assert not named(written)["total_expert"]


def test_just_below_a_line_the_grade_is_not_reached(tmp_path):
    line = next(each for each in TABLE.lines if each.grade == 5)
    full = submission_of(lambda _place, item: item.hundredths)
    spare = full.total - line.hundredths + 50
    lines, left = [], spare
    for each in reversed(full.lines):
        taken = min(left, each.item.hundredths) if each.item.part is Part.SERVICE else 0
        lines.append(replace(each, hundredths=each.item.hundredths - min(taken, 6000)))
        left -= taken
    below = replace(full, lines=tuple(reversed(lines)))
    path = tmp_path / "below.xlsx"
    write_score_book(path, below, [], Letterhead("福"))
    found = recomputed(path, tmp_path)
    assert below.total == line.hundredths - 50
    assert found["grade_by_points"] == below.by_points == 4


def test_practice_points_are_confessed_on_both_sheets(written):
    for sheet in load_workbook(written).worksheets:
        shown = [cell.value for row in sheet.iter_rows(max_row=6) for cell in row]
        assert "示例分值 非官方" in shown
        assert "示例分值 非官方" in sheet.oddHeader.center.text
