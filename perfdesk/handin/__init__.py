"""报送 (hand-in): the forms of a year as files for a recipient, named after a pattern, with 目录, 审核单 and 校验清单.

``plan`` says which files; ``writing.write`` makes them, a second run only what is missing; ``verifying.verify`` proves them. What
reads and renders is imported when it is needed, so that the window starts without it.
"""

from perfdesk.handin.naming import KIND_WORDS, PATTERN, PLACES, check_pattern, name_of
from perfdesk.handin.planning import MANIFEST, folder_name, place_of, plan, with_summary, workplace_of
from perfdesk.handin.types import Failure, Item, Order, Outcome, Progress, Wanted, What

__all__ = [
    "KIND_WORDS",
    "MANIFEST",
    "PATTERN",
    "PLACES",
    "Failure",
    "Item",
    "Order",
    "Outcome",
    "Progress",
    "Wanted",
    "What",
    "check_pattern",
    "folder_name",
    "name_of",
    "place_of",
    "plan",
    "with_summary",
    "workplace_of",
]
