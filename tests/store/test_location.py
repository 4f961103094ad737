"""Places where a data file is at risk."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.store import location
from perfdesk.store.location import Kind, Risk, mounted, risk_of

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
//server/share /mnt/局\\040共享 cifs rw,vers=3.0 0 0
server:/export /srv/nfs nfs4 rw 0 0
/dev/sdb1 /srv/nfs/local ext4 rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
half a line
""".splitlines()


@pytest.mark.parametrize(
    ("path", "risk"),
    [
        ("/home/clerk/perfdesk.db", None),
        ("/mnt/局 共享/绩效/perfdesk.db", Risk(Kind.NETWORK, "cifs", Path("/mnt/局 共享"))),
        ("/mnt/局 共享之外/perfdesk.db", None),
        ("/srv/nfs/perfdesk.db", Risk(Kind.NETWORK, "nfs4", Path("/srv/nfs"))),
        ("/srv/nfs/local/perfdesk.db", None),
        (
            "/run/user/1000/gvfs/smb-share:server/perfdesk.db",
            Risk(Kind.NETWORK, "fuse.gvfsd-fuse", Path("/run/user/1000/gvfs")),
        ),
    ],
)
def test_a_network_share_is_known_by_its_mount(path: str, risk: Risk | None) -> None:
    assert mounted(Path(path), MOUNTS) == risk


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - 某县司法局", "OneDrive"),
        ("我的坚果云", "坚果云"),
        ("Nutstore Files", "坚果云"),
        ("BaiduSyncdisk", "百度网盘"),
        ("百度网盘同步空间", "百度网盘"),
        ("WPS云盘", "WPS 云"),
        ("WPSDrive", "WPS 云"),
        ("微云同步助手(12345)", "腾讯微云"),
        ("阿里云盘", "阿里云盘"),
        ("天翼云盘同步盘", "天翼云盘"),
        ("Dropbox (某局)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_a_folder_that_is_synchronised_is_known_by_its_name(tmp_path: Path, folder: str, name: str) -> None:
    place = tmp_path / folder
    assert risk_of(place / "绩效" / "perfdesk.db") == Risk(Kind.SYNCED, name, place)


@pytest.mark.parametrize("folder", ["云南司法局", "坚果", "onedrives", "WPS", "同步练习", "微云山"])
def test_a_folder_that_only_sounds_like_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setattr(location, "_MOUNTS", tmp_path / "no mounts")
    assert risk_of(tmp_path / folder / "perfdesk.db") is None


@pytest.mark.parametrize(
    ("marker", "name"), [(".dropbox", "Dropbox"), (".stfolder", "Syncthing"), (".sync_1a2b.db", "Nextcloud")]
)
def test_a_folder_that_is_synchronised_is_known_by_what_lies_in_it(tmp_path: Path, marker: str, name: str) -> None:
    (tmp_path / marker).write_bytes(b"")
    (tmp_path / "data").mkdir()
    assert risk_of(tmp_path / "data" / "perfdesk.db") == Risk(Kind.SYNCED, name, tmp_path)


def test_windows_says_where_onedrive_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "单位"))
    assert risk_of(tmp_path / "单位" / "perfdesk.db") == Risk(Kind.SYNCED, "OneDrive", tmp_path / "单位")


def test_this_machine_says_what_is_mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path} nfs rw 0 0\n", "utf-8")
    monkeypatch.setattr(location, "_MOUNTS", mounts)
    assert risk_of(tmp_path / "perfdesk.db") == Risk(Kind.NETWORK, "nfs", tmp_path)
