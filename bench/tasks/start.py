"""From nothing to the first painted window, then out: ``start lazy|eager STORE``. The whole process is what is measured."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys

LIBRARIES = ("sqlalchemy.orm", "alembic.command", "reportlab.platypus", "openpyxl", "pypdfium2", "cattrs")


def import_everything() -> None:
    """Import every module of the program and what the program stands on, as a start without any care would."""
    import perfdesk
    import ui

    for package in (perfdesk, ui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and ".versions" not in module.name:
                importlib.import_module(module.name)
    for name in LIBRARIES:
        importlib.import_module(name)


def main(way: str, store: str) -> None:
    """Start the window as ``python -m ui --store STORE`` does, and leave the moment its first picture stands."""
    if way == "eager":
        import_everything()
    from ui import app
    from ui.options import read_options
    from ui.trouble import Trouble

    def painted(_trouble: Trouble) -> None:
        os._exit(0)

    Trouble.open_log = painted  # type: ignore[assignment, method-assign]  # called once the first picture stands
    options = read_options(["--store", store])
    if options is None:
        raise SystemExit("the window's options are not understood")
    app.run(options)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
