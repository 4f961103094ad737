"""The documents say what is true today: keys, commands, forms, paths, floors and arithmetic, held against the program."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from shutil import copy

import pytest

from perfdesk.amounts import plain
from perfdesk.arriving import NOTES_KEY
from perfdesk.cli import checking, forms
from perfdesk.cli.arguments import HelpAsked, overview, read_arguments
from perfdesk.derive import derive
from perfdesk.errors import UserError
from perfdesk.exchange import exchange
from perfdesk.exchange.exchange import keys
from perfdesk.model import FormKind
from perfdesk.policy import OverRule, ReverseFormula, load_policies
from perfdesk.policy.parameters import KNOWN
from perfdesk.scoring.formulas import reverse_score
from perfdesk.template import FUND_KEYS, read_template
from tests.asked_keys import keys_read

ROOT = Path(__file__).parents[1]
EXCHANGE_FORMAT = (ROOT / "docs" / "exchange-format.md").read_text("utf-8")
POLICY_FORMAT = (ROOT / "docs" / "policy-format.md").read_text("utf-8")
DECISIONS = (ROOT / "docs" / "decisions.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
MANUAL = (ROOT / "resources" / "manual" / "manual.md").read_text("utf-8")
PAGES = (*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "resources" / "manual" / "manual.md")
SHIPPED = {path.stem for path in (ROOT / "resources" / "templates").glob("*.toml")}
POLICIES = {path.stem for path in (ROOT / "resources" / "policies").glob("*.toml")}
TOML_EXAMPLE = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def test_every_kind_of_form_stands_on_the_page_of_the_exchange() -> None:
    for word in ({*FormKind} - {FormKind.CHECK_SHEET, FormKind.CONTENTS}) | {exchange.FORMAT}:  # these are never kept
        assert f"`{word}`" in EXCHANGE_FORMAT or f'`"{word}"`' in EXCHANGE_FORMAT


def test_the_page_of_the_exchange_names_every_key_and_no_other() -> None:
    asked = keys_read(*(ROOT / "perfdesk" / "exchange" / "exchange").glob("*.py"))
    asked |= {*keys.INDICATOR_NAMES.values(), *FUND_KEYS, *keys.TOP_VALUES, *keys.GOALS, *keys.TOTALS, *keys.UNPRINTED}
    asked |= {keys.FUND_EXTRAS, keys.INDICATOR_EXTRAS, keys.BREAKDOWN_EXTRAS, keys.SECTION_EXTRAS, keys.ANSWER_EXTRAS}
    asked |= {*keys.ANSWER_KEYS, keys.EMPTY_ROWS, keys.CODE}
    asked |= {"grade_bands", "grade", keys.SUBTOTAL, "range", "min", "max"}  # the last four are kept as they came
    asked |= {NOTES_KEY, "place"}  # kept as it came, too
    page = EXCHANGE_FORMAT.partition("| 键 |")[2].partition("**读不了的时候**")[0]
    named = set(re.findall(r"`([a-z][a-z0-9_]*)`", page)) - {*FormKind, "true", "null"}
    assert asked == named


def test_the_example_of_the_exchange_comes_in_without_a_word(tmp_path: Path) -> None:
    (text,) = re.findall(r"```json\n(.*?)```", EXCHANGE_FORMAT, re.DOTALL)
    path = tmp_path / "example.json"
    path.write_text(text, encoding="utf-8")
    policies = load_policies(ROOT / "resources" / "policies")
    template = read_template(ROOT / "resources" / "templates" / "national-2020-project-self.toml", policies)
    found = exchange.read_records(path, {template.id: template})
    assert (len(found.records), found.notes) == (1, ())
    assert derive(template, found.records[0]).assessment.grade == "优"


def test_the_keys_of_check_json_are_all_explained() -> None:
    sample = ROOT / "tests" / "samples" / "changji-2020-legal-aid.json"
    policies = load_policies(ROOT / "resources" / "policies")
    template = read_template(ROOT / "resources" / "templates" / "national-2020-project-self.toml", policies)
    (record,) = exchange.read_records(sample, {template.id: template}).records
    found = checking.as_json(forms.Form(sample, record), derive(template, record))
    explained = set(re.findall(r"`(\w+)`", EXCHANGE_FORMAT))

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return {*value, *(key for one in value.values() for key in keys(one))}
        return {key for one in value for key in keys(one)} if isinstance(value, list) else set()

    assert keys(found) <= explained
    assert json.loads(json.dumps(found)) == found


# ------------------------------------------------------------------------------------------------ the page of policies


def test_the_example_policy_can_be_read_and_its_page_names_every_key(tmp_path: Path) -> None:
    (text,) = TOML_EXAMPLE.findall(POLICY_FORMAT)
    for path in (ROOT / "resources" / "policies").glob("*.toml"):
        copy(path, tmp_path)
    path = tmp_path / "某县-2024.toml"
    path.write_text(text, encoding="utf-8")
    policy = load_policies(tmp_path)[path.stem]
    assert (policy.budget_weight, policy.over_limit, policy.total_weight) == (Decimal(20), Decimal(20), Decimal(100))
    table = POLICY_FORMAT.partition("| 项 |")[2].partition("\n超额时的得分")[0]
    first = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    named = re.findall(r"`([a-z_.]+)`", " ".join(first))
    section = ""
    found = set()
    for name in named:
        section = section if name.startswith(".") else name.partition(".")[0]
        found.add(f"{section}{name}" if name.startswith(".") else name)
    assert found == {"title", "source", "extends", *(one.key for one in KNOWN)}
    (quoted,) = re.findall(r"`(某县-2024\.toml：.*?)`", POLICY_FORMAT)
    path.write_text(text.replace('value = "B"', 'value = "C"'), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_policies(tmp_path)
    assert str(caught.value) == quoted


def test_the_page_of_policies_lists_those_of_the_program() -> None:
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", POLICY_FORMAT.partition("自带的计分办法：")[2], re.MULTILINE)
    assert sorted(listed) == sorted(POLICIES)
    assert set(re.findall(r"`(keep|deduct|manual|void)`", POLICY_FORMAT)) == {*OverRule}


def test_the_arithmetic_on_the_page_of_policies_is_right() -> None:
    ten, twelve, five = Decimal(10), Decimal(12), Decimal(5)
    for formula in ReverseFormula:
        points = reverse_score(ten, twelve, five, formula)
        assert re.search(rf"`{formula}` ＝[^；。]*＝ {plain(points)} 分", POLICY_FORMAT.replace("\n", "")), points


# ------------------------------------------------------------------------------------------------- forms and commands


def test_readme_and_manual_list_every_shipped_form_once_and_no_other() -> None:
    for page in (README, MANUAL):
        listed = re.findall(r"^\|.*\| `([a-z0-9-]+)` \|$", page, re.MULTILINE)
        assert sorted(listed) == sorted(SHIPPED)


def test_every_id_of_a_form_or_policy_in_the_documents_exists() -> None:
    shape = re.compile(r"`((?:national|qiannan|lingling|zhijiang|chenxi|hubei|summary)-[a-z0-9-]+)`")
    for path in PAGES:
        assert set(shape.findall(path.read_text("utf-8"))) <= SHIPPED | POLICIES, path.name


def commands_in(page: str) -> set[str]:
    """Return the command lines of a page: those in code, in a line or in a block of their own."""
    lines = (
        *re.findall(r"`(perfdesk .+?)`", page),
        *re.findall(r"^ {4,}(perfdesk .+?)(?: {2,}#.*)?$", page, re.MULTILINE),
    )
    return {line.partition(" #")[0].strip() for line in lines}


def test_every_command_in_the_documents_exists_with_its_options() -> None:
    known = set(re.findall(r"^  ([a-z ]+?)  ", overview(), re.MULTILINE))
    found = [line.split()[1:] for path in PAGES for line in commands_in(path.read_text("utf-8"))]
    assert len(found) > 10
    for words in found:
        if words[0] in {"COMMAND", "--help"} or "|" in words[0]:
            continue
        name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
        assert name in known, words
        with pytest.raises(HelpAsked) as asked:
            read_arguments([*name.split(), "--help"])
        options = {word for word in words if word.startswith("--")}
        assert options <= set(re.findall(r"--[a-z]+", str(asked.value))), words


def targets_in(page: str) -> set[str]:
    """Return the targets of make a page names: after ``make``, and where it lists them."""
    listed = re.findall(r"`make` alone lists ([^.]*)", page)
    return {*re.findall(r"(?:`|^ {4})make ([a-z-]+)", page, re.MULTILINE), *re.findall(r"`([a-z-]+)`", "".join(listed))}


def test_every_target_of_make_in_the_documents_exists() -> None:
    known = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"run", "test", "bench", "accuracy"} <= targets_in(README)
    for path in PAGES:
        assert targets_in(path.read_text("utf-8")) <= known, path.name


def test_the_manual_names_every_command() -> None:
    for name in re.findall(r"^  ([a-z ]+?)  ", overview(), re.MULTILINE):
        assert f"perfdesk {name}" in MANUAL


# ------------------------------------------------------------------------------------------- decisions and architecture


def test_decisions_are_numbered_in_order_and_say_why() -> None:
    parts = re.split(r"^## ", DECISIONS, flags=re.MULTILINE)[1:]
    assert [int(part.split()[0]) for part in parts] == list(range(1, len(parts) + 1))
    titles = [part.splitlines()[0].partition(" ")[2] for part in parts]
    assert len(set(titles)) == len(titles)
    for part in parts:
        assert part.splitlines()[0].endswith("?"), part
        said = re.findall(r"^(Decision|Reason|Alternatives): \S", part, re.MULTILINE)
        assert said == ["Decision", "Reason", "Alternatives"], part


@pytest.mark.parametrize("package", ["perfdesk", "ui"])
def test_every_room_stands_in_the_architecture(package: str) -> None:
    rooms = {path.stem for path in (ROOT / package).iterdir() if path.is_dir() or path.suffix == ".py"}
    for room in rooms - {"__init__", "__main__", "__pycache__"}:
        assert re.search(rf"`(?:{package}/)?{room}(?:/|\.py)`", ARCHITECTURE), room


def test_every_path_and_link_in_the_documents_exists() -> None:
    for path in PAGES:
        text = path.read_text("utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
        for target in re.findall(r"`((?:perfdesk|ui|docs|resources|packaging|tests|bench)/[\w./-]*)`", text):
            assert (ROOT / target).exists(), f"{path.name}: {target}"


def test_the_floors_of_the_architecture_are_those_the_gate_holds() -> None:
    drawn = re.search(r"from the top:\n\n((?: {4}.*\n)+)", ARCHITECTURE)
    assert drawn is not None
    said = [set(floor.split(", ")) for floor in " ".join(drawn[1].split()).split(" · ")]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    core = next(one for one in contracts if one["name"].startswith("The core: imports"))
    assert said == [set(re.findall(r"\w+", floor)) for floor in core["layers"] if "__main__" not in floor]


def test_a_question_stands_once_in_the_architecture() -> None:
    asked = [line.split("|")[1].strip() for line in ARCHITECTURE.splitlines() if line.startswith("| ")]
    assert [one for one, times in Counter(asked).items() if times > 1] == []
