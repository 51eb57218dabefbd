"""The text of agreements: the model of the program, and the home's own versions."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.agreements import AgreementTemplateRow
from carehome.errors import Refusal, Trouble
from carehome.i18n import N_, _, speaking
from carehome.reports.files import whole
from carehome.rules import agreement_text
from carehome.rules.rights import Right
from carehome.services.agreements.facts import sample_facts
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs

MODEL = 0  # the version of the text that comes with the program


class SameTemplate(Refusal):
    """The text was read in before."""

    text = N_("This text is the same as version {version}. Nothing was read in.")


class TemplateUnreadable(Trouble):
    """The computer does not give the file."""

    text = N_(
        "“{name}” cannot be read ({reason}). It may be open in Word or WPS; close it "
        "there first."
    )


@dataclass(frozen=True, slots=True)
class Template:
    """One version of the text; `is_used` says that agreements are drawn up with it."""

    version: int
    valid_from: date | None
    file_name: str
    note: str
    added_by: str
    added_at: datetime | None
    size: int
    is_used: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read and checked, before it becomes a version."""

    file_name: str
    content: bytes
    fields: int
    missing: tuple[str, ...]
    has_pictures: bool


class AgreementTemplates(Service):
    """What one person can do with the text of agreements."""

    @needs(Right.SEE_HOME)
    def all(self) -> list[Template]:
        """List the home's own versions, newest first, and the model text last."""
        today = self._today()
        with self._reading() as session:
            rows = session.scalars(
                select(AgreementTemplateRow).order_by(
                    AgreementTemplateRow.version.desc()
                )
            ).all()
            used = template_on_in(session, today)
            told = [_template(row, row is used) for row in rows]
        model = agreement_text.model().edition
        first = Template(MODEL, None, "", model, "", None, 0, used is None)
        return [*told, first]

    @needs(Right.CHANGE_HOME)
    def check(self, path: Path) -> Reading:
        """Read a file that shall become the text, and say what is missing in it."""
        from carehome.reports.agreements.template import (  # noqa: PLC0415 - heavy
            MOST_BYTES,
            TemplateTooBig,
            check_template,
        )

        try:
            if path.stat().st_size > MOST_BYTES:
                raise TemplateTooBig(name=path.name, most=MOST_BYTES >> 20)
            content = path.read_bytes()
        except OSError as error:
            raise TemplateUnreadable(name=path.name, reason=error.strerror) from error
        checked = check_template(content, path.name)
        missing = tuple(group.name for group in checked.missing)
        return Reading(
            path.name, content, checked.fields, missing, checked.has_pictures
        )

    @needs(Right.CHANGE_HOME)
    def read_in(self, reading: Reading, valid_from: date, note: str = "") -> int:
        """Store a checked text as the next version; older ones stay."""
        digest = hashlib.sha256(reading.content).hexdigest()
        with self._writing() as session:
            last = session.scalar(select(func.max(AgreementTemplateRow.version))) or 0
            newest = session.scalar(
                select(AgreementTemplateRow).where(AgreementTemplateRow.version == last)
            )
            if newest is not None and newest.sha256 == digest:
                raise SameTemplate(version=last)
            row = AgreementTemplateRow(
                version=last + 1,
                valid_from=valid_from,
                file_name=reading.file_name,
                note=note.strip(),
                added_by=self._user.name,
                added_at=self._now(),
                size=len(reading.content),
                sha256=digest,
                content=reading.content,
            )
            session.add(row)
            session.flush()
            return row.version

    @needs(Right.SEE_HOME)
    def write_out(self, version: int, path: Path) -> None:
        """Write a version as a Word document, to be edited or kept."""
        with self._reading() as session:
            content = content_of(_row_in(session, version))
        with whole(path) as part:
            part.write_bytes(content)

    @needs(Right.SEE_HOME)
    @speaking()
    def write_specimen(self, version: int, path: Path) -> None:
        """Write a version as a PDF that names each field where it is filled in."""
        from carehome.reports.agreements.paper import (  # noqa: PLC0415 - heavy
            edition_note,
            write_agreement,
        )
        from carehome.reports.agreements.template import fill_template  # noqa: PLC0415

        with self._reading() as session:
            row = _row_in(session, version)
            content, edition = content_of(row), edition_of(row)
            head = letterhead_in(session)
        facts = sample_facts()
        filled = fill_template(content, facts.values, facts.lists)
        title = _("Service agreement, specimen")
        write_agreement(path, filled, title, edition_note(edition), head)


def template_on_in(session: Session, day: date) -> AgreementTemplateRow | None:
    """Return the version that holds on `day`; None for the model text."""
    return session.scalar(
        select(AgreementTemplateRow)
        .where(AgreementTemplateRow.valid_from <= day)
        .order_by(
            AgreementTemplateRow.valid_from.desc(), AgreementTemplateRow.version.desc()
        )
        .limit(1)
    )


def content_of(row: AgreementTemplateRow | None) -> bytes:
    """Return the Word document of a version, while its session is open."""
    if row is not None:
        return row.content
    from carehome.reports.agreements.model import (  # noqa: PLC0415 - heavy
        model_document,
    )

    return model_document()


def edition_of(row: AgreementTemplateRow | None) -> str:
    """Say which text an agreement is drawn up with."""
    if row is None:
        return agreement_text.model().edition
    return _("the home's own text, version {version}").format(version=row.version)


def _row_in(session: Session, version: int) -> AgreementTemplateRow | None:
    if version == MODEL:
        return None
    return session.scalars(
        select(AgreementTemplateRow).where(AgreementTemplateRow.version == version)
    ).one()


def _template(row: AgreementTemplateRow, is_used: bool) -> Template:
    return Template(
        row.version,
        row.valid_from,
        row.file_name,
        row.note,
        row.added_by,
        row.added_at.replace(tzinfo=UTC),
        row.size,
        is_used,
    )
