"""Replaces one person's name and address in the rows of any table."""

import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    String,
    Table,
    Text,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.sql import cast as sql_cast

from cdef.kernel import audit
from cdef.kernel.words import fold

NAME = "Erased person"
LISTS = ("team_word", "listing", "tally", "unmet_rule")  # Made anew from the rest.


@dataclass
class Eraser:
    """What is looked for: an address wherever it stands, and names where the person's teams are."""

    email: str
    names: frozenset[str]
    key: str
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        known = {*self.names, *(fold(name) for name in self.names)}
        longest_first = sorted(filter(None, known), key=len, reverse=True)
        names = "|".join(re.escape(name) for name in longest_first) or "(?!)"
        address = f"(?P<address>{re.escape(self.email)})"
        self.pattern = re.compile(rf"{address}|(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)

    @property
    def address(self) -> str:
        """What stands where the address stood: nobody can have it (RFC 2606, 2)."""
        return f"erased-{self.key}@erased.invalid"

    def text(self, text: str) -> str:
        return self.pattern.sub(lambda found: self.address if found["address"] else NAME, text)

    def value(self, value: Any) -> Any:
        """A column's value, whatever is inside."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(each) for each in value]
        if isinstance(value, dict):
            return {key: self.value(each) for key, each in value.items()}
        return value

    def is_in(self, raw: bytes) -> bool:
        """Whether a letter's head or any of its texts names the person."""
        letter = message_from_bytes(raw, policy=policy.default)
        parts = [
            part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"
        ]
        heads = [str(value) for value in letter.values()]
        # A calendar folds its lines (RFC 5545, 3.1).
        return any(self.pattern.search(re.sub(r"\r?\n[ \t]", "", each)) for each in heads + parts)

    def scrub(
        self, connection: Connection, table: Table, about: ColumnElement[bool] | None
    ) -> None:
        """Every row that has the address, and of those rows that ``about`` chooses also the names."""
        columns = [each for each in table.columns if isinstance(each.type, String | Text | JSON)]
        if not columns or table.name in LISTS:
            return
        keys = list(table.primary_key.columns)
        texts = [func.lower(sql_cast(each, Text)) for each in columns]
        chosen = [text.contains(self.email, autoescape=True) for text in texts]
        rows = select(*keys, *(each for each in columns if each not in keys))
        which = or_(*chosen, *([] if about is None else [about]))
        for row in connection.execute(rows.where(which)).mappings().all():
            before = {each.name: row[each.name] for each in columns if each not in keys}
            after = {name: self.value(value) for name, value in before.items()}
            if table.name == audit.Event.__tablename__ and after != before:
                shown = after["who"], after["what"], after["before"], after["after"]
                after["search_text"] = audit.searched(*shown)
            if changed := {name: after[name] for name in after if after[name] != before[name]}:
                this = (key == row[key.name] for key in keys)
                connection.execute(update(table).where(*this).values(changed))
