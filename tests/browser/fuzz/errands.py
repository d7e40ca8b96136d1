"""What an editor is about: small errands, in steps between which everybody else takes a turn."""

from collections.abc import Iterator

from tests.browser.fuzz.editor import Editor
from tests.browser.fuzz.hands import look, roster_on

FIELDS = ("name", "email", "position", "site")
ROWS = "nodes => nodes.map(node => node.id.match(/\\d+$/)[0])"


def work(editor: Editor) -> Iterator[None]:
    """One errand after the other, until it is time to go; then nothing is left half done."""
    while not editor.is_tired:
        yield from next_errand(editor)
        yield
    for side in ("district", "union"):
        if any(field.startswith(f"add-{side}-") for field in editor.texts):
            yield from add(editor, side, is_last=True)
    yield from editor.until(lambda: not editor.sending, f"answers to {editor.sending}")
    yield from quiet(editor)
    while rows := open_rows(editor):
        yield from settle(editor, rows[0])
        yield from quiet(editor)


def next_errand(editor: Editor) -> Iterator[None]:
    chance = editor.chance
    if rows := open_rows(editor):
        yield from quiet(editor)  # Perhaps its answer is on its way.
        rows = [row for row in rows if row in open_rows(editor)]
        if rows:
            yield from settle(editor, chance.choice(rows))
        return
    errand = chance.choices([start_edit, start_add, remove, undo], [8, 3, 2, 2])[0]
    yield from errand(editor)


def start_add(editor: Editor) -> Iterator[None]:
    yield from add(editor, editor.chance.choice(["district", "union"]))


def start_edit(editor: Editor) -> Iterator[None]:
    if number := a_row(editor):
        yield from edit(editor, number)


def a_row(editor: Editor) -> str:
    """Mostly one of two rows, so that hands meet there."""
    numbers = sorted(numbers_of(editor, "a[id^=edit-]"), key=int)
    few = 2 if editor.chance.random() < 0.8 else len(numbers)
    return editor.chance.choice(numbers[:few] or [""])


def numbers_of(editor: Editor, selector: str) -> list[str]:
    found: list[str] = editor.page.eval_on_selector_all(selector, ROWS)
    return found


def open_rows(editor: Editor) -> list[str]:
    return numbers_of(editor, "li.row--editing, li.row--conflict")


def quiet(editor: Editor) -> Iterator[None]:
    """Wait until the page waits for nothing."""
    yield from editor.until(lambda: not look(editor.page, [])["isBusy"], "a quiet page")


# Adding.


def add(editor: Editor, side: str, *, is_last: bool = False) -> Iterator[None]:
    """Fill in the form of a side, or go on with what is in it; now and then it is left half done."""
    form, path = f"add-{side}-", f"{editor.team}/members"
    yield from editor.until(lambda: path not in editor.sending, "the answer to a new row")
    yield from quiet(editor)
    yield from write(editor, f"{form}name", f"{editor.word()} Ada")
    if not is_last and editor.chance.random() < 0.2:
        return
    yield from write(editor, f"{form}email", address(editor, form), at_home=True)
    editor.choose(f"{form}position", side)
    yield
    if f"{form}site" in editor.texts:
        yield from write(editor, f"{form}site", editor.word())
    else:
        editor.key("Tab")
        editor.be_in(f"{form}site", "", at_end=True)
        yield from editor.type(editor.chance.choice(["", f"Site {editor.word()}"]))
    editor.send(path, form)
    if editor.chance.random() < 0.7:
        editor.key("Enter")
    else:
        editor.press(f"#add-{side} button[type=submit]")
    yield
    if not is_last and editor.chance.random() < 0.3:
        return  # In a hurry: the answer comes while the hands are elsewhere.
    yield from editor.until(lambda: path not in editor.sending, "the answer to a new row")
    yield from quiet(editor)


def address(editor: Editor, form: str) -> str:
    """An address of one's own, or more letters before one that is there; seldom somebody else's."""
    start = editor.word().lower()
    if editor.chance.random() < 0.1 and f"{form}email" not in editor.texts:
        return editor.chance.choice(roster_on(editor.page)).email
    return start if f"{form}email" in editor.texts else f"{start}@example.org"


def write(editor: Editor, field: str, letters: str, *, at_home: bool = False) -> Iterator[None]:
    """Go to a field of a form and type more into it."""
    if editor.go_into(field, editor.value(field), at_home=at_home):
        yield
        yield from editor.type(letters)


# Editing.


def edit(editor: Editor, number: str) -> Iterator[None]:
    """Open a row, unless somebody removes it first, and change a field or two."""
    path = f"{editor.team}/members/{number}/edit"
    heard = len(editor.answers)
    if not editor.press(f"#edit-{number}"):
        return
    yield
    if editor.chance.random() < 0.2:  # In a hurry: the form comes while the hands are elsewhere.
        yield from start_add(editor)
        return

    def is_open() -> bool:
        answered = any(answer.path == path for answer in editor.answers[heard:])
        return editor.has(f"#edit-{number}-name") or (answered and not editor.is_busy())

    yield from editor.until(is_open, f"the form of row {number}")
    if editor.has(f"#edit-{number}-name"):
        yield from change(editor, number)
        yield from leave(editor, number)


def change(editor: Editor, number: str) -> Iterator[None]:
    form = f"edit-{number}-"
    for field in editor.chance.sample(FIELDS, editor.chance.choice([1, 1, 2])):
        if field == "position":
            if editor.go_into(f"{form}email", editor.value(f"{form}email")):
                editor.choose(f"{form}position", editor.side_of(number))
                yield
        elif field == "email":
            yield from write(editor, form + field, editor.word().lower(), at_home=True)
        else:
            yield from write(editor, form + field, editor.word())


def leave(editor: Editor, number: str) -> Iterator[None]:
    """Save or cancel, in any of the ways that there are."""
    way = editor.chance.choice([enter, save, tab_out, to_add, to_row, escape, cancel])
    yield from way(editor, number)


def enter(editor: Editor, number: str) -> Iterator[None]:
    if editor.here.endswith("position"):
        yield from save(editor, number)
        return
    editor.send(f"{editor.team}/members/{number}", f"edit-{number}-")
    editor.key("Enter")
    yield from answered(editor, number)


def save(editor: Editor, number: str) -> Iterator[None]:
    editor.send(f"{editor.team}/members/{number}", f"edit-{number}-")
    editor.press(f"#member-{number} button[type=submit]")
    yield from answered(editor, number)


def answered(editor: Editor, number: str) -> Iterator[None]:
    path = f"{editor.team}/members/{number}"
    yield from editor.until(lambda: path not in editor.sending, f"the answer to row {number}")
    yield from quiet(editor)


def tab_out(editor: Editor, number: str) -> Iterator[None]:
    """Go on by Tab, past the buttons: the row saves itself."""
    editor.here = ""
    for _ in range(8):
        if not editor.is_in(number):
            return
        if editor.is_at_end_of(number):
            editor.send_if_changed(number)
        editor.key("Tab")
        yield


def to_add(editor: Editor, number: str) -> Iterator[None]:
    """Go on with the form of a new row while this one is being saved."""
    editor.send_if_changed(number)
    yield from add(editor, editor.chance.choice(["district", "union"]))


def to_row(editor: Editor, number: str) -> Iterator[None]:
    """Go on with another row while this one is being saved."""
    editor.send_if_changed(number)
    yield from start_edit(editor)


def escape(editor: Editor, number: str) -> Iterator[None]:
    editor.forget(f"edit-{number}-")
    editor.key("Escape")
    yield
    yield from quiet(editor)


def cancel(editor: Editor, number: str) -> Iterator[None]:
    editor.forget(f"edit-{number}-")
    editor.press(f"#member-{number} [data-cancel]")
    yield
    yield from quiet(editor)


# What came back.


def settle(editor: Editor, number: str) -> Iterator[None]:
    """A row that is open: of a conflict take one of both, and a person who is gone put back or not."""
    form = f"edit-{number}-"
    if editor.chance.random() < 0.3:
        yield from write(editor, f"{form}site", editor.word())
    if editor.chance.random() < 0.6:
        yield from save(editor, number)
    else:
        yield from cancel(editor, number)


# Removing, and putting back.


def remove(editor: Editor) -> Iterator[None]:
    if len(numbers_of(editor, "a[id^=edit-]")) > 4:
        editor.press(f"#member-{a_row(editor)} .row__actions button")
        yield
        yield from quiet(editor)


def undo(editor: Editor) -> Iterator[None]:
    if numbers := numbers_of(editor, "button[id^=undo-]"):
        editor.press(f"#undo-{editor.chance.choice(numbers)}")
        yield
        yield from quiet(editor)
