"""Reading of an update file: is it one of ours, whole in its list, and signed. Nothing of it is unpacked yet.

A file that a clerk was sent may be anything: the zip is guarded as every foreign one, and the signature is proved before a word of
the manifest is believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from perfdesk.errors import UserError, reason
from perfdesk.exchange.guard import Archive
from perfdesk.updates import signing
from perfdesk.updates.manifest import (
    FILES,
    MANIFEST,
    MAX_MANIFEST,
    SIGNATURE,
    SUFFIX,
    Manifest,
    Unreadable,
    read_manifest,
)
from perfdesk.updates.signing import PublicKey, signer_of
from perfdesk.updates.types import Update


class Opened(NamedTuple):
    """An update file that is open: what it is, its list, the zip, and the two members that were proved, as they are."""

    update: Update
    manifest: Manifest
    archive: Archive
    signed: bytes
    signature: bytes


def read_update(path: Path) -> Update:
    """Read what an update file is. Raises :class:`UserError` for one that is not ours, damaged, unsigned or a stranger's."""
    with opened(path) as one:
        return one.update


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Give an update file that was read, open for unpacking. Raises as :func:`read_update`."""
    name, keys = path.name, signing.shipped_keys()
    if not keys:
        raise UserError("这个程序没有带发布者的公钥，分不出更新是谁发的，所以装不了更新文件。请换用带公钥的安装包。")
    try:
        file = path.open("rb")
    except OSError as error:
        raise UserError(f"“{name}”打不开（{reason(error)}），没有更新。请检查 U 盘是否插好、文件是否还在。") from error
    with file:
        try:
            archive = Archive(file, name)
        except UserError as error:
            raise damaged(name) from error
        yield _open(path, archive, keys)


def damaged(name: str) -> UserError:
    """Make the sentence for a file that is cut off, changed, or no update at all."""
    return UserError(
        f"“{name}”已经损坏，没有拷贝完整，或者不是更新文件，没有更新。请向发来的人重新要一份，拷贝后等 U 盘写完再拔。"
    )


def _open(path: Path, archive: Archive, keys: tuple[PublicKey, ...]) -> Opened:
    name = path.name
    if MANIFEST not in archive or archive.size(MANIFEST) > MAX_MANIFEST:
        raise UserError(f"“{name}”不是更新文件，没有更新。请选名称以“{SUFFIX}”结尾的文件。")
    if SIGNATURE not in archive:
        raise UserError(f"“{name}”没有签名，不知道是谁发的，没有更新。请向发布程序的人要一份签过名的。")
    if archive.size(SIGNATURE) != signing.LENGTH:
        raise damaged(name)
    try:
        signed, signature = archive.read(MANIFEST), archive.read(SIGNATURE)
    except UserError as error:
        raise damaged(name) from error
    signer = signer_of(signed, signature, keys)
    if signer is None:
        raise UserError(
            f"“{name}”的签名对不上：不是本程序的发布者（{'、'.join(one.name for one in keys)}）签的，或者签名后改过，没有更新。"
            "请向发布程序的人重新要一份。"
        )
    manifest = _manifest(signed, name)
    if {*archive.names} != {MANIFEST, SIGNATURE, *(FILES + one.name for one in manifest.files if not one.link)}:
        raise damaged(name)
    return Opened(_update(path, manifest, signer, signed), manifest, archive, signed, signature)


def _manifest(signed: bytes, name: str) -> Manifest:
    try:
        return read_manifest(signed)
    except Unreadable as error:
        if error.newer:
            raise UserError(
                f"“{name}”的格式比本程序新，读不懂，没有更新。请先装一个中间的版本，或用新的安装包。"
            ) from error
        raise damaged(name) from error


def _update(path: Path, manifest: Manifest, signer: PublicKey, signed: bytes) -> Update:
    return Update(
        path=path,
        kind=manifest.kind,
        version=manifest.version,
        needs=manifest.needs,
        machine=manifest.machine,
        made=manifest.made,
        changes=manifest.changes,
        signer=signer.name,
        size=manifest.size,
        seal=hashlib.sha256(signed).hexdigest(),
    )
