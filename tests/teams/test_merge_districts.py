"""A district that was typed by hand is corrected, or merged into the state's entry."""

import pytest
from flask import Flask

from cdef.directory.actions import import_directory, options
from cdef.directory.models import District
from cdef.directory.rules import Reading, Row
from cdef.kernel import audit
from cdef.kernel.db import db
from cdef.kernel.problems import Refused
from cdef.teams import district_actions
from cdef.teams.listing_models import Listing
from cdef.teams.models import Team, teams_from
from tests.cast import STAFF, Cast
from tests.conftest import both_databases
from tests.directory.desk import DIRECTORY, listed, typed_team, union_of
from tests.pages import Page
from tests.races import at_once


def preview(cast: Cast, district: District, into: District) -> Page:
    cast.staff()
    return cast.browser(STAFF).get(f"{DIRECTORY}/{district.id}/merger?into={into.id}")


def merge(cast: Cast, district: District, into: District) -> Page:
    cast.staff()
    browser, page = cast.browser(STAFF), f"{DIRECTORY}/{district.id}/merger"
    browser.get(f"{page}?into={into.id}")
    return browser.submit(page)


@both_databases
def test_teams_and_unions_move_and_nothing_is_lost(cast: Cast) -> None:
    team = typed_team(cast)
    typed, into = team.district, listed()
    union_of(cast, typed)
    page = merge(cast, typed, into)
    assert "1 team and 1 union moved." in page.html
    assert team.district == into
    assert [union.name for union in into.unions] == ["Milpitas Teachers Association"]
    assert (typed.is_active, typed.merged_into) == (False, into)
    row = db.session.get_one(Listing, team.id)
    assert (row.district_id, row.county) == (into.id, "Santa Clara")


def test_the_preview_says_what_moves_and_changes_nothing(cast: Cast) -> None:
    team = typed_team(cast)
    union_of(cast, team.district)
    page = preview(cast, team.district, listed())
    assert "The team in the Bay Area Cohort, 2016-17, with 1 person" in page.html
    assert "The union Milpitas Teachers Association (CTA, certificated)" in page.html
    assert team.district.name == "Milpitas USD"


def test_both_entries_and_the_team_tell_it_on_their_timelines(cast: Cast) -> None:
    team = typed_team(cast)
    typed = team.district
    merge(cast, typed, listed())
    said = {audit.timeline(each.about)[0].what for each in (typed, listed(), team)}
    assert said == {
        "merged this into Milpitas Unified (Santa Clara County)",
        "merged Milpitas USD (Santa Clara County) into this",
        "moved the team to the state’s entry of its district",
    }


def test_a_second_team_in_a_cohort_is_said_and_stays(cast: Cast) -> None:
    own, team = cast.team(), typed_team(cast)
    typed = team.district
    page = preview(cast, typed, listed())
    assert "has a team of its own in Bay Area." in " ".join(page.html.split())
    merge(cast, typed, listed())
    assert {each.id for each in teams_from(listed())} == {own.id, team.id}


def test_a_preview_that_is_no_longer_true_is_refused(cast: Cast) -> None:
    team = typed_team(cast)
    typed, browser = team.district, cast.browser(STAFF)
    cast.staff()
    page = f"{DIRECTORY}/{typed.id}/merger"
    browser.get(f"{page}?into={listed().id}")
    typed_team(cast, cohort="sacramento")
    again = browser.submit(page)
    assert again.status == 409
    assert "What would move has changed. Please look again." in again.html
    assert "The team in the Sacramento Cohort" in again.html
    assert team.district == typed
    assert "2 teams and 0 unions moved." in browser.submit(page).html


def test_again_it_moves_nothing_and_what_came_since_can_follow(cast: Cast) -> None:
    team = typed_team(cast)
    typed, into = team.district, listed()
    merge(cast, typed, into)
    lines = len(audit.timeline(into.about))
    assert merge(cast, typed, into).status == 200
    assert len(audit.timeline(into.about)) == lines


def test_its_page_leads_to_the_other_and_nobody_finds_it_any_more(cast: Cast) -> None:
    typed = typed_team(cast).district
    merge(cast, typed, listed())
    page = cast.browser(STAFF).get(f"{DIRECTORY}/{typed.id}")
    assert f'href="{DIRECTORY}/{listed().id}"' in page.html
    assert [found.name for found in options("milpitas", None)["districts"]] == ["Milpitas Unified"]


def test_an_import_does_not_bring_a_merged_entry_back(cast: Cast) -> None:
    typed = typed_team(cast, name="Lakeview").district
    merge(cast, typed, listed())
    another = Row("4399999", "Lakeview", "Santa Clara", "", "Unified School District")
    import_directory(Reading([row_of(listed()), another], []), by=None, now=cast.now())
    assert (typed.is_active, typed.cd_code) == (False, None)
    assert listed("4399999").name == "Lakeview"


def row_of(district: District) -> Row:
    return Row(str(district.cd_code), district.name, district.county, district.city, district.kind)


def test_a_district_of_the_state_is_never_merged_away(cast: Cast) -> None:
    cast.staff()
    other = listed("0161259")
    browser = cast.browser(STAFF)
    assert browser.get(f"{DIRECTORY}/{other.id}/merger?into={listed().id}").status == 404
    with pytest.raises(Refused, match="Only a district that was typed by hand"):
        district_actions.merge_districts(
            other, listed(), seen=";;", by=cast.staff(), now=cast.now()
        )


@both_databases
def test_merging_twice_at_once_moves_everything_once(app: Flask, cast: Cast) -> None:
    team = typed_team(cast)
    typed, into, staff = team.district, listed(), cast.staff()
    ids = (typed.id, into.id, staff.id, team.id)
    seen = district_actions.moving(typed, into).seen

    def run(_: int) -> int:
        one, other = (db.session.get_one(District, number) for number in ids[:2])
        by = cast.staff()
        found = district_actions.merge_districts(one, other, seen=seen, by=by, now=cast.now())
        return len(found.teams)

    assert sorted(at_once(app, [1, 2], run)) == [0, 1]
    assert db.session.get_one(Team, ids[3]).district_id == ids[1]


def test_a_district_typed_by_hand_is_corrected_and_its_team_found_by_the_new_name(
    cast: Cast,
) -> None:
    cast.staff()
    typed = typed_team(cast).district
    browser, page = cast.browser(STAFF), f"{DIRECTORY}/{typed.id}/edit"
    browser.get(page)
    saved = browser.submit(page, name="Elm Valley Unified", county="yolo county")
    assert "Elm Valley Unified (Yolo County) is saved." in saved.html
    line = audit.timeline(typed.about)[0]
    assert line.before == {"name": "Milpitas USD", "county": "Santa Clara"}
    assert line.after == {"name": "Elm Valley Unified", "county": "Yolo"}
    assert options("elm yolo", None)["total"] == 1
    row = db.session.get_one(Listing, teams_from(typed)[0].id)
    assert row.county == "Yolo"


def test_a_correction_older_than_another_is_refused_with_both(cast: Cast) -> None:
    cast.staff()
    typed = typed_team(cast).district
    browser, page = cast.browser(STAFF), f"{DIRECTORY}/{typed.id}/edit"
    stale = browser.get(page)
    browser.submit(page, name="Elm Valley Unified")
    browser.page = stale
    again = browser.submit(page, name="Ash Valley Unified")
    assert again.status == 409
    assert "now: Elm Valley Unified (Santa Clara County)." in again.html
    assert again.form(page).value("name") == "Ash Valley Unified"


def test_without_a_name_it_is_refused(cast: Cast) -> None:
    cast.staff()
    typed = typed_team(cast).district
    browser, page = cast.browser(STAFF), f"{DIRECTORY}/{typed.id}/edit"
    browser.get(page)
    assert browser.submit(page, name=" ").status == 422


def test_the_states_own_entries_are_not_corrected_here(cast: Cast) -> None:
    cast.staff()
    assert cast.browser(STAFF).get(f"{DIRECTORY}/{listed().id}/edit").status == 404
