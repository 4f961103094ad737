"""A policy of the office with slips of the hand: used whole, or refused in one sentence; the program has its own in any case."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.policy import load_policies, with_own_policies
from tests.conftest import ROOT
from tests.exchange.test_damaged_files import CHINESE, slipped

FOLDER = ROOT / "resources" / "policies"
SHIPPED = load_policies(FOLDER)
SLIPS = st.lists(
    st.tuples(
        st.integers(0, 99999),
        st.sampled_from(("drop line", "double line", "swap lines", "drop letter", "add letter", "swap words")),
        st.sampled_from('"=<>^@?|{}[]().,分甲a0-9'),
    ),
    min_size=1,
    max_size=2,
)


@pytest.mark.parametrize("name", sorted(SHIPPED))
@settings(
    max_examples=int(os.environ.get("PERFDESK_EDITS", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(slips=SLIPS)
def test_a_policy_with_slips_is_refused_in_a_sentence_or_used(
    tmp_path_factory: pytest.TempPathFactory, name: str, slips: list[tuple[int, str, str]]
) -> None:
    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    for slip in slips:
        text = slipped(text, *slip)
    folder = tmp_path_factory.mktemp("own")
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    policies, refused = with_own_policies(SHIPPED, folder)
    assert policies.keys() == SHIPPED.keys()
    assert all(policies[other] is SHIPPED[other] for other in SHIPPED if other != name)
    for one in refused:
        assert policies[name] is SHIPPED[name]
        assert CHINESE.search(one.why)
        assert one.why.endswith(("。", "？"))
        assert "\n" not in one.why


FLOOR = "[execution]\nexplain_below = {{ value = {}, source = '通知', date = '2024' }}\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("[execution]\nexplain_below = 85\n", "execution.explain_below：每一项都要写明出处"),
        ("[execution]\nexplian_below = 85\n", 'execution：未知的项 "explian_below"，是否为 "explain_below"？'),
        (FLOOR.format("-5"), "execution.explain_below"),
        (FLOOR.format("1e400"), "execution.explain_below"),
        (FLOOR.format("nan"), "execution.explain_below"),
        (FLOOR.format("'九成'"), "execution.explain_below"),
        (FLOOR.format("[85]"), "execution.explain_below"),
        ("[execution]\n[execution]\n", "第 2 行"),
        ("title = [", "末尾不是完整的 TOML"),
        ("extends = 'hubei-2020'\n", "extends：这里不用写"),
        ("长" * 100_000, "第 1 行第 1 个字符"),
        ("# 某县".encode("gb18030"), "不是 UTF-8 编码"),
        (b"PK\x03\x04" * 10, "第 1 行第 3 个字符"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, data: str | bytes, says: str) -> None:
    (tmp_path / "national-2020.toml").write_bytes(data.encode() if isinstance(data, str) else data)
    policies, (refused,) = with_own_policies(SHIPPED, tmp_path)
    assert policies == SHIPPED
    assert refused.why.startswith(f"national-2020.toml：{says}")


def test_an_empty_file_and_a_folder_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "national-2020.toml").write_bytes(b"\xef\xbb\xbf")
    (tmp_path / "guangxi.toml").mkdir()
    policies, (refused,) = with_own_policies(SHIPPED, tmp_path)
    assert policies["guangxi"] is SHIPPED["guangxi"]
    assert refused.why.startswith("guangxi.toml：打不开（那是一个文件夹）")
