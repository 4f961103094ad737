"""全年审核 (year): every form of a year judged at once, and its findings in one list.

It shows what ``derive`` found and asks for forms, places and files; it checks nothing and writes nothing.
"""

from ui.year.dialog import YearDialog

__all__ = ["YearDialog"]
