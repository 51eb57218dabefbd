"""Screens of the roster: who works when, what is needed, what is wrong."""
