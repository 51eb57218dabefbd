"""Pictures of every page, pane, step and dialog, drawn without a display.

A scene leads the program to where something can be seen; a studio sets it up on a
copy of a home, and takes its picture in a language, a scheme and a text size.
"""
