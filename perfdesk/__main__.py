"""``python -m perfdesk``: the command line, without a display. Nothing else stands here."""

from __future__ import annotations

import sys

from perfdesk.cli import run

if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
