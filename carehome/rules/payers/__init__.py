"""The rules of payers other than the resident."""
