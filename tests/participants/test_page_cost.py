"""The personal page asks the database little, however many meetings, people and places there are."""

from tests.cast import FEW, OAKLAND, Cast
from tests.conftest import both_databases
from tests.publishing import at_desk
from tests.reports.counting import questions

DASHIELL = "dashiell.nakagawa@example.org"
MOST = 12


@both_databases
def test_the_page_takes_few_questions_also_with_two_places(cast: Cast) -> None:
    cast.approved(members=FEW)
    mine = cast.browser(DASHIELL, is_personal=True)
    counts = []
    for cohort in ("", "southern-california"):
        if cohort:
            cast.approved(cd_code=OAKLAND, cohort=cohort)
        with questions() as asked:
            assert mine.get("/personal").status == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST


@both_databases
def test_the_page_of_reminders_takes_few_questions_however_many_meetings(cast: Cast) -> None:
    cast.approved(members=FEW)
    cast.approved(cd_code=OAKLAND, cohort="southern-california")
    staff = at_desk(cast)
    with questions() as asked:
        assert staff.get("/staff/series/1/reminders").status == 200
    assert len(asked) <= MOST


@both_databases
def test_a_calendar_takes_few_questions(cast: Cast) -> None:
    cast.approved(members=FEW)
    mine = cast.browser(DASHIELL, is_personal=True)
    mine.get("/personal")
    page = mine.submit("/personal/calendar-address")
    (field,) = page.find("input", id="calendar-url")
    address = str(field.get("value")).removeprefix("http://localhost")
    with questions() as asked:
        assert cast.app.test_client().get(address).status_code == 200
    assert len(asked) <= MOST
