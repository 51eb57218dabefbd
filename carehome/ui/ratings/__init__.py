"""Screens of the star rating: self-assessment, standing, tables, submission folder."""
