"""Where things lie: the office's data, the program, the program's resources. Paths only; nothing is made or opened here.

A file ``perfdesk-portable`` (or ``perfdesk-portable.txt``: Windows hides the ending) beside the program puts the data into the
folder ``data`` beside it, so that program and forms travel on one USB stick.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

APP: Final = "perfdesk"
"""Name of the data folder; ASCII, because paths are typed and quoted on old machines."""
MARKERS: Final = ("perfdesk-portable", "perfdesk-portable.txt")
STORE_NAME: Final = "perfdesk.db"


def program_folder() -> Path:
    """Return the folder of the program: of the executable when frozen, else the one that holds the package ``perfdesk``."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).absolute().parent
    return Path(__file__).absolute().parent.parent


def resources() -> Path:
    """Return the folder ``resources`` with 表样 (templates), fonts, icons and samples; in the bundle when frozen."""
    bundle = getattr(sys, "_MEIPASS", None) if getattr(sys, "frozen", False) else None
    return (Path(bundle) if bundle else program_folder()) / "resources"


def is_portable() -> bool:
    """Tell whether the marker for a USB stick lies beside the program."""
    return any((program_folder() / marker).is_file() for marker in MARKERS)


def data_folder() -> Path:
    """Return the folder of data and settings: the user's own (``~/.local/share/perfdesk`` on Linux) or the portable one."""
    if is_portable():
        return program_folder() / "data"
    import platformdirs  # on demand: a command that needs no store starts sooner

    return platformdirs.user_data_path(APP, appauthor=False)


def own_templates() -> Path:
    """Return the folder for templates (表样) of the office's own."""
    return data_folder() / "templates"


def own_policies() -> Path:
    """Return the folder for scoring policies (计分办法) of the office's own."""
    return data_folder() / "policies"


def policy_choices() -> Path:
    """Return the file that says which policy the office uses for a template instead of the one it names."""
    return data_folder() / "policy-choices.toml"


def own_cycle() -> Path:
    """Return the file with the dates of the year as the office has them; it need not exist."""
    return data_folder() / "cycle.toml"


def default_store() -> Path:
    """Return the data file that is opened when none is named."""
    return data_folder() / STORE_NAME
