"""The parts of a letter as bytes (RFC 2045-2047, 2231): text beside HTML, and what is attached."""

import secrets
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from email.utils import encode_rfc2231, quote


def text_part(subtype: str, text: str) -> bytes:
    """A text whose lines are at most 76 characters long, as every mail server takes them."""
    lines = text.encode().splitlines()
    body = b2a_qp(b"\r\n".join([*lines, b""]), istext=True)
    return part({"Content-Type": f'text/{subtype}; charset="utf-8"'}, "quoted-printable", body)


def file_part(name: str, kind: str, content: bytes) -> bytes:
    """A file to keep or to open; ``kind`` is its media type with its parameters."""
    body = encodebytes(content).replace(b"\n", b"\r\n")
    disposition = {"Content-Type": kind, "Content-Disposition": f"attachment; {file_name(name)}"}
    return part(disposition, "base64", body)


def file_name(name: str) -> str:
    if name.isascii() and name.isprintable():
        return f'filename="{quote(name)}"'
    return f"filename*={encode_rfc2231(name, 'utf-8')}"


def multipart(subtype: str, parts: Sequence[bytes]) -> bytes:
    """Several parts as one; neither encoding of theirs can hold the line between them."""
    boundary = f"=_{secrets.token_hex(12)}"
    between = f"--{boundary}\r\n".encode()
    body = b"".join(between + each + b"\r\n" for each in parts) + f"--{boundary}--\r\n".encode()
    return f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode() + body


def part(headers: dict[str, str], encoding: str, body: bytes) -> bytes:
    lines = headers | {"Content-Transfer-Encoding": encoding}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return head.encode("ascii") + b"\r\n" + body
