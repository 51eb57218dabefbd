"""Rosters: what is asked of one, what is wrong with one, what it leaves behind."""
