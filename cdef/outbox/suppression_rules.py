"""What a letter that came back says: which addresses could not be reached for good."""

import re
from dataclasses import dataclass
from datetime import timedelta

from cdef.kernel.emails import is_email
from cdef.kernel.words import one_line

FIELD = re.compile(r"^(Final-Recipient|Original-Recipient|Action|Status|Diagnostic-Code):(.*)$")
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
NOTE_LIMIT = 300
STOP = "stop"  # What the link in a reminder proves, whose reader wants no more of them.
STOP_LASTS = timedelta(days=730)


@dataclass(frozen=True)
class Returned:
    """An address to which a letter could not be delivered, and the mail server's own words."""

    email: str
    note: str


def returned(text: str) -> list[Returned]:
    """The addresses that failed for good, as a delivery report names them (RFC 3464, 2.3).

    A delay ("delayed", 4.x.x) is no failure. ``[]`` where the text holds no such report.
    """
    found: dict[str, Returned] = {}
    for group in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        fields = fields_of(group)
        final = fields.get("Original-Recipient") or fields.get("Final-Recipient", "")
        email = final.rpartition(";")[2].strip(" <>").lower()
        is_final = fields.get("Status", "5").startswith("5")
        if is_email(email) and is_final and fields.get("Action", "failed").lower() == "failed":
            said = fields.get("Diagnostic-Code") or fields.get("Status", "")
            found[email] = Returned(email, one_line(said, NOTE_LIMIT))
    return list(found.values())


def fields_of(group: str) -> dict[str, str]:
    unfolded = re.sub(r"\n[ \t]+", " ", group)
    matches = (FIELD.match(line.strip()) for line in unfolded.splitlines())
    return {match[1]: match[2].strip() for match in matches if match}


def addresses(text: str) -> list[str]:
    """Every address that stands in a text, once, in its order."""
    return list(dict.fromkeys(each.lower().strip(".'") for each in ADDRESS.findall(text)))
