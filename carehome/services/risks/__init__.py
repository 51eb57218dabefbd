"""Risks of residents: assessed, guarded against, told and signed."""
