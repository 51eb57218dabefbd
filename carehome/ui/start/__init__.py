"""The screens before somebody has signed in."""
