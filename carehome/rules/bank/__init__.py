"""Statements of the home's bank: read, matched to residents, set against the books."""
