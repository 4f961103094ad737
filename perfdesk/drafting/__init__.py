"""起草表样 (drafting): from a blank form of Word or Excel to a template of the office's own, as a proposal that a person checks.

What a cell is for is told by recognition (``perfdesk.filling`` probes the blanks); what nobody recognises becomes a field of its
own, named after its label. It reads source tables and gives texts; files are read and written elsewhere.
"""

from perfdesk.drafting.changing import (
    Spot,
    as_blank,
    as_computed,
    as_field,
    as_label,
    as_own_field,
    choices_of,
    computed_of,
    is_repeated,
    label_of,
    named,
    spot_of_source,
    spot_on_sheet,
)
from perfdesk.drafting.making import draft_template, form_to_draft
from perfdesk.drafting.types import BLANK, LONG, Draft, DraftCell, DraftField, Use
from perfdesk.drafting.writing import write_template

__all__ = [
    "BLANK",
    "LONG",
    "Draft",
    "DraftCell",
    "DraftField",
    "Spot",
    "Use",
    "as_blank",
    "as_computed",
    "as_field",
    "as_label",
    "as_own_field",
    "choices_of",
    "computed_of",
    "draft_template",
    "form_to_draft",
    "is_repeated",
    "label_of",
    "named",
    "spot_of_source",
    "spot_on_sheet",
    "write_template",
]
