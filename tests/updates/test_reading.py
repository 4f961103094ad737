"""What a file from a stick is: an update of ours, or what it is instead, in one sentence."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.errors import UserError
from perfdesk.updates import Kind, read_update, signing
from perfdesk.updates.manifest import Manifest, Unreadable, is_version, manifest_bytes, order, read_manifest
from perfdesk.updates.signing import make_key, read_keys, sign
from tests.update_files import PRIVATE, manifest, program_update, signed, tree


@pytest.fixture(autouse=True)
def _home(stick: Path) -> None:
    pass


def test_what_an_update_says(tmp_path: Path) -> None:
    found = read_update(program_update(tmp_path, "0.2.0"))
    assert (found.kind, found.version, found.needs, found.made) == (Kind.PROGRAM, "0.2.0", "0.1.0", date(2026, 11, 22))
    assert found.changes == ("程序 0.2.0：表样换成新一年的。", "打印更快。")
    assert found.signer == "绩效填报台（测试）"
    assert found.size > 6000
    assert [Kind.PROGRAM.words, Kind.PARAMETERS.words] == ["程序", "参数包"]


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def packed(found: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def without(name: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda found: {key: data for key, data in found.items() if key != name}


def another_word(found: dict[str, bytes]) -> dict[str, bytes]:
    return found | {"manifest.json": found["manifest.json"].replace("打印更快".encode(), "打印更慢".encode())}


def resigned(data: bytes) -> dict[str, bytes]:
    return {"manifest.json": data, "manifest.sig": sign(data, PRIVATE)}


def of_a_stranger(found: dict[str, bytes]) -> dict[str, bytes]:
    return found | {"manifest.sig": sign(found["manifest.json"], make_key()[0])}


def of_tomorrow(found: dict[str, bytes]) -> dict[str, bytes]:
    return found | resigned(found["manifest.json"].replace(b"perfdesk-update/1", b"perfdesk-update/2"))


REFUSED = {
    "no manifest": (without("manifest.json"), "不是更新文件，没有更新。请选名称以“.perfdesk-update”结尾的文件。"),
    "no signature": (without("manifest.sig"), "没有签名，不知道是谁发的，没有更新。请向发布程序的人要一份签过名的。"),
    "a word changed": (another_word, "不是本程序的发布者（绩效填报台（测试））签的，或者签名后改过，没有更新。"),
    "a stranger's": (of_a_stranger, "的签名对不上：不是本程序的发布者"),
    "half a signature": (lambda found: found | {"manifest.sig": b"x" * 32}, "已经损坏，没有拷贝完整，或者不是更新文件"),
    "a format to come": (of_tomorrow, "的格式比本程序新，读不懂，没有更新。请先装一个中间的版本，或用新的安装包。"),
    "no JSON": (lambda found: found | resigned(b"{"), "已经损坏"),
    "another JSON": (lambda found: found | resigned(b'{"format": "perfdesk-package/1"}'), "已经损坏"),
    "one file more": (lambda found: found | {"files/evil": b"x"}, "已经损坏"),
    "one file less": (without("files/perfdesk"), "已经损坏"),
}


@pytest.mark.parametrize(("change", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(change: Callable[[dict[str, bytes]], dict[str, bytes]], says: str, tmp_path: Path) -> None:
    path = tmp_path / "新 版.perfdesk-update"
    path.write_bytes(packed(change(members(program_update(tmp_path, "0.2.0")))))
    with pytest.raises(UserError) as caught:
        read_update(path)
    assert says in str(caught.value)
    assert str(caught.value).startswith("“新 版.perfdesk-update”")


def test_other_files(tmp_path: Path) -> None:
    path = tmp_path / "照片.perfdesk-update"
    for data in (b"", b"\xff\xd8\xff", b"PK\x03\x04", program_update(tmp_path, "0.2.0").read_bytes()[:-200]):
        path.write_bytes(data)
        with pytest.raises(UserError, match="已经损坏，没有拷贝完整，或者不是更新文件，没有更新"):
            read_update(path)
    with pytest.raises(UserError, match="打不开（文件不在那里），没有更新"):
        read_update(tmp_path / "没有.perfdesk-update")


def test_a_list_that_does_not_unpack(tmp_path: Path) -> None:
    path = program_update(tmp_path, "0.2.0")
    data = bytearray(path.read_bytes())
    data[30 + len("manifest.json") + 50] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(UserError, match="已经损坏"):
        read_update(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.perfdesk-update"
    path.write_bytes(packed({"manifest.json": b"0" * (70 << 20)}))
    with pytest.raises(UserError, match="已经损坏"):
        read_update(path)


def test_a_member_that_is_longer_than_it_says_is_not_believed(tmp_path: Path) -> None:
    found = members(program_update(tmp_path, "0.2.0"))
    path = tmp_path / "a.perfdesk-update"
    path.write_bytes(packed(found | {"manifest.json": found["manifest.json"] + b" " * (5 << 20)}))
    with pytest.raises(UserError, match="不是更新文件"):
        read_update(path)


def test_a_program_without_keys_takes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = program_update(tmp_path, "0.2.0")
    monkeypatch.setattr(signing, "shipped_keys", lambda: ())
    with pytest.raises(UserError, match="没有带发布者的公钥"):
        read_update(path)


# ---------------------------------------------------------------------------------------------------------------- keys
def keys_file(folder: Path, *names: str) -> Path:
    lines = (f'[[key]]\nname = "{name}"\npublic = "{"A" * 43}="\n' for name in names)
    path = folder / "keys.toml"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_two_keys_have_room(tmp_path: Path) -> None:
    assert read_keys(keys_file(tmp_path)) == ()
    assert [one.name for one in read_keys(keys_file(tmp_path, "旧", "新"))] == ["旧", "新"]
    with pytest.raises(UserError, match="最多 2 把公钥，现在有 3 把"):
        read_keys(keys_file(tmp_path, "甲", "乙", "丙"))


@pytest.mark.parametrize(("public", "says"), [("no base64", "不是 Base64"), ("QUJD", "公钥应为 32 个字节")])
def test_a_key_that_is_none(public: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(f'[[key]]\nname = "甲"\npublic = "{public}"\n', encoding="utf-8")
    with pytest.raises(UserError, match=says):
        read_keys(path)


def test_the_keys_that_are_shipped_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert len(signing.shipped_keys()) <= 2


def test_an_update_of_either_key_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private, public = make_key()
    made = tree(tmp_path / "t", "0.2.0")
    path = signed(made, tmp_path / "a.perfdesk-update", manifest(made, "0.2.0"), private)
    with pytest.raises(UserError, match="签名对不上"):
        read_update(path)
    old = signing.shipped_keys()
    monkeypatch.setattr(signing, "shipped_keys", lambda: (*old, signing.PublicKey("新钥匙", public)))
    assert read_update(path).signer == "新钥匙"


# ------------------------------------------------------------------------------------------------------------ manifest
def about(**changed: object) -> bytes:
    plain = {
        "format": "perfdesk-update/1",
        "kind": "parameters",
        "version": "2027.1",
        "needs": "0.1.0",
        "machine": "",
        "made": "2026-11-22",
        "changes": ["新年度"],
        "files": [{"name": "templates/甲.toml", "size": 3, "sha256": "0" * 64}],
    }
    return json.dumps(plain | changed).encode()


def one_file(**changed: object) -> list[object]:
    return [{"name": "a.toml", "size": 3, "sha256": "0" * 64} | changed]


def names(*given: str) -> list[object]:
    return [{"name": one, "size": 0, "sha256": "0" * 64} for one in given]


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "fonts"},
        {"version": "latest"},
        {"version": "../0.2"},
        {"version": 2},
        {"needs": "1"},
        {"machine": "linux-x86_64"},
        {"made": "yesterday"},
        {"changes": "all"},
        {"changes": ["x" * 301]},
        {"changes": ["x"] * 51},
        {"files": {}},
        {"files": one_file(size=-1)},
        {"files": one_file(size=True)},
        {"files": one_file(size=2 << 30)},
        {"files": one_file(sha256="F" * 64)},
        {"files": one_file(runs="yes")},
        {"files": one_file(runs=True)},
        {"files": one_file(name="a.exe")},
        {"files": [{"name": "a.toml", "link": "b.toml"}]},
        *({"files": names(one)} for one in ("", "/a.toml", "../a.toml", "a/../b.toml", "a//b.toml", "C:a.toml")),
        *({"files": names(one)} for one in ("a\\b.toml", "nul.toml", "a\n.toml", "a./b.toml", "manifest.json")),
        {"files": names("a.toml", "A.TOML")},
        {"files": names("a.toml", "a.toml/b.toml")},
    ],
)
def test_a_manifest_that_is_not_believed_although_it_is_signed(changed: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        read_manifest(about(**changed))


@pytest.mark.parametrize("data", [b"[]", b"1", b"\xff", b"[" * 5000, b'{"format": 1}'])
def test_what_is_no_manifest(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_manifest(data)


def test_a_link_leads_to_a_file_of_the_same_update() -> None:
    program = {"kind": "program", "machine": "linux-x86_64"}
    real = names("_internal/Qt/lib/libqt.so")
    good = [{"name": "_internal/libqt.so", "link": "Qt/lib/libqt.so"}]
    found = read_manifest(about(**program, files=[*real, *good]))
    assert found.files[1].goal == "_internal/Qt/lib/libqt.so"
    for bad in ("../../etc/passwd", "/etc/passwd", "Qt/lib", "libqt.so"):
        with pytest.raises(Unreadable):
            read_manifest(about(**program, files=[*real, {"name": "_internal/libqt.so", "link": bad}]))


def test_a_program_is_for_a_machine() -> None:
    with pytest.raises(Unreadable):
        read_manifest(about(kind="program"))


NAME = st.text("ab甲 (1).-_", min_size=1, max_size=8).filter(lambda one: one[-1] not in " ." and one.strip("."))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(NAME, unique_by=str.lower, max_size=4),
    st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=3),
)
def test_what_is_written_is_read(given_names: list[str], changes: list[str]) -> None:
    plain = read_manifest(about(files=names(*(f"{one}.toml" for one in given_names)), changes=changes))
    assert isinstance(plain, Manifest)
    assert read_manifest(manifest_bytes(plain)) == plain
    assert plain.changes == tuple(changes)


def test_versions_are_compared_by_their_numbers() -> None:
    rising = ["0.1", "0.1.1", "0.2.0", "0.10.0", "1.0", "2026.1", "2026.10", "2027.1"]
    assert sorted(set(rising), key=order) == rising
    assert order("0.2") == order("0.2.0.0")
    assert [one for one in ("1", "1.", "a.b", "1.2.3.4.5", "0.1-rc1", "１.２", "1.2\n", "0.1") if is_version(one)] == [
        "0.1"
    ]


def test_a_link_out_of_the_folder_is_not_packed(tmp_path: Path) -> None:
    made = tree(tmp_path / "t", "0.2.0")
    (made / "out").symlink_to("/etc/hostname")
    with pytest.raises(ValueError, match="out: a link"):
        manifest(made, "0.2.0")
    (made / "out").unlink()
    (made / "out").symlink_to("_internal")
    with pytest.raises(ValueError, match="out: a link"):
        manifest(made, "0.2.0")
    (made / "out").unlink()
    (made / "out").symlink_to("nothing")
    assert "out" not in {one.name for one in manifest(made, "0.2.0").files}


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    made = tree(tmp_path / "t", "0.2.0")
    first, second = (signed(made, tmp_path / name, manifest(made, "0.2.0")) for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()
