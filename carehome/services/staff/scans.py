"""Scans in a staff file, kept inside the encrypted file like those of residents."""

import hashlib
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.staff import StaffPaperRow
from carehome.services.residents.papers import PaperKept


def add_scan_in(
    session: Session,
    staff_id: int,
    kind: str,
    title: str,
    file_name: str,
    content: bytes,
    now: datetime,
) -> int:
    """Keep a scan that has been read and checked; one copy is enough."""
    digest = hashlib.sha256(content).hexdigest()
    same = session.scalar(
        select(StaffPaperRow).where(
            StaffPaperRow.staff_id == staff_id, StaffPaperRow.sha256 == digest
        )
    )
    if same is not None:
        raise PaperKept(title=same.title)
    row = StaffPaperRow(
        staff_id=staff_id,
        kind=kind,
        title=title.strip() or Path(file_name).stem,
        file_name=file_name,
        size=len(content),
        sha256=digest,
        added_at=now,
        content=content,
    )
    session.add(row)
    session.flush()
    return row.id


def filed_on(row: StaffPaperRow, zone: tzinfo | None) -> date:
    """Return the day on which a scan was filed, as the home's clock said."""
    return row.added_at.replace(tzinfo=UTC).astimezone(zone).date()
