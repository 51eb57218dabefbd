"""The program that one care home runs its day on."""

__version__ = "0.1.0"
