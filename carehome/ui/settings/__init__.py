"""The screens of the settings: the home, its people, its lists, its log."""
