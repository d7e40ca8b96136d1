"""Mail addresses: how they are compared and kept, and whether a text can be one."""

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from cdef.kernel.problems import Refused, refusal

LONGEST = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets


def fold_email(text: str) -> str:
    """An address as it is compared and kept: lower case, no space around it.

    ``Refused`` where it cannot be a mail address (RFC 5321 and 5322, as email-validator reads them).
    """
    bare = text.strip()
    found = normalized(bare) if len(bare) <= 2 * LONGEST else ""
    if not found:
        raise refusal("This does not look like an e-mail address.", "email")
    return found


@lru_cache(8192)
def normalized(text: str) -> str:
    """The address in its one form, or nothing; a list asks for each of its addresses often."""
    try:
        valid = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return ""
    return valid.normalized.lower()


def is_email(text: str) -> bool:
    try:
        fold_email(text)
    except Refused:
        return False
    return True


def ascii_email(email: str) -> str:
    """An address as mail servers write it, its domain in ASCII (RFC 5890)."""
    if email.isascii():
        return email
    return validate_email(email, check_deliverability=False).ascii_email or email
