"""Finding the teams of which somebody has all the words that were typed."""

from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from cdef.kernel.db import db
from cdef.teams.listing_models import TeamWord

END = "\U0010ffff"  # After every letter.
COUNTED = 20_000  # of a word's teams; what is more common is walked past anyway


def counts(words: list[str]) -> list[int]:
    """How often each beginning of a word is there, counted up to a limit; in one statement."""
    if not words:
        return []
    counted = [
        select(func.count())
        .select_from(
            select(TeamWord.team_id).where(*begins(TeamWord, word)).limit(COUNTED).subquery()
        )
        .scalar_subquery()
        for word in words
    ]
    return [int(number) for number in db.session.execute(select(*counted)).one()]


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


def gathered(words: list[str], often: list[int]) -> Any:
    """The teams, beginning with all that have the rarest word."""
    rarest = words[often.index(min(often))]
    others = [word for word in words if word != rarest]
    row = aliased(TeamWord)
    query = select(row.team_id).where(*begins(row, rarest))
    return query.where(having(others, row.team_id, (row,))) if others else query
