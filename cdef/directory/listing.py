"""The staff's list of the directory: searched, and a page at a time."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import func, select

from cdef.directory.actions import matching
from cdef.directory.models import District
from cdef.kernel.db import db

ON_A_PAGE = 50


@dataclass(frozen=True)
class Listing:
    """One page of the districts that were asked for."""

    districts: list[District]
    total: int
    page: int
    query: str
    by_hand: bool

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))

    def address(self, page: int) -> str:
        asked = {"q": self.query, "by_hand": "1" if self.by_hand else "", "page": str(page)}
        return "/staff/directory?" + urlencode({name: text for name, text in asked.items() if text})


def listing(query: str, *, by_hand: bool, page: int) -> Listing:
    """The active districts that a search finds, all without one; a page that there is not is the last."""
    chosen = matching(query) if query.strip() else select(District).where(District.is_active)
    if by_hand:
        chosen = chosen.where(District.cd_code.is_(None))
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    page = min(max(page, 1), max(1, -(-total // ON_A_PAGE)))
    order = func.lower(District.name), District.county, District.id
    ordered = chosen.order_by(*order).offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE)
    return Listing(list(db.session.scalars(ordered)), total, page, query, by_hand)


def typed_by_hand() -> int:
    """How many active districts somebody typed that the state's file did not list."""
    query = select(func.count()).where(District.is_active, District.cd_code.is_(None))
    return db.session.scalar(query) or 0
