"""签名 (signature): Ed25519 over the bytes of a manifest, by a key whose public half the program brought along.

``resources/update-keys.toml`` has room for two keys, so that one can be renewed: updates signed by the old one are still taken
while programs that know the new one spread (docs/release.md). The private half is never on a machine that only runs the program.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk import places
from perfdesk.toml_file import Table, read_toml

MAX_KEYS: Final = 2
LENGTH: Final = 64
"""Bytes of a signature."""


class PublicKey(NamedTuple):
    """A public key as the program knows it: whose it is, in words for the screen, and its 32 bytes."""

    name: str
    data: bytes


def shipped_keys() -> tuple[PublicKey, ...]:
    """Return the keys whose signatures this program takes."""
    return read_keys(places.resources() / "update-keys.toml")


def read_keys(path: Path) -> tuple[PublicKey, ...]:
    """Read a file of public keys. Raises :class:`UserError` with the place of a mistake."""
    root = read_toml(path)
    tables = root.tables("key", required=False)
    root.finish()
    if len(tables) > MAX_KEYS:
        raise root.fail(f"最多 {MAX_KEYS} 把公钥，现在有 {len(tables)} 把。")
    return tuple(map(_key, tables))


def _key(table: Table) -> PublicKey:
    name, text = table.text("name").strip(), table.text("public")
    table.finish()
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise table.fail("不是 Base64。", at="public") from error
    if len(data) != 32 or not name:
        raise table.fail("公钥应为 32 个字节，并写明是谁的。")
    return PublicKey(name, data)


def signer_of(data: bytes, signature: bytes, keys: tuple[PublicKey, ...]) -> PublicKey | None:
    """Return whose signature it is; ``None`` for nobody's of these keys."""
    from cryptography.exceptions import InvalidSignature  # slow to import, and hardly ever needed
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for key in keys:
        try:
            Ed25519PublicKey.from_public_bytes(key.data).verify(signature, data)
        except InvalidSignature:
            continue
        return key
    return None


def sign(data: bytes, private: bytes) -> bytes:
    """Sign with a private key of 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).sign(data)


def make_key() -> tuple[bytes, bytes]:
    """Return a new private key and its public half, 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    made = Ed25519PrivateKey.generate().private_bytes_raw()
    return made, public_half(made)


def public_half(private: bytes) -> bytes:
    """Return the public half of a private key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
