"""Checking a resident roll without a home: what would be read in, and what is wrong."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from carehome.rules import roll as rolls
from carehome.rules.roll import Finding, Roll, RollRow
from carehome.rules.sheets import letters
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
