"""Scans of safety papers and notices, kept inside the encrypted file."""

import hashlib
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.approvals import SafetyScanRow


def keep_scan_in(
    session: Session, title: str, path: Path, content: bytes, now: datetime
) -> int:
    """Keep a scan that has been read and checked; one copy is enough."""
    digest = hashlib.sha256(content).hexdigest()
    same = session.scalar(
        select(SafetyScanRow.id).where(SafetyScanRow.sha256 == digest)
    )
    if same is not None:
        return same
    row = SafetyScanRow(
        title=title.strip() or path.stem,
        file_name=path.name,
        size=len(content),
        sha256=digest,
        added_at=now,
        content=content,
    )
    session.add(row)
    session.flush()
    return row.id
