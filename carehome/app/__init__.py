"""Puts the parts of the desktop together: the only package that knows all of them."""
