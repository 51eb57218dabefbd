"""`carehome demo`: a home with six months of history, made by the services."""

from carehome.commands.demo.make import make, run

__all__ = ["make", "run"]
