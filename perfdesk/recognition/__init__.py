"""识别 (recognition): from the tables of a Word or Excel file to records, by labels and structure and never by addresses.

The templates themselves say what to look for: the labels beside and above each of their cells. What cannot be told is a query
for a person, never a guess in silence.
"""

from perfdesk.recognition.recognising import again, recognise, spot_of
from perfdesk.recognition.types import (
    Certainty,
    Corrections,
    Leftover,
    Place,
    Query,
    Reading,
    RecognisedForm,
    Recognition,
    Spot,
)

__all__ = [
    "Certainty",
    "Corrections",
    "Leftover",
    "Place",
    "Query",
    "Reading",
    "RecognisedForm",
    "Recognition",
    "Spot",
    "again",
    "recognise",
    "spot_of",
]
