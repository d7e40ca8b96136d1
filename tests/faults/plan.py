"""What happens in one run, drawn from its seed before anything begins: who does what, and what breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

TEAMS = ("draft", "submitted", "approved", "submitted", "draft")  # How each of them begins.
LEADS = tuple(f"{side}{team}" for team in range(len(TEAMS)) for side in ("district", "union"))
STAFF = ("rosalind", "leocadia")
NEWCOMER = "newcomer"
# What each can be about, with how often it is chosen.
OF_LEADS = {"add": 4, "edit": 6, "remove": 2, "bring": 2, "sign": 4, "withdraw": 1}
OF_STAFF = {"approve": 6, "return": 2, "publish": 2}
BREAKING = ("kill server", "kill worker", "refusal", "cut", "silence", "lock", "clock")


@dataclass(frozen=True)
class Errand:
    """One thing that somebody is about; ``word`` is said nowhere else, so it can be found again."""

    verb: str
    team: int
    word: str
    place: int = 0  # Which row, which session, which day.
    is_twice: bool = False  # The button is pressed twice.
    is_patient: bool = True  # Sends the form again until somebody answers.


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

    def lines(self) -> Iterator[str]:
        yield f"seed {self.seed}"
        for fault in self.faults:
            yield f"after {fault.after} forms and {fault.moment:.3f} s: {fault.kind} ({fault.size:g})"
        for who, errands in self.errands.items():
            for each in errands:
                twice = " twice" * each.is_twice + " without patience" * (not each.is_patient)
                yield f"{who}: {each.verb} {each.word} of team {each.team} at {each.place}{twice}"


def draw(seed: int) -> Plan:
    chance = Random(seed)
    errands = {who: of_lead(chance, who) for who in LEADS}
    errands |= {who: some(chance, who, OF_STAFF, range(len(TEAMS)), (3, 6)) for who in STAFF}
    rivals = chance.sample([n for n, state in enumerate(TEAMS) if state == "submitted"], len(STAFF))
    for who, team in zip(STAFF, rivals, strict=True):  # There are seats for one of them.
        errands[who].insert(0, Errand("approve", team, f"{who}xfirst"))
    errands[NEWCOMER] = some(chance, NEWCOMER, {"register": 1}, [0], (1, 2))
    return Plan(seed, errands, faults_of(chance))


def of_lead(chance: Random, who: str) -> list[Errand]:
    """Most is done while a roster is being built."""
    team = int(who[-1])
    return some(chance, who, OF_LEADS, [team], (4, 7) if TEAMS[team] == "draft" else (1, 2))


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
            chance.randrange(5),
            is_twice=chance.random() < 0.25,
            is_patient=chance.random() < 0.8,
        )
        for number, verb in enumerate(chosen)
    ]


def faults_of(chance: Random) -> list[Fault]:
    """From one kind to three, most often two; each anywhere in the work, and now and then twice."""
    kinds = chance.sample(BREAKING, chance.choice([1, 2, 2, 3]))
    kinds += chance.choices(kinds, k=chance.choice([0, 0, 1]))
    found = [
        Fault(kind, chance.randint(1, 20), chance.random() * 0.05, size(kind, chance))
        for kind in kinds
    ]
    return sorted(found, key=lambda fault: fault.after)


def size(kind: str, chance: Random) -> float:
    """Seconds that it lasts; of a clock, the hours that it is set ahead; of mail, how many letters."""
    if kind == "clock":
        return chance.choice([-24, -1, -0.05, 0.3, 2, 26])
    if kind in ("refusal", "cut"):
        return chance.randint(1, 4)
    return round(chance.uniform(0.1, 1.2), 2)
