"""The flyer's two addresses."""

from io import BytesIO

import pikepdf
import pytest

from tests.pages import Browser


@pytest.mark.parametrize(
    ("path", "name"),
    [("/flyer.pdf", "2016-17.pdf"), ("/cohorts/sacramento/flyer.pdf", "sacramento.pdf")],
)
def test_it_is_a_pdf_to_read_in_the_browser(browser: Browser, path: str, name: str) -> None:
    answer = browser.client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"inline; filename={name}"
    with pikepdf.open(BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("slug", ["nowhere", "%00", "..%2F..%2Fetc"])
def test_a_cohort_that_is_none_has_no_flyer(browser: Browser, slug: str) -> None:
    assert browser.get(f"/cohorts/{slug}/flyer.pdf").status == 404
