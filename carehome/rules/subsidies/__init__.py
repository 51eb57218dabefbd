"""Subsidies that the home claims by month: who is behind each figure, and why."""
