"""Rosters: the month of the home, who works what, its wishes, changes and weights."""
