"""Screens of the people who work here: files, certificates, training."""
