"""Invitation flyers: one page about the series or one cohort, as a PDF."""

from cdef.flyers.views import blueprint

__all__ = ["blueprint"]
