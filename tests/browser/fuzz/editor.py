"""One of several people at a roster: does a little of what they are about, whenever it is their turn."""

from collections.abc import Callable, Iterator
from random import Random

from playwright.sync_api import Response
from playwright.sync_api import TimeoutError as TooLate

from cdef.series.rules import POSITIONS
from tests.browser.fuzz.hands import Answer, Text, answer_of, look
from tests.browser.fuzz.oracle import Edit
from tests.browser.post import PATIENCE
from tests.browser.visitor import Visitor

# A list is chosen from by typing; a curly quote has no key.
CHOICES = {
    side: [key for key in POSITIONS[side] if POSITIONS[side][key].isascii()] for side in POSITIONS
}
TURNS = PATIENCE * 200  # An answer must be there by then.
BASE = "nodes => nodes.map(node => [node.name.slice(5), node.value])"


class Editor:
    """A visitor with a half-done intention; ``texts`` holds what every field must say meanwhile."""

    def __init__(self, visitor: Visitor, team: str, who: str, token: str, chance: Random) -> None:
        self.visitor, self.page, self.who, self.token = visitor, visitor.page, who, token
        self.team, self.chance, self.is_tired = team, chance, False
        self.texts: dict[str, Text] = {}
        self.here = ""  # The field in which the caret must be.
        self.answers: list[Answer] = []
        self.sending: dict[str, dict[str, str]] = {}  # What each form held when it was sent.
        self.troubles: list[str] = []
        self.log: list[str] = []
        self.count = 0
        self.page.on("response", self.hear)

    # What the page says.

    def hear(self, response: Response) -> None:
        answer = answer_of(response)
        if "/members" not in answer.path:
            return
        self.answers.append(answer)
        self.note(f"{answer.method} {answer.path} {answer.status}")
        typed = self.sending.pop(answer.path, None) if answer.method == "POST" else None
        if not typed or "name" not in answer.sent:
            return
        wrong = {f: answer.sent[f] for f, text in typed.items() if answer.sent[f] != text}
        if wrong:
            self.troubles.append(f"{self.token} typed {typed}, and {wrong} was sent")
        if answer.status in (409, 422):  # The form comes back with it.
            form = form_of(answer)
            self.texts |= {form + field: Text(text) for field, text in typed.items()}

    @property
    def edits(self) -> list[Edit]:
        """What this page sent and saw acknowledged."""
        found = []
        for answer in self.answers:
            if answer.status == 200 and answer.method == "POST" and "name" in answer.sent:
                base = None if answer.path.endswith("/members") else answer.base
                found.append(Edit(self.who, answer.row, base))
        return found

    def check(self) -> None:
        """No key is lost, the caret stays, and the focus is never nowhere."""
        texts = dict(self.texts)
        seen = look(self.page, list(texts))
        wrong = [
            f"{field} says {seen['values'][field]!r}, and {text.value!r} was typed"
            for field, text in texts.items()
            if seen["values"][field] != text.value
        ]
        if seen["focus"] == "BODY" and self.is_lost():
            wrong.append("the focus is on the body")
        if self.here and seen["focus"] != self.here:
            wrong.append(f"the focus went from {self.here} to {seen['focus']}")
        elif self.here and seen["caret"] not in (None, self.texts[self.here].caret):
            wrong.append(f"the caret went to {seen['caret']}, from {self.texts[self.here]}")
        self.troubles += [f"{self.token}: {each}" for each in wrong]

    def is_lost(self) -> bool:
        """Whether the focus stays on the body: it is put in its place a moment after a swap."""
        for _ in range(5):
            self.page.wait_for_timeout(40)
            if look(self.page, [])["focus"] != "BODY":
                return False
        return True

    def note(self, what: str) -> None:
        self.log.append(f"{self.token} {what}")

    def has(self, selector: str) -> bool:
        return self.page.locator(selector).count() > 0

    def is_busy(self) -> bool:
        return bool(look(self.page, [])["isBusy"])

    def value(self, field: str) -> str:
        """What a field says."""
        return str(look(self.page, [field])["values"][field])

    def side_of(self, number: str) -> str:
        is_district = self.has(f".roster__side--district #member-{number}")
        return "district" if is_district else "union"

    def is_in(self, number: str) -> bool:
        return self.has(f"#member-{number} :focus")

    def is_at_end_of(self, number: str) -> bool:
        return self.has(f"#member-{number} [data-cancel]:focus")

    def until(self, is_so: Callable[[], bool], what: str) -> Iterator[None]:
        for _ in range(TURNS):
            if is_so():
                return
            yield
        self.troubles.append(f"{self.token} waited for {what} in vain")

    # What the hands do.

    def press(self, selector: str) -> bool:
        """Click, if it is still there: somebody else may have taken it away."""
        self.note(f"presses {selector}")
        self.here = ""
        try:
            if self.has(selector):
                self.page.locator(selector).click()
                return True
        except TooLate:
            if self.has(selector):
                raise
        return False

    def key(self, name: str) -> None:
        self.note(f"hits {name}")
        self.page.keyboard.press(name)

    def go_into(self, field: str, value: str, *, at_home: bool = False) -> bool:
        """Put the caret at one end of a field, which says ``value``."""
        if not self.press(f"#{field}"):
            return False
        end = "Home" if at_home else self.chance.choice(["Home", "End"])
        self.key(end)
        self.be_in(field, self.texts.get(field, Text(value)).value, at_end=end == "End")
        return True

    def be_in(self, field: str, value: str, *, at_end: bool) -> None:
        self.texts[field] = Text(value, len(value) if at_end else 0)
        self.here = field

    def type(self, letters: str) -> Iterator[None]:
        """A few keys at a turn; now and then one is wrong, and rubbed out again."""
        while letters:
            if self.chance.random() < 0.05:
                self.strike("x")
                yield
                self.page.keyboard.press("Backspace")
                self.texts[self.here].rub_out()
            count = self.chance.randint(1, 4)
            self.strike(letters[:count])
            letters = letters[count:]
            yield

    def strike(self, letters: str) -> None:
        self.page.keyboard.type(letters)
        self.texts[self.here].type(letters)

    def choose(self, field: str, side: str) -> None:
        """Go on by Tab into the list of positions, and type the beginning of one."""
        key = self.chance.choice(CHOICES[side])
        self.key("Tab")
        self.page.keyboard.type(POSITIONS[side][key])
        self.texts[field] = Text(key)
        self.here = field

    def word(self) -> str:
        """Something that nobody has typed before."""
        self.count += 1
        return f"{self.token}{self.count}"

    def send(self, path: str, prefix: str) -> None:
        """From now on the form may be replaced: remember what it held."""
        self.note(f"sends {prefix}")
        self.here = ""
        self.sending[path] = self.changed(prefix)
        self.forget(prefix)

    def send_if_changed(self, number: str) -> None:
        """A row that is left saves itself, or closes where nothing was changed."""
        form = f"edit-{number}-"
        if self.changed(form):
            self.send(f"{self.team}/members/{number}", form)
        else:
            self.forget(form)

    def changed(self, form: str) -> dict[str, str]:
        """What a form holds that its row did not say when it was opened."""
        was = dict(self.page.eval_on_selector_all(f"[id^={form}base_]", BASE))
        held = {
            field.removeprefix(form): text.value
            for field, text in self.texts.items()
            if field.startswith(form)
        }
        return {field: value for field, value in held.items() if was.get(field) != value}

    def forget(self, prefix: str) -> None:
        for field in [each for each in self.texts if each.startswith(prefix)]:
            del self.texts[field]
        self.here = ""


def form_of(answer: Answer) -> str:
    """How the ids of that form's fields begin."""
    number = answer.path.rpartition("/")[2]
    return f"edit-{number}-" if number.isdecimal() else f"add-{answer.sent['side']}-"
