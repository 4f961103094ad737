"""填入财政局的表 (filling): which cell of a blank foreign form takes which text of a form of ours, and which does not.

It reads source tables and gives a plan; it knows no file format and changes no file (that is ``perfdesk.exchange.xlsx.filling``).
"""

from perfdesk.filling.planning import plan_filling
from perfdesk.filling.types import NOT_TAKEN, Entry, Outcome, Plan, Result, Slot

__all__ = ["NOT_TAKEN", "Entry", "Outcome", "Plan", "Result", "Slot", "plan_filling"]
