"""Screens: they show values from services and hand back what people want."""
