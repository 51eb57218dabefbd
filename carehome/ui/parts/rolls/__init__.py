"""Panes that show a sheet on its way in: its cells, its columns, its faults."""
