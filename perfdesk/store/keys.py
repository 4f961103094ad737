"""数据密钥 (data keys): what encrypts a data file, its edit journal and its backups, and which of them this process has.

A data key is 32 random bytes. SQLCipher encrypts the pages with it; lines of the edit journal are encrypted with a key that is
derived from it. The password only wraps it (``keyfile``). A key that was unlocked once is held until the process ends, as a lock
is: everything of the same office, backups and copies too, then opens by itself. Which of them fits a file is found by the file
(``pages``). Nothing is written here, and no key ever stands in a message.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from functools import cached_property
from typing import Final

from perfdesk.store.recoverykey import SIZE, spell

_MARK: Final = b"#"
"""Begins an encrypted line; no line of a plain journal begins with it."""

_NONCE: Final = 12  # bytes

_held: dict[str, Key] = {}


class Key:
    """One data key. ``id`` tells it from others and gives nothing of it away."""

    def __init__(self, data: bytes) -> None:
        if len(data) != SIZE:
            raise ValueError("a data key has 32 bytes")
        self._data = data
        self.id = self._derived("id", 8).hex()

    @classmethod
    def new(cls) -> Key:
        """Make a key that nobody has."""
        return cls(secrets.token_bytes(SIZE))

    def __repr__(self) -> str:
        return f"Key({self.id})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and hmac.compare_digest(self._data, other._data)

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def data(self) -> bytes:
        """The key itself, to be wrapped or to decrypt a page with."""
        return self._data

    @cached_property
    def salt(self) -> bytes:
        """What SQLCipher mixes in beside the key: derived, so that the recovery key alone opens a file. 16 bytes."""
        return self._derived("salt", 16)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The key as it is printed: 恢复密钥."""
        return spell(self._data)

    @property
    def for_sqlcipher(self) -> str:
        """Key and salt as SQLCipher takes them, without its own derivation from a password."""
        return f"x'{self._data.hex()}{self.salt.hex()}'"

    def seal(self, line: bytes) -> bytes:
        """Encrypt a line of the edit journal (AES-256-GCM); the result holds no line break."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + AESGCM(self._line_key).encrypt(nonce, line, None)
        return self.line_mark + base64.b64encode(sealed)

    @cached_property
    def line_mark(self) -> bytes:
        """What each line begins with that this key encrypted."""
        return _MARK + self.id.encode() + b" "

    def unseal(self, sealed: bytes) -> bytes | None:
        """Return a line of this key's; ``None`` where it is not as it was written."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            whole = base64.b64decode(sealed.partition(b" ")[2], validate=True)
            return AESGCM(self._line_key).decrypt(whole[:_NONCE], whole[_NONCE:], None)
        except (InvalidTag, ValueError, binascii.Error):
            return None

    @cached_property
    def _line_key(self) -> bytes:
        return self._derived("journal", 32)

    def _derived(self, purpose: str, size: int) -> bytes:
        return hmac.digest(self._data, f"perfdesk {purpose}".encode(), hashlib.sha256)[:size]


def hold(key: Key) -> None:
    """Keep a key that was unlocked; from now on what it encrypted opens."""
    _held[key.id] = key


def held() -> tuple[Key, ...]:
    """Return the keys that were unlocked in this process, the last one first."""
    return tuple(reversed(_held.values()))


def held_by_id(key_id: str) -> Key | None:
    """Return a key that was unlocked by its id."""
    return _held.get(key_id)


def let_go() -> None:
    """Forget every key, as the end of the process does."""
    _held.clear()


def is_sealed_line(line: bytes) -> bool:
    """Tell whether a line of an edit journal is encrypted."""
    return line.startswith(_MARK)


def open_line(line: bytes) -> bytes | None:
    """Return a line of an edit journal as it was before it was encrypted; ``None`` where no key here opens it."""
    if not is_sealed_line(line):
        return line
    key = _held.get(line[1:].partition(b" ")[0].decode("ascii", "replace"))
    return None if key is None else key.unseal(line)
