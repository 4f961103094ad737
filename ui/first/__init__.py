"""首次启动 (first start): three short pages before the first form. It asks; what follows is done by ``ui.welcome``."""

from ui.first.dialog import First, FirstStartDialog

__all__ = ["First", "FirstStartDialog"]
