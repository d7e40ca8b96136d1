"""Finding the teams of which somebody has all the words that were typed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from cdef.kernel.db import db
from cdef.teams.listing_models import TeamWord

END = "\U0010ffff"  # After every letter.
COUNTED = 8000  # of a word's rows; what is more common is walked past anyway
TRIED = 100  # of a word's rows, to learn how many have the other words


@dataclass(frozen=True)
class Often:
    """How often a beginning of a word is there, and of how many among its first some have the rest."""

    count: int
    tried: int
    hits: int

    @property
    def matching(self) -> int:
        """About how many have all words, going by those that were tried; never quite none."""
        return int(self.count * max(self.hits, 0.5) / max(self.tried, 1)) + 1


def look(words: list[str]) -> list[Often]:
    """What it would take to gather the teams from each word, in one statement."""
    asked = [
        each.scalar_subquery()
        for word in words
        for each in (count_of(word), tried(word, [it for it in words if it != word]))
    ]
    found = list(db.session.execute(select(*asked)).one()) if asked else []
    return [
        Often(count, min(count, TRIED), hits)
        for count, hits in zip(found[::2], found[1::2], strict=True)
    ]


def matching(often: list[Often]) -> int:
    """About how many have all words, by the rarest; of those that were not counted out, by the best."""
    rarest = min(each.count for each in often)
    return max(each.matching for each in often if each.count == rarest)


def count_of(word: str) -> Select[int]:
    """Counted up to a limit."""
    rows = select(TeamWord.team_id).where(*begins(TeamWord, word)).limit(COUNTED)
    return select(func.count()).select_from(rows.subquery())


def tried(word: str, others: list[str]) -> Select[int]:
    """How many of the first rows of a word have all the others, too."""
    columns = TeamWord.team_id, TeamWord.whose
    rows = select(*columns).where(*begins(TeamWord, word)).limit(TRIED).subquery()
    query = select(func.count()).select_from(rows)
    return query.where(having(others, rows.c.team_id, (rows.c,))) if others else query


def begins(row: Any, word: str) -> tuple[ColumnElement[bool], ...]:
    return row.word >= word, row.word < word + END


def having(words: list[str], team_id: Any, above: tuple[Any, ...] = ()) -> ColumnElement[bool]:
    """Whether one person of a team, or its district or leads with them, has all the words.

    Each word is looked for inside the question for the one before, by the team's own words.
    """
    row = aliased(TeamWord)
    found = [row.team_id == team_id, *begins(row, words[0]), *(belong(row, it) for it in above)]
    if len(words) > 1:
        found.append(having(words[1:], team_id, (*above, row)))
    return exists().where(*found).correlate_except(row)


def belong(row: Any, other: Any) -> ColumnElement[bool]:
    """Whether two words are of one member, or one of them is the team's own."""
    return or_(row.whose == other.whose, row.whose == 0, other.whose == 0)


def gathered(words: list[str], often: list[Often]) -> Any:
    """The teams, beginning with all that have the rarest word."""
    rarest, *others = rarest_first(words, often)
    row = aliased(TeamWord)
    query = select(row.team_id).where(*begins(row, rarest))
    return query.where(having(others, row.team_id, (row,))) if others else query


def walked(words: list[str], often: list[Often], team_id: Any) -> ColumnElement[bool]:
    """Whether a team that is come by has them: most lack the rarest word, and are past at once."""
    return having(rarest_first(words, often), team_id)


def rarest_first(words: list[str], often: list[Often]) -> list[str]:
    order = sorted(zip(often, words, strict=True), key=lambda each: each[0].count)
    return [word for _, word in order]
