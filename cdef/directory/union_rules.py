"""What a union (local) of a district is said to be."""

AFFILIATIONS = ("CTA", "CFT", "CSEA", "SEIU", "other")
UNITS = {
    "certificated": "Certificated (teachers and others with a credential)",
    "classified": "Classified (all other staff)",
}
