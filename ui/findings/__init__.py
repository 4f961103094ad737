"""审核 (findings): the panel that lists what the finance bureau would send back, and the way to each place.

It shows findings and asks for places and fixes; it checks nothing and changes nothing.
"""

from ui.findings.panel import FindingsPanel

__all__ = ["FindingsPanel"]
