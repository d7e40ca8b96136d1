"""How the app writes dates, hours, money, counts and names: one voice for pages, mails and PDFs."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("America/Los_Angeles")

# Not strftime: its names follow the locale of the process.
# fmt: off
MONTHS: Final = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]
SMALL: Final = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
WEEKDAYS: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# fmt: on

# Letters that Unicode does not decompose, and the marks that keyboards and word processors swap.
_LOOKALIKES: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys("‘’ʼʻ`´", "'")
    | dict.fromkeys("“”", '"')
    | dict.fromkeys("‐‑‒–—−", "-")
)

# Explicit bidirectional formatting (UAX #9, section 2), and the zero-width space and byte order
# mark that spreadsheets leave behind. The zero-width joiner stays: names and emoji need it.
_INVISIBLE: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")


def dates(days: Sequence[date]) -> str:
    """Say days as people write them: "November 29–30, 2016"; "TBD" when there are none.

    Neighbouring days become a range, others a list; a month or year is not said twice in a row.
    """
    phrases: list[list[tuple[date, date]]] = []
    for run in _runs(sorted(set(days))):
        if phrases and phrases[-1][-1][1].year == run[0].year:
            phrases[-1].append(run)
        else:
            phrases.append([run])
    return listing([_phrase(runs) for runs in phrases]) or "TBD"


def _runs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each unbroken run in ordered days."""
    start = 0
    for here, a_day in enumerate(days):
        is_last = here + 1 == len(days)
        if is_last or days[here + 1] - a_day > timedelta(days=1):
            yield days[start], a_day
            start = here + 1


def _phrase(runs: Sequence[tuple[date, date]]) -> str:
    """Say runs that share a year, the year once at their end."""
    said: list[str] = []
    month = 0
    for first, last in runs:
        said.append(_run(first, last, month))
        month = last.month
    return f"{listing(said)}, {runs[-1][1].year}"


def _run(first: date, last: date, month_said: int) -> str:
    """Say one run without its last year; its month only when it was not said just before."""
    start = str(first.day) if first.month == month_said else _month_day(first)
    if first == last:
        return start
    if first.year != last.year:
        return f"{start}, {first.year} – {_month_day(last)}"
    if first.month != last.month:
        return f"{start} – {_month_day(last)}"
    return f"{start}–{last.day}"


def _month_day(a_day: date) -> str:
    return f"{MONTHS[a_day.month - 1]} {a_day.day}"


def day(a_day: date) -> str:
    """Say one day with its weekday: "Tuesday, November 29, 2016"."""
    return f"{WEEKDAYS[a_day.weekday()]}, {_month_day(a_day)}, {a_day.year}"


def clock_time(at: time) -> str:
    """Say a time of day in the American way: "9:05 am"."""
    return f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def moment(at_local: datetime) -> str:
    """Say a local moment: "October 17, 2016, 9:05 am"; see `local` for stored ones."""
    return f"{_month_day(at_local)}, {at_local.year}, {clock_time(at_local.time())}"


def hours(start: time | None, end: time | None) -> str:
    """Say the hours of a day, local wall time; nothing while they are unknown."""
    if start and end:
        return f"{clock_time(start)} – {clock_time(end)}"
    if start is not None:
        return f"from {clock_time(start)}"
    return f"until {clock_time(end)}" if end is not None else ""


def local_day(at: datetime) -> date:
    """The day in California on which a stored moment falls."""
    return local(at).date()


def local(at: datetime) -> datetime:
    """Turn a stored moment into California wall time; a moment without a zone is UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZONE)


def ago(then: datetime, now: datetime) -> str:
    """Say how long ago something was; the day itself when it is a week or more.

    Anything under a minute, or ahead of `now` because a clock stepped back, is "just now".
    """
    then, now = local(then), local(now)
    seconds = int(now.timestamp() - then.timestamp())
    days = (now.date() - then.date()).days
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{plural(seconds // 60, 'minute')} ago"
    if days == 0 or seconds < 12 * 3600:
        return f"{plural(seconds // 3600, 'hour')} ago"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 7 else dates([then.date()])


def money(cents: int) -> str:
    """Say an amount of US cents: "$60", "$1,234.50", "−$5" for a credit."""
    dollars, rest = divmod(abs(cents), 100)
    return f"{'−' if cents < 0 else ''}${dollars:,}" + (f".{rest:02}" if rest else "")


def plural(count: int, one: str, many: str | None = None) -> str:
    """Say a count with its noun: "1 person", "8 people"; the plural adds an s unless given."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listing(items: Sequence[str]) -> str:
    """Join items as a sentence does: "a, b and c"."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def fold(text: str) -> str:
    """Reduce text to what a search compares: no case, accents, spare space or typographic marks."""
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return " ".join(bare.translate(_LOOKALIKES).split())


def one_line(text: str, limit: int | None = None) -> str:
    """Make foreign text safe for one line of a page, header or calendar, in normal form C.

    Control, surrogate and direction-changing characters go, all white space becomes one space,
    and what exceeds `limit` characters is cut, the cut shown by an ellipsis within the limit.
    """
    kept = "".join(sign for sign in text if _is_visible(sign))
    line = " ".join(unicodedata.normalize("NFC", kept).split())
    return line if limit is None or len(line) <= limit else _cut(line, limit)


def _is_visible(sign: str) -> bool:
    return sign.isspace() or (
        sign not in _INVISIBLE and unicodedata.category(sign) not in {"Cc", "Cs"}
    )


def _cut(line: str, limit: int) -> str:
    """Cut a line that is too long, never between a letter and its accent."""
    end = max(limit - 1, 0)
    while end and unicodedata.combining(line[end]):
        end -= 1
    return (line[:end].rstrip() + "…")[:limit]


def paragraphs(text: str) -> list[str]:
    """Split text at blank lines; line breaks inside a paragraph stay."""
    whole = "\n".join(text.splitlines())
    return [part.strip() for part in re.split(r"\n\s*\n", whole) if part.strip()]


def spelled(number: int) -> str:
    """Write a small number as a word, "three"; from ten on in figures."""
    return SMALL[number] if 0 <= number < len(SMALL) else str(number)


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "ago": ago,
    "clock_time": clock_time,
    "dates": dates,
    "day": day,
    "hours": hours,
    "listing": listing,
    "local": local,
    "moment": moment,
    "money": money,
    "one_line": one_line,
    "paragraphs": paragraphs,
    "plural": plural,
    "spelled": spelled,
}
