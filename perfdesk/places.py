"""Where things lie: the office's data, the program, the program's resources. Paths only; nothing is made or opened here.

Where a program can be updated by its user, several versions of it lie in one home: ``HOME/versions/0.1.0/`` is a program, and the
file ``HOME/current`` says which of them starts. Elsewhere (a package of the system, the sources) the program's folder is its home.

A file ``perfdesk-portable`` (or ``perfdesk-portable.txt``: Windows hides the ending) in the home puts the data into the folder
``data`` beside it, so that program and forms travel on one USB stick.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

APP: Final = "perfdesk"
"""Name of the data folder; ASCII, because paths are typed and quoted on old machines."""
MARKERS: Final = ("perfdesk-portable", "perfdesk-portable.txt")
VERSIONS: Final = "versions"
"""The folder in a home that holds the versions of the program, each in a folder named after it."""
CURRENT: Final = "current"
"""The file beside it that holds, in one line, the name of the version that starts."""
PREVIOUS: Final = "previous"
"""The same for the version before, which starts where the current one will not; absent after the first installation."""
STORE_NAME: Final = "perfdesk.db"


def program_folder() -> Path:
    """Return the folder of the program: of the executable when frozen, else the one that holds the package ``perfdesk``."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).absolute().parent
    return Path(__file__).absolute().parent.parent


def home() -> Path:
    """Return the folder the program is installed into: the one above ``versions/``, else the program's own.

    One of its signs is enough: a stick that was pulled out while ``current`` was written must not hide the office's data.
    """
    program = program_folder()
    above = program.parent.parent
    if program.parent.name == VERSIONS and any((above / sign).is_file() for sign in (CURRENT, PREVIOUS, *MARKERS)):
        return above
    return program


def resources() -> Path:
    """Return the folder ``resources`` with 表样 (templates), fonts, icons and samples; in the bundle when frozen."""
    bundle = getattr(sys, "_MEIPASS", None) if getattr(sys, "frozen", False) else None
    return (Path(bundle) if bundle else program_folder()) / "resources"


def is_portable() -> bool:
    """Tell whether the marker for a USB stick lies in the program's home."""
    return any((home() / marker).is_file() for marker in MARKERS)


def data_folder() -> Path:
    """Return the folder of data and settings: the user's own (``~/.local/share/perfdesk`` on Linux) or the portable one."""
    if is_portable():
        return home() / "data"
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


def parameters() -> Path:
    """Return the folder of the 参数包 (parameter packs) that were installed, each in a folder named after its version."""
    return data_folder() / "parameters"


def default_store() -> Path:
    """Return the data file that is opened when none is named."""
    return data_folder() / STORE_NAME
