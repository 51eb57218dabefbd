"""Alembic's entry: runs revisions on the connection that the program gives."""

from alembic import context

import carehome.db.accounts
import carehome.db.agreements
import carehome.db.approvals
import carehome.db.assessments
import carehome.db.bank
import carehome.db.beds
import carehome.db.billing
import carehome.db.books
import carehome.db.change_log
import carehome.db.checklists
import carehome.db.claims
import carehome.db.closures
import carehome.db.corrections
import carehome.db.departures
import carehome.db.deposits
import carehome.db.drawers
import carehome.db.drills
import carehome.db.enquiries
import carehome.db.equipment
import carehome.db.figures
import carehome.db.grades
import carehome.db.hazards
import carehome.db.home
import carehome.db.payers
import carehome.db.pictures
import carehome.db.presence
import carehome.db.ratings
import carehome.db.refunds
import carehome.db.reminders
import carehome.db.requests
import carehome.db.residents
import carehome.db.risks
import carehome.db.rosters
import carehome.db.rounds
import carehome.db.shifts
import carehome.db.staff
import carehome.db.subsidies
import carehome.db.units
import carehome.db.weights  # noqa: F401 - each import declares its tables
from carehome.db.base import Base
from carehome.db.revisions import Triggers

connection = context.config.attributes["connection"]
# A trigger may name a table that is away for a moment, while it is rebuilt.
connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    on_version_apply=Triggers(connection).after,
)
with context.begin_transaction():
    context.run_migrations()
