"""The command line: import, list, check and export forms without a display; ``perfdesk --help`` says how, in Chinese.

It asks nothing but the password of a data file, never imports Qt, and decides nothing about forms: it reads arguments, calls the
core and prints. The store and the exporters are imported only by the commands that need them.
"""

from perfdesk.cli.program import main, run

__all__ = ["main", "run"]
