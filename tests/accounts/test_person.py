"""One person for one address."""

from flask import Flask
from sqlalchemy import select

from cdef.accounts.actions import person_for
from cdef.accounts.models import Person
from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from tests.conftest import both_databases
from tests.races import at_once

EMAIL = "dashiell.nakagawa@example.org"


def make(email: str, name: str = "") -> int:
    with transaction():
        person = person_for(email, name=name, now=clock.now())
        db.session.flush()
        return person.id


def test_an_address_is_one_person_however_it_is_written(app: Flask) -> None:
    assert make(EMAIL) == make(f" {EMAIL.upper()} ")


def test_the_first_name_stays(app: Flask) -> None:
    make(EMAIL)
    make(EMAIL, "Dashiell Nakagawa")
    make(EMAIL, "Somebody Else")
    assert db.session.scalars(select(Person.name)).all() == ["Dashiell Nakagawa"]


@both_databases
def test_many_who_meet_the_same_people_at_once_make_each_of_them_once(app: Flask) -> None:
    people = [f"somebody.{number}@example.org" for number in range(12)]
    met = at_once(app, [people] * 6, lambda emails: [make(email) for email in emails])
    assert all(ids == met[0] for ids in met)
    assert len(db.session.scalars(select(Person)).all()) == len(people)
