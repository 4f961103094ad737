"""Questions to the clerk, one file per dialog; a dialog asks and hands back the answer, it changes no record."""
