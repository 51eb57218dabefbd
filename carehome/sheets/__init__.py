"""Workbooks of the home's own, read into plain values (openpyxl)."""
