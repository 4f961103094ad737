"""数据包 (data package, ``.perfdesk.zip``): forms with versions and states, and the office's own 表样 and 计分办法, as one file.

The format is ``perfdesk-package/1``, written down in docs/exchange-format.md. The same package gives the same bytes. Reading
believes nothing: the zip is guarded, every file in it is held against its SHA-256, every text of a form against its type.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from perfdesk import __version__
from perfdesk.errors import UserError
from perfdesk.exchange.guard import Archive, read_bytes
from perfdesk.merging.types import Kept, Package, Parcel
from perfdesk.model import Answer, FundRow, Indicator, Record, VersionKind
from perfdesk.snapshots import content_of, record_of

FORMAT: Final = "perfdesk-package/1"
SUFFIX: Final = ".perfdesk.zip"
MANIFEST: Final = "manifest.json"
_FORMAT: Final = re.compile(r"perfdesk-package/(\d{1,4})")
_NAME: Final = re.compile(r"forms/\d{4,6}\.json|(?:templates|policies)/[\w][\w.-]{0,99}\.toml")
_ID: Final = re.compile(r"\w[\w.-]{0,99}")
_YEARS: Final = range(1949, 3000)
_MOST: Final = {"forms": 20_000, "versions": 5_000, "rows": 20_000, "text": 2_000_000, "states": 20_000}
_LEVEL: Final = 9  # of compression, said so that the bytes are the same everywhere


def write_package(package: Package) -> bytes:
    """Return the bytes of a package."""
    files = {f"forms/{number:04}.json": _form_text(one) for number, one in enumerate(package.forms, start=1)}
    files |= {f"templates/{name}.toml": text.encode() for name, text in sorted(package.templates.items())}
    files |= {f"policies/{name}.toml": text.encode() for name, text in sorted(package.policies.items())}
    about = {
        "format": FORMAT,
        "program": __version__,
        "office": package.office,
        "made": package.made.isoformat(),
        "years": sorted(package.years),
        "choices": dict(sorted(package.choices.items())),
        "files": [{"name": name, "sha256": _digest(data), "size": len(data)} for name, data in files.items()],
    }
    moment = package.made.timetuple()[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, data in {MANIFEST: _json(about), **files}.items():
            member = zipfile.ZipInfo(name, (max(moment[0], 1980), *moment[1:]))
            member.create_system, member.external_attr = 3, 0o600 << 16  # the same bytes on every system
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data, compresslevel=_LEVEL)
    return buffer.getvalue()


def _form_text(parcel: Parcel) -> bytes:
    return _json(
        {
            "record": content_of(parcel.record),
            "states": list(parcel.states),
            "versions": [
                {
                    "kind": one.kind.value,
                    "name": one.name,
                    "note": one.note,
                    "kept": one.kept.isoformat(),
                    "record": content_of(one.record),
                }
                for one in parcel.versions
            ],
        }
    )


def _json(content: Mapping[str, Any]) -> bytes:
    """Write JSON without escapes: two halves of a character that were typed apart would be read back as one."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ----------------------------------------------------------------------------------------------------------------- reading
def read_package(path: Path) -> Package:
    """Read a package. Raises :class:`UserError` in one sentence for one that cannot be read, is damaged, changed, or newer."""
    name = path.name
    archive = Archive(read_bytes(path), name)
    about = _parsed(archive.read(MANIFEST) if MANIFEST in archive else b"{}", name)
    _check_format(about, name)
    try:
        listed = {_known(one["name"]): one for one in _list(about["files"], "forms")}
        if {*listed, MANIFEST} != {*archive.names} or len(listed) != len(about["files"]):
            raise UserError(f"“{name}”里的文件和它的清单对不上，可能没有拷全，或被改过。没有收进，请重新要一份。")
        files = {key: _member(archive, key, one, name) for key, one in listed.items()}
        return _package(about, files, name)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise UserError(f"“{name}”里有看不懂的内容，不像本程序写的数据包。没有收进，请重新要一份。") from error


def _check_format(about: object, name: str) -> None:
    told = about.get("format") if isinstance(about, dict) else None
    if told == FORMAT:
        return
    if isinstance(told, str) and _FORMAT.fullmatch(told):
        raise UserError(f"“{name}”由更新的版本写出，本程序（{__version__}）读不全。没有收进，请先升级程序。")
    raise UserError(f"“{name}”不是本程序写的数据包。没有收进，请选名称以“{SUFFIX}”结尾的文件。")


def _parsed(data: bytes, name: str) -> Any:  # noqa: ANN401 - JSON from outside
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise UserError(f"“{name}”里有一处读不出，可能没有拷全。没有收进，请重新要一份。") from error


def _member(archive: Archive, key: str, listed: Mapping[str, Any], name: str) -> bytes:
    data = archive.read(key)
    if _digest(data) != listed["sha256"]:
        raise UserError(f"“{name}”里的 {key} 和写出时不同，可能拷坏了，或被改过。没有收进，请重新要一份。")
    return data


def _known(name: object) -> str:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValueError(name)
    return name


def _package(about: Mapping[str, Any], files: Mapping[str, bytes], name: str) -> Package:
    forms = tuple(_parcel(_parsed(files[one], name)) for one in sorted(files) if one.startswith("forms/"))
    if len({one.record.id for one in forms}) != len(forms):
        raise ValueError("one id twice")
    return Package(
        office=_text(about["office"]),
        made=datetime.fromisoformat(about["made"]),
        years=tuple(map(_year, _list(about["years"], "forms"))),
        forms=forms,
        templates=_texts_of(files, "templates/"),
        policies=_texts_of(files, "policies/"),
        choices={_id(key): _id(value) for key, value in _map(about["choices"]).items()},
    )


def _texts_of(files: Mapping[str, bytes], folder: str) -> dict[str, str]:
    found = ((name.removeprefix(folder), data) for name, data in files.items() if name.startswith(folder))
    return {name.removesuffix(".toml"): data.decode("utf-8") for name, data in found}


def _parcel(content: Any) -> Parcel:  # noqa: ANN401 - JSON from outside
    record = _record(content["record"])
    versions = tuple(_kept(one, record.id) for one in _list(content["versions"], "versions"))
    return Parcel(record, tuple(map(_text, _list(content["states"], "states"))), versions)


def _kept(content: Any, owner: str) -> Kept:  # noqa: ANN401 - JSON from outside
    record, kept = _record(content["record"]), datetime.fromisoformat(content["kept"])
    if record.id != owner or kept.tzinfo is None:
        raise ValueError(content["kept"])
    return Kept(VersionKind(content["kind"]), _text(content["name"]), _text(content["note"]), kept, record)


def _record(content: Any) -> Record:  # noqa: ANN401 - JSON from outside
    """Return the form of its plain data, after every text was held against its type."""
    for key in ("id", "template_id", "unit", "bureau", "extra"):
        _text(content[key])
    if not content["id"]:
        raise ValueError("no id")
    _year(content["year"])
    _texts(content["values"])
    _texts(content["stated"])
    _rows(content["funds"], _names(FundRow))
    _rows(content["indicators"], _names(Indicator))
    _rows(content["rows"], None)
    _rows(content["answers"], _names(Answer))
    _each(content["sections"], _section)
    return record_of(content)


def _names(kind: type[FundRow | Indicator | Answer]) -> frozenset[str]:
    return frozenset(one.name for one in fields(kind))


def _rows(found: object, names: frozenset[str] | None) -> None:
    def row(one: object) -> None:
        texts = _texts(one)
        if names is not None and not names >= texts.keys():
            raise ValueError(texts.keys() - names)

    _each(found, row)


def _each(found: object, held: Callable[[Any], object]) -> None:
    for one in _list(found, "rows"):
        held(one)


def _section(content: Any) -> None:  # noqa: ANN401 - JSON from outside
    if content["level"] not in {1, 2, 3} or isinstance(content["level"], bool):
        raise ValueError(content["level"])
    _text(content["heading"])
    _each(content["paragraphs"], _text)


def _texts(found: object) -> Mapping[str, str]:
    texts = _map(found)
    for key, text in texts.items():
        _text(key), _text(text)
    return texts


def _map(found: object) -> dict[str, Any]:
    if not isinstance(found, dict) or len(found) > _MOST["rows"]:
        raise TypeError(type(found).__name__)
    return found


def _list(found: object, what: str) -> Iterable[Any]:
    if not isinstance(found, list) or len(found) > _MOST[what]:
        raise TypeError(type(found).__name__)
    return found


def _text(found: object) -> str:
    if not isinstance(found, str) or len(found) > _MOST["text"]:
        raise TypeError(type(found).__name__)
    return found


def _id(found: object) -> str:
    if not _ID.fullmatch(_text(found)):
        raise ValueError(found)
    return str(found)


def _year(found: object) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or found not in _YEARS:
        raise ValueError(found)
    return found
