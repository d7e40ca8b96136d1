"""Tables of spreadsheets, read from what strangers paste and upload."""

from cdef.kernel.sheets.reading import Table, from_file, from_paste

__all__ = ["Table", "from_file", "from_paste"]
