"""Which people of a list are ready, which are to be mended and why, and which are there already."""

from collections import Counter
from time import process_time
from types import SimpleNamespace

import pytest

from cdef.kernel.forms import NAME_LENGTH
from cdef.kernel.sheets import from_paste
from cdef.teams import duplicate_rules
from cdef.teams.column_rules import recognise
from cdef.teams.duplicate_rules import DUPLICATE, MEND, READY, Judged, judge
from cdef.teams.sheet_rules import Candidate, candidates
from tests.teams.list_of_people import VERDICTS, fates, pasted

MEMBER = SimpleNamespace(name="María García", email="maria@example.org")


def person(name: str, email: str, number: int = 2, **said: str) -> Candidate:
    fields = {"side": "union", "position": "teacher", "site": ""} | said
    return Candidate(number=number, name=name, email=email, **fields)  # type: ignore[arg-type]


def verdict(*people: Candidate, members: tuple[SimpleNamespace, ...] = ()) -> Judged:
    """What becomes of the last of these people."""
    return judge(people, members)[-1]


def said(judged: Judged) -> list[tuple[str, str]]:
    return [(problem.field, problem.text) for problem in judged.problems]


def test_a_whole_row_is_ready() -> None:
    judged = verdict(person("Jo Lee", "jo@example.org"), members=(MEMBER,))
    assert (judged.verdict, judged.problems) == (READY, [])


@pytest.mark.parametrize(
    ("row", "field", "sentence"),
    [
        (person("", "jo@example.org"), "name", "Please give a name."),
        (person("TBD", "jo@example.org"), "name", "“TBD” is not a name yet."),
        (person("J" * 121, "j@example.org"), "name", "Please use at most 120 characters."),
        (person("Jo Lee", ""), "email", "Please give an e-mail address."),
        (person("Jo Lee", "jo at example"), "email", "This does not look like an e-mail address."),
        (
            person("Jo Lee", "j@" + "x" * 260),
            "email",
            "An e-mail address has at most 254 characters.",
        ),
        (person("Jo Lee", "jo@example.org", position=""), "position", "Please choose a position."),
        (
            person("Jo Lee", "jo@example.org", position="", position_text="Guest"),
            "position",
            "Please choose a position. The list says “Guest”.",
        ),
        (
            person("Jo Lee", "jo@example.org", side=""),
            "side",
            "Please say which side this person is on.",
        ),
        (
            person("Jo Lee", "jo@example.org", side="", side_text="Parents"),
            "side",
            "Please say which side this person is on. The list says “Parents”.",
        ),
        (
            person("Jo Lee", "j@example.org", site="x" * 121),
            "site",
            "Please use at most 120 characters.",
        ),
    ],
)
def test_what_is_to_be_mended_is_said_at_its_field(
    row: Candidate, field: str, sentence: str
) -> None:
    judged = verdict(row)
    assert judged.verdict == MEND
    assert said(judged) == [(field, sentence)]


def test_a_list_and_a_form_agree_on_the_longest_name() -> None:
    assert duplicate_rules.LONGEST_NAME == NAME_LENGTH


@pytest.mark.parametrize(
    "name", ["María García", "GARCIA MARIA", "Dr. Maria J. Garcia", "Maria Garcia Lopez"]
)
def test_a_member_with_the_same_address_is_a_duplicate(name: str) -> None:
    judged = verdict(person(name, "Maria@Example.org"), members=(MEMBER,))
    assert (judged.verdict, judged.member, judged.is_certain) == (DUPLICATE, MEMBER, True)
    assert said(judged) == [("name", "María García is on the roster already.")]


@pytest.mark.parametrize("email", ["m.garcia@example.org", "", "maria at example"])
def test_a_member_with_the_same_name_alone_may_be_a_duplicate(email: str) -> None:
    judged = verdict(person("Garcia, Maria", email), members=(MEMBER,))
    assert (judged.verdict, judged.member, judged.is_certain) == (DUPLICATE, MEMBER, False)
    assert said(judged)[-1] == (
        "name",
        "María García is on the roster already. Is it the same person?",
    )


@pytest.mark.parametrize("name", ["Maria Gracia", "Mara García", "Mariia Garcia"])
def test_a_slip_in_the_name_at_a_members_address_may_be_a_duplicate(name: str) -> None:
    judged = verdict(person(name, "maria@example.org"), members=(MEMBER,))
    assert (judged.verdict, judged.member, judged.is_certain) == (DUPLICATE, MEMBER, False)


def test_an_earlier_row_makes_a_duplicate_of_a_later_one() -> None:
    first, second = person("Jo Lee", "jo@example.org", 2), person("Lee Jo", "JO@example.org", 7)
    one, other = judge([first, second], [])
    assert (one.verdict, other.verdict) == (READY, DUPLICATE)
    assert (other.earlier, other.is_certain, other.member) == (2, True, None)
    assert said(other) == [("name", "Jo Lee is in row 2 already.")]


def test_two_names_at_one_address_are_both_to_be_mended() -> None:
    rows = [person("Jo Lee", "office@example.org", 2), person("Al King", "office@example.org", 3)]
    one, other = judge(rows, [])
    assert (one.verdict, other.verdict) == (MEND, MEND)
    assert said(one) == [
        ("email", "Al King in row 3 has the same address; each person needs their own.")
    ]
    assert said(other) == [
        ("email", "Jo Lee in row 2 has the same address; each person needs their own.")
    ]


@pytest.mark.parametrize("name", ["Bo García", "Mario García"])
def test_another_name_at_a_members_address_is_to_be_mended(name: str) -> None:
    judged = verdict(person(name, "maria@example.org"), members=(MEMBER,))
    assert judged.verdict == MEND
    assert said(judged) == [
        ("email", "María García on the roster has the same address; each person needs their own.")
    ]


def test_held_places_and_single_names_are_no_duplicates_of_each_other() -> None:
    for name in ("TBD", "Name to follow", "Jo", ""):
        assert verdict(person(name, "a@example.org"), person(name, "b@example.org")).earlier is None


def test_a_slip_in_the_address_is_a_hint_and_stops_nothing() -> None:
    judged = verdict(person("Jo Lee", "jo@gmial.com"))
    assert (judged.verdict, judged.meant) == (READY, "jo@gmail.com")
    assert said(judged) == [("email", "Did you mean jo@gmail.com?")]


def test_the_domain_that_most_have_is_right_and_is_meant() -> None:
    own = [person(f"Jo {letter}ee", f"{letter}@district.example.org") for letter in "bcd"]
    assert verdict(*own, person("Al King", "al@distirct.example.org")).meant == (
        "al@district.example.org"
    )
    assert judge([person("Al King", "al@distirct.example.org")], [])[0].meant is None


def test_a_real_list_of_three_hundred_gets_the_verdicts_it_should() -> None:
    table = from_paste(pasted())
    found = judge(candidates(table, recognise(table)), [])
    assert [each.verdict for each in found] == [VERDICTS[fate] for fate in fates()]
    assert Counter(each.verdict for each in found) == {READY: 195, MEND: 75, DUPLICATE: 30}
    assert all(each.problems for each in found if each.verdict != READY)


@pytest.mark.parametrize(("people", "seconds"), [(300, 1), (4_990, 8)])
def test_a_list_is_judged_while_one_waits(people: int, seconds: int) -> None:
    text = pasted(people)
    began = process_time()
    table = from_paste(text)
    found = judge(candidates(table, recognise(table)), [MEMBER])
    assert process_time() - began < seconds
    assert len(found) == people


def test_one_address_for_everybody_takes_no_longer() -> None:
    rows = [person(f"Jo{n} Lee{n}", "office@example.org", n) for n in range(5_000)]
    began = process_time()
    assert {each.verdict for each in judge(rows, [])} == {MEND}
    assert process_time() - began < 8
