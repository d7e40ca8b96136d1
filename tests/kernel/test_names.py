"""Names as they are compared and turned, and addresses that were probably meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdef.kernel.names import is_nobody, likely_domain, same_person_key, turned

NAMES = st.text("abé日 ,.'’-()JrPhD\t", max_size=20)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("García, María José", "María José García"),
        ("de la Cruz, Juan", "Juan de la Cruz"),
        ("O’Brien,Pat", "Pat O’Brien"),
        ("García, Dr. María", "Dr. María García"),
        ("Dr. María García", "Dr. María García"),
        ("King Jr., Al", "Al King Jr."),
        ("King, Al, Jr.", "Al King, Jr."),
        ("King III, Al", "Al King III"),
        ("Lee, Jo, Ed.D.", "Jo Lee, Ed.D."),
        ("Jo Lee, Ph.D., MBA", "Jo Lee, Ph.D., MBA"),
        ("Al King, Jr.", "Al King, Jr."),
        ("Lee, J.R.", "J.R. Lee"),
        ("Lee, Jo (alternate)", "Jo Lee (alternate)"),
        ("Lee,", "Lee"),
        ("a, b, c", "a, b, c"),
        ("Jo Lee", "Jo Lee"),
        ("", ""),
    ],
)
def test_a_name_is_turned_to_the_order_of_speech(written: str, spoken: str) -> None:
    assert turned(written) == spoken


@given(NAMES)
def test_turning_a_name_loses_none_of_its_letters(name: str) -> None:
    assert sorted(filter(str.isalnum, turned(name))) == sorted(filter(str.isalnum, name))


@pytest.mark.parametrize(
    "other",
    [
        "Maria Garcia",
        "Garcia Maria",
        "GARCÍA, MARÍA",
        "Dr. María García",
        "María J. García",
        "María García, Ph.D.",
        "Garcia Jr., Maria",
    ],
)
def test_one_person_has_one_key_however_the_name_is_written(other: str) -> None:
    assert same_person_key(other) == same_person_key("García, María")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pat O’Brien-Smith", "Smith Obrien, Pat"),
        ("J.R. Smith", "Smith, J. R."),
        ("Dr. Jr.", "dr jr"),
    ],
)
def test_apostrophes_hyphens_and_dots_do_not_tell_names_apart(one: str, other: str) -> None:
    assert same_person_key(one) == same_person_key(other)


@pytest.mark.parametrize(
    "other", ["Mario García", "María Gracia", "María", "Maria Garcia Lopez", ""]
)
def test_another_name_has_another_key(other: str) -> None:
    assert same_person_key(other) != same_person_key("María García")


@given(NAMES)
def test_turning_a_name_does_not_change_whose_it_is(name: str) -> None:
    assert same_person_key(turned(name)) == same_person_key(name)


@pytest.mark.parametrize(
    "name", ["TBD", "t.b.d.", "N/A", "Vacant", "Name to follow: CSEA president", "To be announced"]
)
def test_a_held_place_is_nobody(name: str) -> None:
    assert is_nobody(name)


@pytest.mark.parametrize("name", ["Nona Vacant", "Tobe Lee", "Jo Lee", ""])
def test_a_name_is_somebody(name: str) -> None:
    assert not is_nobody(name)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jo@gmial.com", "jo@gmail.com"),
        ("jo@gmail.con", "jo@gmail.com"),
        ("jo@gmail.co", "jo@gmail.com"),
        ("jo@Gmaill.com", "jo@gmail.com"),
        ("jo@hotmial.com", "jo@hotmail.com"),
        ("jo@yaho.com", "jo@yahoo.com"),
        ("jo@milpitas.exmaple.org", "jo@milpitas.example.org"),
        ("jo@mlipitas.example.org", "jo@milpitas.example.org"),
    ],
)
def test_a_slip_in_a_domain_is_told(typed: str, meant: str) -> None:
    assert likely_domain(typed, ["Milpitas.example.org"]) == meant


@pytest.mark.parametrize(
    "address",
    [
        "jo@gmail.com",
        "jo@GMAIL.com",
        "jo@ymail.com",
        "jo@milpitas.example.org",
        "jo@oakland.example.org",
        "jo@filpitas.example.org",  # a neighbour's, which differs in the first letter
        "gmial.com",
        "@gmial.com",
        "",
    ],
)
def test_a_domain_that_may_be_right_is_left_alone(address: str) -> None:
    assert likely_domain(address, ["milpitas.example.org"]) is None


def test_a_known_domain_is_right_though_it_resembles_a_providers() -> None:
    assert likely_domain("jo@gmial.com", ["gmial.com"]) is None
