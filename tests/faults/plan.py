"""What happens in one run, drawn from its seed before anything begins: who does what, and what breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

TEAMS = ("draft", "submitted", "approved", "submitted", "draft")  # How each of them begins.
LEADS = tuple(f"{side}{team}" for team in range(len(TEAMS)) for side in ("district", "union"))
STAFF = ("rosalind", "leocadia")
NEWCOMER = "newcomer"
# What each can be about, with how often it is chosen.
OF_LEADS = {"add": 4, "edit": 6, "remove": 2, "bring": 2, "upload": 1, "sign": 4, "withdraw": 1}
OF_STAFF = {"approve": 6, "return": 2, "publish": 2}
# What can break with either database, and what with one of them alone.
ALWAYS = (
    "kill server",
    "kill worker",
    "kill in hand",
    "no mail server",
    "refusal",
    "cut",
    "silence",
    "lock",
    "clock",
)
ALONE = {"sqlite": ("full disk", "power"), "postgresql": ("disconnect",)}
# What a database does not go through, and why.
NEVER = {
    "sqlite": {"disconnect": "nobody is connected to a file"},
    "postgresql": {
        "full disk": "the tests' server shares its disk with everything else on the machine",
        "power": "the tests' server runs with fsync off, and is not ours to prove",
    },
}
# Here somebody may be told that the database is busy.
BUSY = frozenset({"lock", "full disk", "power", "disconnect"})
# Two days each for a session: summer time begins, or ends, and a leap day, among others.
DAYS = (
    ("2016-12-05", "2016-12-06"),
    ("2017-03-12", "2017-03-13"),
    ("2016-11-06", "2016-11-07"),
    ("2020-02-28", "2020-02-29"),
    ("2016-12-31", "2017-01-01"),
)
TYPED = {"add", "edit", "approve", "return", "register"}
# What people type who mean harm, or come from far away.
ODD = (
    "",
    "",
    "",
    "{{7*7}}",
    '#read("/etc/passwd")',
    "=1+1",
    "a\r\nBcc: x@example.org",
    "\u202eright to left",
    "\x07bell\x00",
    "\U0001f9d1\u200d\U0001f3eb",
    "<b>x</b>",
    "x" * 10_000,
)


@dataclass(frozen=True)
class Errand:
    """One thing that somebody is about; ``word`` is said nowhere else, so it can be found again."""

    verb: str
    team: int
    word: str
    odd: str = ""  # What is typed after the word.
    place: int = 0  # Which row, which session, which day.
    is_twice: bool = False  # The button is pressed twice.
    is_patient: bool = True  # Sends the form again until somebody answers.

    @property
    def text(self) -> str:
        return f"{self.word} {self.odd}".strip()


@dataclass(frozen=True)
class Fault:
    """What breaks once so many forms were sent, a moment later, and for how long or how far."""

    kind: str
    after: int
    moment: float  # seconds
    size: float


@dataclass(frozen=True)
class Plan:
    seed: int
    errands: dict[str, list[Errand]]
    faults: list[Fault]
    database: str = "sqlite"

    @property
    def kinds(self) -> set[str]:
        return {fault.kind for fault in self.faults}

    def lines(self) -> Iterator[str]:
        yield f"seed {self.seed} on {self.database}"
        yield from (f"never: {kind}, as {why}" for kind, why in NEVER[self.database].items())
        for fault in self.faults:
            yield f"after {fault.after} forms and {fault.moment:.3f} s: {fault.kind} ({fault.size:g})"
        for who, errands in self.errands.items():
            for each in errands:
                odd = f", typing {each.odd[:40]!r}" if each.odd else ""
                twice = " twice" * each.is_twice + " without patience" * (not each.is_patient)
                yield f"{who}: {each.verb} {each.word} of team {each.team} at {each.place}{twice}{odd}"


def draw(seed: int, database: str = "sqlite") -> Plan:
    chance = Random(seed)
    errands = {who: of_lead(chance, who) for who in LEADS}
    errands |= {who: some(chance, who, OF_STAFF, range(len(TEAMS)), (2, 4)) for who in STAFF}
    rivals = chance.sample([n for n, state in enumerate(TEAMS) if state == "submitted"], len(STAFF))
    for who, team in zip(STAFF, rivals, strict=True):  # There are seats for one of them.
        errands[who].insert(0, Errand("approve", team, f"{who}xfirst"))
    errands[NEWCOMER] = some(chance, NEWCOMER, {"register": 1}, [0], (1, 2))
    return Plan(seed, errands, faults_of(chance, database), database)


def of_lead(chance: Random, who: str) -> list[Errand]:
    """Most is done while a roster is being built."""
    team = int(who[-1])
    return some(chance, who, OF_LEADS, [team], (3, 5) if TEAMS[team] == "draft" else (1, 2))


def some(
    chance: Random,
    who: str,
    verbs: dict[str, int],
    teams: Sequence[int],
    least_most: tuple[int, int],
) -> list[Errand]:
    chosen = chance.choices(list(verbs), list(verbs.values()), k=chance.randint(*least_most))
    return [
        Errand(
            verb,
            chance.choice(teams),
            f"{who}x{number}",
            chance.choice(ODD) if verb in TYPED else "",
            chance.randrange(len(DAYS)),
            is_twice=chance.random() < 0.25,
            is_patient=chance.random() < 0.8,
        )
        for number, verb in enumerate(chosen)
    ]


def faults_of(chance: Random, database: str) -> list[Fault]:
    """From one kind to three, most often two; each anywhere in the work, and now and then twice."""
    kinds = chance.sample(ALWAYS + ALONE[database], chance.choice([1, 2, 2, 3]))
    kinds += chance.choices(kinds, k=chance.choice([0, 0, 1]))
    found = [
        Fault(kind, chance.randint(1, 20), chance.random() * 0.05, size(kind, chance))
        for kind in kinds
    ]
    return sorted(found, key=lambda fault: fault.after)


def size(kind: str, chance: Random) -> float:
    """Seconds that it lasts; of a clock, the hours that it is set ahead; of mail, which letters or how many."""
    if kind == "clock":
        return chance.choice([-24, -1, -0.05, 0.3, 2, 26])
    if kind in ("refusal", "cut", "kill in hand"):
        return chance.randint(1, 4)
    return round(chance.uniform(0.1, 1.2), 2)
