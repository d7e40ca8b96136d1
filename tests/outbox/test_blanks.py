"""What is each reader's own in a letter that many get."""

from cdef.outbox.blanks import blank, fill_in
from cdef.outbox.envelope import Envelope


def form(name: str, link: str) -> Envelope:
    html = f'<p>Dear {name},</p><a href="{link}">Mine</a>'
    return Envelope("news", "team:1", "", name, "News", f"Dear {name},\n{link}\n", html)


def test_each_reader_has_their_own_name_and_link() -> None:
    name, link = blank(), blank()
    letter = fill_in(form(name, link), ("Imogen", "i@example.org"), {link: "https://a.b/?c&d"})
    assert (letter.to_name, letter.to_email) == ("Imogen", "i@example.org")
    assert letter.text == "Dear Imogen,\nhttps://a.b/?c&d\n"
    assert letter.html == '<p>Dear Imogen,</p><a href="https://a.b/?c&amp;d">Mine</a>'


def test_a_value_is_text_whatever_it_looks_like() -> None:
    name, link = blank(), blank()
    hostile = rf"<b>{link}</b> \1 {{{{7*7}}}}"
    letter = fill_in(form(name, link), (hostile, "i@example.org"), {link: "https://a.b/"})
    assert letter.text == f"Dear {hostile},\nhttps://a.b/\n"
    assert f"Dear &lt;b&gt;{link}&lt;/b&gt; \\1 {{{{7*7}}}}," in letter.html


def test_no_two_blanks_are_alike() -> None:
    assert blank() != blank()
