"""A school district or county office, and the unions (locals) of its employees."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cdef.kernel.db import Base


class District(Base):
    """A district or county office; one that somebody typed by hand has no CD code."""

    __tablename__ = "district"

    id: Mapped[int] = mapped_column(primary_key=True)
    cd_code: Mapped[str | None] = mapped_column(unique=True)  # Seven digits; the first may be 0.
    name: Mapped[str]
    county: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")  # The state's words, "Unified School District".
    city: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    search_text: Mapped[str] = mapped_column(index=True)  # Folded name, county, city and kind.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))

    unions: Mapped[list["Union"]] = relationship(back_populates="district", order_by="Union.name")
    merged_into: Mapped["District | None"] = relationship(remote_side="District.id")
    invitations: Mapped[list[Any]] = relationship(
        "Invitation", viewonly=True, primaryjoin="Invitation.district_id == District.id"
    )

    @property
    def label(self) -> str:
        """The name with its county, since ten names occur in two counties."""
        return f"{self.name} ({self.county} County)" if self.county else self.name

    @property
    def about(self) -> str:
        """How the timeline names it."""
        return f"district:{self.id}"

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody typed it, and it is still its own entry."""
        return not self.cd_code and self.merged_into_id is None

    @property
    def seen(self) -> str:
        """What a page that corrects it was drawn with."""
        return f"{self.name}\n{self.county}"


class Union(Base):
    """A local of a district: certificated (teachers) or classified staff."""

    __tablename__ = "union"

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    name: Mapped[str]
    affiliation: Mapped[str]  # CTA, CFT, CSEA, SEIU or other
    unit: Mapped[str]  # "certificated" or "classified"

    district: Mapped[District] = relationship(back_populates="unions")

    @property
    def seen(self) -> str:
        """What a page that changes it was drawn with."""
        return f"{self.name}\n{self.affiliation}\n{self.unit}"

    @property
    def facts(self) -> dict[str, str]:
        """What the timeline keeps of it."""
        return {"name": self.name, "affiliation": self.affiliation, "unit": self.unit}
