"""Arrears, prepaid money and refunds: what is owed, and what goes back."""
