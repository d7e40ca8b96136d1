"""The personal page asks the database little, however many meetings, people and places there are."""

from tests.cast import FEW, OAKLAND, Cast
from tests.conftest import both_databases
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
