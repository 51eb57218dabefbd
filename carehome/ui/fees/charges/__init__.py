"""Charges by use, entered for everybody in one sheet."""
