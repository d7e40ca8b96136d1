"""A keyboard and nothing else: going from control to control, and knowing where one is."""

from playwright.sync_api import Page, expect

# How a screen reader would name the focused element, roughly: its label, its text, its name.
WHERE = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return "BODY";
  const named = here.getAttribute("aria-labelledby");
  const text = here.ariaLabel
    || (named && document.getElementById(named)?.textContent)
    || here.labels?.[0]?.textContent
    || here.textContent;
  return text.replace(/\\s+/g, " ").trim();
}"""
FARTHEST = 80  # presses of the Tab key


class Keyboard:
    """Presses keys on a page; never a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def here(self) -> str:
        name: str = self.page.evaluate(WHERE)
        return name

    def expect(self, name: str) -> None:
        """The focus is there, or comes there: after a swap it is put in its place a moment later."""
        expect(self.page.locator(":focus")).to_have_accessible_name(name)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def to(self, name: str, *, key: str = "Tab") -> None:
        """Go on to the next control whose name begins so."""
        seen = []
        for _ in range(FARTHEST):
            self.press(key)
            seen.append(self.here())
            if seen[-1].startswith(name):
                return
        raise AssertionError(f"{key} never came to {name!r}, but to {seen}")

    def fill(self, name: str, text: str) -> None:
        self.to(name)
        self.type(text)

    def choose(self, name: str, text: str) -> None:
        """In a list, type the beginning of the wanted line."""
        self.to(name)
        self.type(text)
