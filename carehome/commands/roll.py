"""Checking a resident roll without a home: what would be read in, and what is wrong."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from carehome.commands import told
from carehome.i18n import _
from carehome.rules import roll as rolls
from carehome.rules.roll import Finding, Roll, RollRow
from carehome.rules.sheets import letters
from carehome.services.home import OpenHome
from carehome.services.rolls import Rolls, read_sheets
from carehome.sheets import workbook


def open_roll(path: Path, today: date) -> tuple[Roll, list[str]]:
    """Read the likeliest sheet of a workbook; name the others that could be rolls."""
    chosen, *others = rolls.choose(workbook.read(path))
    return rolls.read(chosen, today=today), [sheet.name for sheet in others]


def check(path: Path, today: date) -> dict[str, object]:
    """Return what `import-residents --json` prints about a file."""
    roll, others = open_roll(path, today)
    return as_json(roll, others)


def as_json(roll: Roll, others: Sequence[str] = ()) -> dict[str, object]:
    """Return a roll as plain values."""
    return {
        "rows": [_row(row) for row in roll.rows],
        "sheet": roll.sheet.name,
        "other_sheets": list(others),
        "heading_rows": [roll.heading.first, roll.heading.last],
        "columns": {
            letters(column): field.value
            for column, field in enumerate(roll.heading.fields)
            if field
        },
        "skipped": [
            {"sheet_row": skipped.sheet_row, "why": skipped.why}
            for skipped in roll.skipped
        ],
        "grades": [
            {
                "word": one.word,
                "grade": one.grade,
                "sure": one.is_sure,
                "rows": one.count,
            }
            for one in roll.grade_words
        ],
    }


def _row(row: RollRow) -> dict[str, object]:
    return {
        "sheet_row": row.sheet_row,
        "name": row.name,
        "id": row.id_number,
        "admitted": row.admitted.isoformat() if row.admitted else None,
        "fen": [row.bed_fen, row.care_fen, row.meal_fen],
        "faults": _names(row.faults),
        "notes": _names(row.notes),
        "bed": row.place.label,
        "grade": row.grade,
        "categories": list(row.categories),
        "deposit_fen": row.deposit_fen,
        "says": [_says(finding) for finding in (*row.faults, *row.notes)],
    }


def _names(findings: Sequence[Finding]) -> list[str]:
    """Return the names of findings, each once; two bad amounts are one name."""
    return list(dict.fromkeys(finding.name for finding in findings))


def _says(finding: Finding) -> str:
    """Return what a finding says, with the column it is about."""
    where = "" if finding.column is None else letters(finding.column) + ": "
    return where + finding.message


def run(
    file: Path, home: Path | None, user: str | None, dry_run: bool, as_text: bool
) -> None:
    """Check a roll; with a home, read its good rows in unless it is a dry run."""
    if home is None:
        result = check(file, told.today())
    else:
        opened = told.sign_in(home, user)
        try:
            result = read_in(opened, file, dry_run)
        finally:
            opened.db.close()
    if as_text:
        told.as_json(result)
    else:
        _say(result)


def read_in(opened: OpenHome, file: Path, dry_run: bool) -> dict[str, object]:
    """Hold a roll against a home, and read its good rows in; beds it lacks are made."""
    rolls_of_home = Rolls(opened.db, opened.user, told.now)
    checked = rolls_of_home.check(file.name, read_sheets(file))
    others = [s.name for s in checked.sheets if s is not checked.roll.sheet]
    result = as_json(checked.roll, others)
    result["new_beds"] = [f"{bed.room}-{bed.label}" for bed in checked.new_beds]
    result["read_in"] = 0
    if not dry_run and checked.roll.good:
        result["import_id"] = rolls_of_home.read_in(checked, checked.new_beds)
        result["read_in"] = len(checked.roll.good)
    return result


def _say(result: dict[str, Any]) -> None:
    rows = result["rows"]
    for row in rows:
        if row["faults"]:
            print(f"{row['sheet_row']:>5}  {row['name']}  {'; '.join(row['says'])}")
    bad = sum(1 for row in rows if row["faults"])
    text = _("{good} {good:row|rows} can be read in, {bad} to be corrected first.")
    print(text.format(good=len(rows) - bad, bad=bad))
    if "read_in" in result:
        print(
            _("{count} {count:resident was|residents were} read in.").format(
                count=result["read_in"]
            )
        )
