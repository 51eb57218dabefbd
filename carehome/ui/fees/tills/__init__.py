"""The end of a day at the till: counting, closing, handing cash on."""
