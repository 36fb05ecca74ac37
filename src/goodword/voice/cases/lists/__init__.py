"""Lists of cases that are kept: those the software comes with, those people save, and how many cases each holds."""
