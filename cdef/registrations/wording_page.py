"""What the pages show on which staff word the letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from markupsafe import Markup
from sqlalchemy import case, select
from sqlalchemy.orm import joinedload

from cdef.kernel.db import db
from cdef.outbox.wording_models import Wording, wordings_in
from cdef.outbox.wording_rules import Kind, Worded, problems, values_of
from cdef.outbox.wordings import explanations, filled, kinds
from cdef.registrations.models import Registration
from cdef.registrations.publication_models import standing_of_meetings
from cdef.registrations.wording_samples import sample
from cdef.series.models import Cohort, Series
from cdef.teams.models import Team, whole_team

MOST_TEAMS = 50  # to choose from


@dataclass(frozen=True)
class Look:
    """A letter as it would read: subject, heading and HTML, and its text."""

    subject: str
    heading: str
    html: Markup
    text: str


def listed(series: Series) -> list[tuple[Kind, Wording | None]]:
    """Every kind of letter with the staff's words for it, in the order of the alphabet."""
    own = {row.kind: row for row in wordings_in("", series.about)}
    return [(kind, own.get(kind.key)) for kind in sorted(kinds().values(), key=lambda k: k.title)]


def teams_to_choose(series: Series) -> Sequence[Team]:
    """The series' newest teams, approved ones first."""
    is_approved = case((Registration.state == "approved", 0), else_=1)
    query = (
        select(Team)
        .join(Team.cohort)
        .outerjoin(Registration, Registration.team_id == Team.id)
        .where(Cohort.series_id == series.id)
        .order_by(is_approved, Team.id.desc())
        .limit(MOST_TEAMS)
    )
    named = query.options(joinedload(Team.district), joinedload(Team.cohort))
    return db.session.scalars(named).all()


def chosen(teams: Iterable[Team], team_id: int) -> Team | None:
    """The team that was chosen, with all that letters say of it; else the first."""
    ids = [team.id for team in teams]
    if not ids:
        return None
    wanted = team_id if team_id in ids else ids[0]
    return db.session.get(Team, wanted, options=whole_team(), populate_existing=True)


def places(kind: Kind) -> list[tuple[str, str]]:
    return [(name, explanations()[name]) for name in kind.says]


def look(kind: Kind, wording: Worded, team: Team, *, now: datetime) -> Look | None:
    """How a letter would read; None while its words cannot be filled in."""
    if list(problems(values_of(wording), kind)):
        return None
    changes = list(standing_of_meetings({team.cohort_id}).values())
    words: dict[str, Any] = sample(kind, team, changes, now=now)
    words |= {"to_name": "", "base_url": current_app.config["BASE_URL"]}
    words |= filled(kind, wording, words["says"])
    html = current_app.jinja_env.get_template(f"letters/{kind.key}/body.html")
    parts = {
        name: "".join(html.blocks[name](html.new_context(words))) for name in ("heading", "content")
    }
    text = current_app.jinja_env.get_template(f"letters/{kind.key}/body.txt").render(words)
    # Templates have written both, with every value escaped.
    heading, content = Markup(parts["heading"]), Markup(parts["content"])  # noqa: S704
    return Look(words["subject"], heading.striptags(), content, text.strip())
