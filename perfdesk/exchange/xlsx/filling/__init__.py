"""Filling a workbook that came from outside: values go into its cells, everything else of the file stays as it was.

The members of the package are copied as they are; only the sheets that are written into are changed, and in them only the cells:
styles, widths, validations, conditional formats, pictures, names, hidden sheets and protection are never touched.
"""

from perfdesk.exchange.xlsx.filling.filling import Blank, Filling, fill, open_blank

__all__ = ["Blank", "Filling", "fill", "open_blank"]
