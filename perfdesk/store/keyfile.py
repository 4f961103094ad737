"""密钥文件 (key file): the data key wrapped by the password, a small file beside the data file and beside each copy of it.

``perfdesk.db`` -> ``perfdesk.db.key``. It is JSON, begins with its version and holds what it takes to try a password: scrypt with
its salt and costs, and the data key encrypted with what comes of that (AES-256-GCM). Without it a password opens nothing; the
recovery key needs no such file. A changed password is another key file, the data stay as they are.
"""

from __future__ import annotations

import json
import os
import secrets
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from perfdesk import private
from perfdesk.errors import UserError
from perfdesk.store import faults, pages
from perfdesk.store.files import sync_folder
from perfdesk.store.keys import Key

LEAST: Final = 8
"""Characters that a new password has at least."""

COSTS = (1 << 15, 8, 1)
"""What scrypt costs for a new password (n, r, p): 32 MB and 0.1 s on a machine of 2020. A fault run lowers them."""

_VERSION: Final = 1
_MOST_MEMORY: Final = 1 << 28  # bytes; scrypt takes 128 × n × r
_SALT, _NONCE = 16, 12  # bytes


class KeyFile(NamedTuple):
    """A key file as it was read. ``id`` is that of the data key in it."""

    id: str
    n: int
    r: int
    p: int
    salt: bytes
    wrapped: bytes


def key_file_of(path: Path) -> Path:
    """Return where the key file of a data file, or of a copy of one, lies."""
    return path.with_name(f"{path.name}.key")


def wrap(key: Key, password: str) -> KeyFile:
    """Wrap a data key by a password."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    sealed = AESGCM(_stretched(password, salt, *COSTS)).encrypt(nonce, key.data, key.id.encode())
    return KeyFile(key.id, *COSTS, salt, nonce + sealed)


def unwrap(file: KeyFile, password: str) -> Key | None:
    """Return the data key in a key file; ``None`` where the password is another one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        stretched = AESGCM(_stretched(password, file.salt, file.n, file.r, file.p))
        return Key(stretched.decrypt(file.wrapped[:_NONCE], file.wrapped[_NONCE:], file.id.encode()))
    except InvalidTag:
        return None


def _stretched(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    """Make a password into a key, slowly. Full-width letters count as the usual ones: which an input method gives is chance."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # Python's own needs a second OpenSSL in the package

    text = unicodedata.normalize("NFKC", password).encode()
    return Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(text)


def check_new(password: str) -> None:
    """Raise :class:`UserError` where a password is too short to be set."""
    if len(password) < LEAST:
        raise UserError(f"密码至少要 {LEAST} 个字符，现在是 {len(password)} 个。请填长一些，几个词连着写就好记。")


def write_key_file(target: Path, file: KeyFile) -> None:
    """Write a key file, whole or not at all. Raises :class:`UserError`."""
    told = {"perfdesk-key": _VERSION, "id": file.id, "kdf": "scrypt", "n": file.n, "r": file.r, "p": file.p}
    told |= {"salt": file.salt.hex(), "wrapped": file.wrapped.hex()}
    _write(target, json.dumps(told).encode() + b"\n")


def copy_key_file(source: Path, target: Path) -> None:
    """Put the key file of ``source``, if it has one, beside ``target``, both data files. Raises :class:`UserError`."""
    with faults.in_plain_words(key_file_of(source)):
        data = key_file_of(source).read_bytes() if key_file_of(source).exists() else b""
    if data:
        _write(key_file_of(target), data)


def forget_key_file(path: Path) -> None:
    """Remove the key file of a data file that is plain: nothing needs it. What cannot be removed stays."""
    with suppress(OSError):
        if key_file_of(path).exists() and pages.looks_plain(path):
            key_file_of(path).unlink()


def _write(target: Path, data: bytes) -> None:
    part = target.with_name(f"{target.name.removesuffix('.key')}.part.key")
    with faults.of_a_copy(target):
        try:
            if target.exists() and target.read_bytes() == data:
                return
            part.unlink(missing_ok=True)
            with open(part, "xb", opener=private.opener) as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            part.replace(target)
            sync_folder(target.parent)
        finally:
            with suppress(OSError):  # on a disk that went away; the next one clears it
                part.unlink(missing_ok=True)


def read_key_file(file: Path) -> KeyFile | None:
    """Read a key file; ``None`` where there is none. Raises :class:`UserError` where it is not whole or of a newer program."""
    with faults.in_plain_words(file):
        try:
            text = file.read_text("utf-8", errors="replace")
        except FileNotFoundError:
            return None
    try:
        told = json.loads(text)
        version = int(told["perfdesk-key"])
        if version > _VERSION:
            raise UserError(f"密钥文件“{file}”由更新的版本写成，本程序读不了。请先升级程序，或者用恢复密钥打开。")
        return _key_file(told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            f"密钥文件“{file}”不完整，密码用不上了；数据没有动。请从备份旁边换一份密钥文件过来，或者用恢复密钥打开。"
        ) from error


def _key_file(told: dict[str, Any]) -> KeyFile:
    n, r, p = int(told["n"]), int(told["r"]), int(told["p"])
    power_of_two = n > 1 and n & (n - 1) == 0
    if told["kdf"] != "scrypt" or not power_of_two or not (r > 0 and 0 < p <= 16 and 128 * n * r <= _MOST_MEMORY):
        raise ValueError((n, r, p))
    salt, wrapped = bytes.fromhex(told["salt"]), bytes.fromhex(told["wrapped"])
    if len(salt) != _SALT or len(wrapped) != _NONCE + 32 + 16:
        raise ValueError(len(wrapped))
    return KeyFile(str(told["id"]), n, r, p, salt, wrapped)
