"""Whom staff write to in a district, on either side; kept from one invitation to the next."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cdef.directory.models import District
from cdef.kernel.db import Base


class Contact(Base):
    """One address of a district, on one side of it; a name where it is known."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("district_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    side: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str]

    district: Mapped[District] = relationship()
