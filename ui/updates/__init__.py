"""安装更新: what its dialog says and how it shows it. It installs nothing; ``ui.updating`` has that done."""

from ui.updates.dialog import UpdateDialog
from ui.updates.words import Page

__all__ = ["Page", "UpdateDialog"]
