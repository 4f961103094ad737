"""``perfdesk`` and ``python -m ui``: the window, or with words the command line, which never imports Qt."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from ui.inputmethods import name_them
from ui.launching import say_it_stands
from ui.options import read_options


def main(argv: Sequence[str] | None = None) -> int:
    """Start what the arguments ask for and return the exit code.

    Without arguments, with files to be taken in, or with ``--store FILE``, ``--samples``, ``--read-only``, the window, or the one
    that is open on the same data already; with ``--demo DIR`` the main job without anybody watching; with ``--trial``
    what an update asks first; with anything else the command line (``perfdesk --help``).
    """
    arguments = sys.argv[1:] if argv is None else argv
    options = read_options(arguments)
    if options is None or options.demo is not None or options.trial:
        say_it_stands()
    if options is None:
        from perfdesk import cli

        return cli.run(arguments)
    if options.demo is not None:
        from ui import demo

        return demo.run(options.demo)
    if options.trial:
        from ui import trial

        return trial.run()
    from perfdesk.handover import Answer, hand_over

    if not options.read_only and hand_over(options.store_path, options.files) is Answer.TAKEN:
        return 0
    gc.disable()  # until the window stands: what is imported stays, and searching it for garbage is felt
    from ui import app

    if sys.platform == "linux":
        name_them(os.environ)
    return app.run(options)


if __name__ == "__main__":
    sys.exit(main())
