"""Checking a list of staff without a home, and reading its good rows into one."""

from datetime import date
from pathlib import Path
from typing import Any

from carehome.commands import told
from carehome.i18n import _
from carehome.rules import staff_roll as rules
from carehome.rules.roll import Finding
from carehome.rules.sheets import letters
from carehome.rules.staff_roll import StaffRoll, StaffRow
from carehome.services.home import OpenHome
from carehome.services.rolls import read_sheets
from carehome.services.staff.rolls import StaffRolls


def run(
    file: Path, home: Path | None, user: str | None, dry_run: bool, as_text: bool
) -> None:
    """Check a list; with a home, read its good rows in unless it is a dry run."""
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


def check(file: Path, today: date) -> dict[str, object]:
    """Return what `import-staff --json` prints about a file."""
    return as_json(rules.read(rules.choose(read_sheets(file))[0], today=today))


def read_in(opened: OpenHome, file: Path, dry_run: bool) -> dict[str, object]:
    """Hold a list against a home, and read its good rows in; new posts are made."""
    rolls = StaffRolls(opened.db, opened.user, told.now)
    checked = rolls.check(file.name, read_sheets(file))
    result = as_json(checked.roll)
    result["new_posts"] = list(checked.new_posts)
    result["read_in"] = 0
    if not dry_run and checked.roll.good:
        result["import_id"] = rolls.read_in(checked)
        result["read_in"] = len(checked.roll.good)
    return result


def as_json(roll: StaffRoll) -> dict[str, object]:
    """Return a list of staff as plain values."""
    return {
        "rows": [_row(row) for row in roll.rows],
        "sheet": roll.sheet.name,
        "heading_row": roll.heading.row,
        "columns": {
            letters(column): field.value
            for column, field in enumerate(roll.heading.fields)
            if field
        },
        "skipped": list(roll.skipped),
    }


def _row(row: StaffRow) -> dict[str, object]:
    return {
        "sheet_row": row.sheet_row,
        "name": row.name,
        "id": row.id_number,
        "posts": list(row.posts),
        "hired": row.hired_on.isoformat() if row.hired_on else None,
        "level": row.level,
        "health_until": row.health_until.isoformat() if row.health_until else None,
        "faults": [finding.name for finding in row.faults],
        "notes": [finding.name for finding in row.notes],
        "says": [_says(finding) for finding in (*row.faults, *row.notes)],
    }


def _says(finding: Finding) -> str:
    where = "" if finding.column is None else letters(finding.column) + ": "
    return where + finding.message


def _say(result: dict[str, Any]) -> None:
    rows = result["rows"]
    for row in rows:
        if row["faults"]:
            print(f"{row['sheet_row']:>5}  {row['name']}  {'; '.join(row['says'])}")
    bad = sum(1 for row in rows if row["faults"])
    text = _("{good} {good:row|rows} can be read in, {bad} to be corrected first.")
    print(text.format(good=len(rows) - bad, bad=bad))
    if "read_in" in result:
        count = result["read_in"]
        text = _("{count} {count:person was|people were} read in.")
        print(text.format(count=count))
