"""How anybody gets in to the demonstration home: public, it stands in the README."""

USER = "yuanzhang"
PASSWORD = "yanshi-2026"
