"""A return with a note beside each row: on the team's page, and in the leads' letter."""

from cdef.kernel import audit
from tests.cast import DISTRICT_LEAD, STAFF, UNION_LEAD, Cast, Mailbox, html_of, text_of
from tests.conftest import both_databases
from tests.registrations.deciding import bring, decide


@both_databases
def test_the_leads_read_them_beside_the_rows_and_in_the_letter(
    cast: Cast, mailbox: Mailbox
) -> None:
    team = bring(cast, "submitted")
    row = next(each for each in team.members if each.name == "Dashiell Nakagawa")
    page = decide(cast.browser(STAFF), team, "return", "", **{f"row_{row.id}": "Which union?"})
    assert page.status == 200, page.text()
    assert "Your note: Which union?" in page.text()
    lead = cast.browser(UNION_LEAD)
    assert "The staff writes: Which union?" in lead.get(f"/teams/{team.id}").text()
    edit = lead.get(f"/teams/{team.id}/members/{row.id}/edit")
    assert "The staff writes: Which union?" in edit.text()
    for said in (text_of, html_of):
        assert "Dashiell Nakagawa: Which union?" in said(mailbox.last("returned", DISTRICT_LEAD))
    after = audit.timeline(team.about)[0].after
    assert after is not None
    assert after["rows"] == {"Dashiell Nakagawa": "Which union?"}


def test_they_are_gone_once_the_roster_is_submitted_again(cast: Cast) -> None:
    team = bring(cast, "submitted")
    cast.decide(team, "return", "", rows={team.members[0].id: "Which school?"})
    cast.sign(team, "district")
    cast.sign(team, "union")
    page = cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}")
    assert "Which school?" not in page.text()


def test_a_note_on_a_row_of_another_team_goes_nowhere(cast: Cast) -> None:
    team = bring(cast, "submitted")
    page = decide(cast.browser(STAFF), team, "return", "", row_9999="Who is this?")
    assert page.status == 422
    assert team.state == "submitted"
