"""Mail addresses: how they are compared and kept, and whether a text can be one."""

from email_validator import EmailNotValidError, validate_email

from cdef.kernel.problems import Refused, refusal

LONGEST = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets


def fold_email(text: str) -> str:
    """An address as it is compared and kept: lower case, no space around it.

    ``Refused`` where it cannot be a mail address (RFC 5321 and 5322, as email-validator reads them).
    """
    try:
        valid = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise refusal("This does not look like an e-mail address.", "email") from None
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
