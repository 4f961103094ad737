"""The pages of an encrypted data file, as SQLCipher 4 writes them: told from plain ones, held against a key, read one by one.

The first 32 bytes of a file are left plain: it can be told by them that it is encrypted (80 bytes of every page are reserved), how
long it is and how often it was changed. Every other byte is encrypted with AES-256 (CBC), each page with a vector of its own, and
signed together with its number (HMAC-SHA512). A page that is not as it was written can therefore be told from a wrong key by
looking at others. Used where SQLite gives up; nothing is written.
"""

from __future__ import annotations

import hmac
import struct
from functools import lru_cache
from pathlib import Path
from typing import Final

from perfdesk.store.keys import Key

PAGE: Final = 4096
"""Bytes of a page."""

PLAIN: Final = 32
"""So many bytes of the first page are not encrypted."""

_MAGIC: Final = b"SQLite format 3\0"
_RESERVED_AT, _RESERVED = 20, 80  # where the header says how many bytes of a page are not SQLite's own, and how many
_VECTOR: Final = 16
_BODY: Final = PAGE - _RESERVED
_SIGNED: Final = _BODY + _VECTOR
_MASK: Final = 0x3A  # what SQLCipher turns the salt into that of the signatures with
_ROUNDS: Final = 2
_TRIED: Final = 32
"""So many pages are held against a key, spread over the file, before it is called the wrong one."""


def is_sealed(header: bytes) -> bool:
    """Tell by the first bytes of a data file whether it is encrypted."""
    return header.startswith(_MAGIC) and header[_RESERVED_AT : _RESERVED_AT + 1] == bytes([_RESERVED])


def is_sealed_file(path: Path) -> bool:
    """Tell whether a data file is encrypted. Raises :class:`OSError`."""
    with path.open("rb") as file:
        return is_sealed(file.read(PLAIN))


def looks_plain(path: Path) -> bool:
    """Tell whether a file begins as a plain data file does. Raises :class:`OSError`."""
    with path.open("rb") as file:
        header = file.read(PLAIN)
    return header.startswith(_MAGIC) and not is_sealed(header)


def is_in_pieces(path: Path) -> bool:
    """Tell whether so little is left of a file that no key can be held against it. Raises :class:`OSError`."""
    return path.stat().st_size < PAGE or not is_sealed_file(path)


def fits(path: Path, key: Key) -> bool:
    """Tell whether a file was encrypted with a key: whether any page looked at is signed with it. Raises :class:`OSError`."""
    with path.open("rb") as file:
        count = path.stat().st_size // PAGE
        for at in range(0, count, max(count // _TRIED, 1)):
            file.seek(at * PAGE)
            if _is_signed(file.read(PAGE), at + 1, key):
                return True
    return False


def plain_copy(sealed: bytes, key: Key) -> tuple[bytes, int]:
    """Return the pages of an encrypted file as they were before, and how many are not as they were written.

    These are decrypted too: a byte that is wrong spoils 32 of them. One that holds nothing but zeros stays so.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    pages: list[bytes] = []
    wrong = 0
    for number, at in enumerate(range(0, len(sealed) - PAGE + 1, PAGE), 1):
        page = sealed[at : at + PAGE]
        wrong += not _is_signed(page, number, key)
        if not any(page):
            pages.append(page)
            continue
        begin = PLAIN if number == 1 else 0
        decryptor = Cipher(algorithms.AES256(key.data), modes.CBC(page[_BODY:_SIGNED])).decryptor()
        pages.append(page[:begin] + decryptor.update(page[begin:_BODY]) + bytes(_RESERVED))
    return b"".join(pages), wrong


def _is_signed(page: bytes, number: int, key: Key) -> bool:
    begin = PLAIN if number == 1 else 0
    signature = hmac.digest(_signing_key(key), page[begin:_SIGNED] + struct.pack("<I", number), "sha512")
    return hmac.compare_digest(signature, page[_SIGNED:])


@lru_cache(maxsize=8)
def _signing_key(key: Key) -> bytes:
    salt = bytes(one ^ _MASK for one in key.salt)
    from cryptography.hazmat.primitives.hashes import SHA512
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    # Python's own needs a second OpenSSL in the package
    return PBKDF2HMAC(SHA512(), len(key.data), salt, _ROUNDS).derive(key.data)
