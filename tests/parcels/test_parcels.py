"""A data package between two computers: out of one data file, into another, and back again with what both have changed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.amounts import MoneyUnit
from perfdesk.derive import derive
from perfdesk.editing import new_record
from perfdesk.errors import UserError
from perfdesk.exchange.package import MANIFEST, read_package, write_package
from perfdesk.merging.fields import Side, differences, merged
from perfdesk.merging.types import Package, Standing
from perfdesk.model import Answer, FundRow, Indicator, Record, VersionKind
from perfdesk.parcels import Choice, Look, file_name, look, pack, receive, take_back
from perfdesk.store import Store
from perfdesk.template import Filled, Template

COUNTY, CITY = "青山县司法局", "红河市司法局"
SELF = "national-2020-project-self"
Templates = Mapping[str, Template]
Open = Callable[[str], Store]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the machine at work: each test is one machine unless it says otherwise."""
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "甲")
    return tmp_path


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2025, 2, 5, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@pytest.fixture
def open_(tmp_path: Path) -> Iterator[Open]:
    clock, opened = Clock(), []

    def make(name: str) -> Store:
        store = Store.open(tmp_path / name / "填报.db", now=clock)
        opened.append(store)
        return store

    yield make
    for one in opened:
        assert one.history.prove().broken is None, one.path
        one.close()


@pytest.fixture
def form(templates: Templates) -> Record:
    blank = new_record(templates[SELF], record_id="援助", year=2024, bureau=COUNTY)
    total = FundRow(blank.funds[0].label, "318.4", "318.4", "442.92")
    rows = tuple(
        Indicator("产出指标", "", level2, "", name, "≥100件", "253件", weight)
        for level2, name, weight in (
            ("数量指标", "援助案件数", "50"),
            ("质量指标", "案卷合格率", "30"),
            ("时效指标", "及时受理率", "10"),
        )
    )
    values = {"project_name": "法律援助经费", "department": COUNTY, "agency": COUNTY}
    return replace(blank, values=values, funds=(total, *blank.funds[1:]), indicators=rows)


def send(store: Store, *years: int, office: str = COUNTY) -> Package:
    """Out of a data file and through the bytes of a file."""
    package = pack(store, years or (2024,), office=office, made=datetime(2025, 2, 6, tzinfo=UTC))
    path = store.path.with_name("包.perfdesk.zip")
    path.write_bytes(write_package(package))
    assert read_package(path) == package
    return package


def take(store: Store, package: Package, templates: Templates, choice: Choice = Choice.TAKE) -> Look:
    found = look(store, package)
    choices = {one.parcel.record.id: choice for one in found.offers if one.takes}
    receive(store, found, choices, templates)
    return found


def standings(found: Look) -> list[Standing]:
    return [one.standing for one in found.offers]


def value(record: Record, **texts: str) -> Record:
    return replace(record, values={**record.values, **texts})


def row(record: Record, at: int, **texts: str) -> Record:
    rows = record.indicators
    return replace(record, indicators=(*rows[:at], replace(rows[at], **texts), *rows[at + 1 :]))


# ----------------------------------------------------------------------------------------------------- there and back again
def test_forms_and_versions_arrive_and_arrive_once(open_: Open, form: Record, templates: Templates) -> None:
    here, there = open_("甲"), open_("乙")
    here.versions.keep(form, VersionKind.KEPT, name="送审稿", note="给局长看")
    here.versions.keep(value(form, department="财政局"), VersionKind.SUBMITTED)
    package = send(here)
    assert standings(take(there, package, templates)) == [Standing.NEW]
    assert there.load("援助") == here.load("援助")
    assert [(one.kind, one.name, one.note, one.kept, one.code) for one in there.versions.of("援助")] == [
        (one.kind, one.name, one.note, one.kept, one.code) for one in here.versions.of("援助")
    ]
    assert "援助" in there.versions.submitted()
    assert standings(look(there, package)) == [Standing.SAME]
    assert standings(look(here, send(there))) == [Standing.SAME]


def test_who_went_on_is_the_newer_one(open_: Open, form: Record, templates: Templates) -> None:
    here, there = open_("甲"), open_("乙")
    here.save(form)
    first = send(here)
    take(there, first, templates)
    there.save(value(form, department="财政局"))
    assert standings(look(there, first)) == [Standing.OLDER]
    assert standings(take(here, send(there), templates)) == [Standing.NEWER]
    assert here.load("援助").value("department") == "财政局"
    assert standings(look(there, send(here))) == [Standing.SAME]
    assert [one.name for one in here.versions.of("援助")] == ["收进数据包以前"]


def test_going_back_to_an_earlier_state_is_going_on(open_: Open, form: Record, templates: Templates) -> None:
    here, there = open_("甲"), open_("乙")
    here.save(form)
    take(there, send(here), templates)
    there.save(value(form, department="财政局"))
    second = send(there)
    take(here, second, templates)
    here.save(form)
    assert standings(look(there, send(here))) == [Standing.NEWER]
    assert standings(look(here, second)) == [Standing.OLDER]


def test_what_each_side_changed_is_merged_and_what_both_changed_is_asked(
    open_: Open, form: Record, templates: Templates
) -> None:
    here, there = open_("甲"), open_("乙")
    here.save(form)
    take(there, send(here), templates)
    here.save(row(value(form, department="本机改"), 0, actual="260件"))
    there.save(row(value(form, agency="对方改"), 0, actual="270件"))
    package = send(there)
    found = look(here, package)
    assert standings(found) == [Standing.BOTH]
    assert found.offers[0].base == form
    template = templates[SELF]
    base, mine = derive(template, form), derive(template, here.load("援助"))
    theirs = derive(template, there.load("援助"))
    sides = {one.line.name + one.line.group: one.side for one in differences(theirs, mine, base)}
    assert sorted(sides.values(), key=lambda one: one.name) == [Side.BOTH, Side.HERE, Side.PACKAGE]
    receive(here, found, {"援助": Choice.MERGE}, templates)
    now = here.load("援助")
    assert (now.value("department"), now.value("agency"), now.indicators[0].actual) == ("本机改", "对方改", "260件")
    assert {one.name for one in here.versions.of("援助")} == {"收进数据包以前", f"数据包：{COUNTY} 2025-02-06"}
    assert standings(look(there, send(here))) == [Standing.NEWER]
    assert standings(look(here, package)) == [Standing.OLDER]


def test_the_field_that_is_chosen_is_taken(open_: Open, form: Record, templates: Templates) -> None:
    here, there = open_("甲"), open_("乙")
    here.save(form)
    take(there, send(here), templates)
    here.save(row(form, 0, actual="260件", target="≥200件"))
    there.save(row(form, 0, actual="270件", target="≥300件"))
    found = look(here, send(there))
    both = derive(templates[SELF], there.load("援助")), derive(templates[SELF], here.load("援助"))
    asked = [one for one in differences(*both, derive(templates[SELF], form)) if one.is_asked]
    assert len(asked) == 2
    (wanted,) = [one.line for one in asked if one.line.was == "270件"]
    receive(here, found, {"援助": Choice.MERGE}, templates, taken={"援助": (wanted,)})
    assert (here.load("援助").indicators[0].actual, here.load("援助").indicators[0].target) == ("270件", "≥200件")


def test_rows_that_came_and_went_on_either_side(form: Record, templates: Templates) -> None:
    template = templates[SELF]
    first, second, third = form.indicators
    extra = replace(first, name="人民调解员培训次数", level2="质量指标")
    mine = replace(form, indicators=(first, third))  # the second row taken out here
    theirs = replace(form, indicators=(replace(first, actual="300件"), second, third, extra))
    base, here, there = derive(template, form), derive(template, mine), derive(template, theirs)
    found = differences(there, here, base)
    assert {one.side for one in found} == {Side.HERE, Side.PACKAGE}
    made = merged(there, here, form, (one.line for one in found if one.side is Side.PACKAGE))
    assert [one.name for one in made.indicators] == ["援助案件数", "及时受理率", "人民调解员培训次数"]
    assert made.indicators[0].actual == "300件"
    back = differences(here, there, base)
    made = merged(here, there, form, (one.line for one in back if one.side is Side.PACKAGE))
    assert [one.name for one in made.indicators] == ["援助案件数", "及时受理率", "人民调解员培训次数"]


def test_a_row_taken_out_here_and_edited_there_is_asked(form: Record, templates: Templates) -> None:
    template = templates[SELF]
    first, second, third = form.indicators
    mine, theirs = replace(form, indicators=(first, third)), row(form, 1, actual="99%")
    base, here, there = derive(template, form), derive(template, mine), derive(template, theirs)
    (only,) = differences(there, here, base)
    assert (only.side, only.line.name) == (Side.BOTH, second.name)
    back = merged(there, here, form, (only.line,))
    assert [one.actual for one in back.indicators] == ["253件", "99%", "253件"]
    (only,) = differences(here, there, base)
    assert only.side is Side.BOTH
    assert merged(here, there, form, (only.line,)).indicators == mine.indicators


def test_the_money_unit_that_the_package_changed_is_taken(form: Record, templates: Templates) -> None:
    template = templates[SELF]
    theirs = replace(form, unit=MoneyUnit.YUAN)
    here, there = derive(template, form), derive(template, theirs)
    (only,) = differences(there, here, here)
    assert (only.side, only.line.name) == (Side.PACKAGE, "金额单位")
    assert merged(there, here, form, (only.line,)).unit is MoneyUnit.YUAN


def test_without_a_common_state_every_difference_is_asked(form: Record, templates: Templates) -> None:
    template = templates[SELF]
    here, there = derive(template, form), derive(template, value(form, department="财政局"))
    (only,) = differences(there, here, None)
    assert (only.side, only.is_asked) == (Side.UNKNOWN, True)


def test_answers_and_what_no_cell_shows_come_along(form: Record, templates: Templates) -> None:
    template = templates[SELF]
    old = Answer("rate-over", "执行率", "", "1", "旧的说明")
    base = replace(value(form, hidden="旧"), answers=(old,))
    mine = replace(base, answers=(old, Answer("x", "", "", "", "本机写的")))
    theirs = replace(
        value(form, hidden="新"), answers=(replace(old, text="新的说明"), Answer("y", "", "", "", "对方写的"))
    )
    made = merged(derive(template, theirs), derive(template, mine), base, ())
    assert [one.text for one in made.answers] == ["新的说明", "本机写的", "对方写的"]
    assert made.value("hidden") == "新"


# ----------------------------------------------------------------------------------------------------------------- undoing
def test_taking_in_is_taken_back(open_: Open, form: Record, templates: Templates) -> None:
    here, there = open_("甲"), open_("乙")
    here.save(form)
    here.save(replace(form, id="普法"))
    take(there, send(here), templates)
    there.trash("普法")
    there.save(replace(form, id="新的"))
    there.versions.keep(value(form, department="财政局"), VersionKind.SUBMITTED)
    found = look(here, send(there))
    done = receive(here, found, {one.parcel.record.id: Choice.TAKE for one in found.offers}, templates)
    assert done.backup.path.exists()
    assert here.load("援助").value("department") == "财政局"
    take_back(here, done)
    assert here.load("援助") == form
    assert here.versions.submitted() == {}
    assert [one.id for one in here.trashed()] == ["新的"]


def test_a_form_of_the_bin_comes_out_and_goes_back(open_: Open, form: Record, templates: Templates) -> None:
    here, there = open_("甲"), open_("乙")
    here.save(form)
    take(there, send(here), templates)
    there.save(value(form, department="财政局"))
    here.trash("援助")
    found = look(here, send(there))
    assert found.offers[0].about == "本机的在回收站里，收进来就取回"
    done = receive(here, found, {"援助": Choice.TAKE}, templates)
    assert here.trashed() == ()
    take_back(here, done)
    assert [one.id for one in here.trashed()] == ["援助"]


# ---------------------------------------------------------------------------------------------------- what cannot be taken
def test_a_form_that_is_handed_in_takes_no_change_but_its_return(
    open_: Open, form: Record, templates: Templates
) -> None:
    here, there = open_("甲"), open_("乙")
    here.versions.keep(form, VersionKind.SUBMITTED)
    take(there, send(here), templates)
    there.versions.keep(there.load("援助"), VersionKind.RETURNED, note="财政退回")
    there.save(value(form, department="财政局"))
    package = send(there)
    assert look(here, package).offers[0].takes
    take(here, package, templates)
    assert here.load("援助").value("department") == "财政局"
    here.versions.keep(here.load("援助"), VersionKind.SUBMITTED, name="本机上报")
    there.save(value(form, department="再改"))
    offer = look(here, send(there)).offers[0]
    assert (offer.takes, offer.refuses) == (False, "本机已上报，先“退回修改”再收")


def test_a_year_that_is_only_looked_at_takes_nothing(open_: Open, form: Record, templates: Templates) -> None:
    here, there = open_("甲"), open_("乙")
    here.save(form)
    there.save(value(form, department="财政局"))
    here.freeze(2024, on=True)
    found = look(here, send(there))
    assert found.offers[0].refuses == "2024 年只供查看，先解除再收"
    with pytest.raises(UserError):
        receive(here, found, {"援助": Choice.TAKE}, templates)
    assert here.load("援助") == form


# ------------------------------------------------------------------------------------------------------- many offices
def test_forms_of_several_offices_stay_apart_though_they_began_from_one_file(
    open_: Open, form: Record, templates: Templates
) -> None:
    city = open_("市局")
    for office in (COUNTY, CITY, COUNTY):
        theirs = open_(office + str(len(list(city.path.parent.parent.iterdir()))))
        theirs.save(replace(value(form, agency=office, department=office), bureau=office))
        take(city, send(theirs, office=office), templates)
    assert sorted(one.bureau for one in city.load_year(2024)) == sorted([COUNTY, CITY])


def test_the_superior_office_gathers_all_in_a_summary_of_its_own(
    open_: Open, form: Record, templates: Templates
) -> None:
    city = open_("市局")
    for number, office in enumerate((COUNTY, "绿水县司法局", "白云县司法局")):
        theirs = open_(f"县{number}")
        own = value(form, project_name=f"{office}办案经费", agency=office)
        theirs.save(replace(own, id=f"{number}", bureau=office))
        take(city, send(theirs, office=office), templates)
    forms = tuple(Filled(templates[one.template_id], one) for one in city.load_year(2024))
    template = templates["summary-project-self"]
    whole = derive(template, new_record(template, record_id="汇总", year=2024), forms)
    green = derive(template, new_record(template, record_id="汇总", year=2024, bureau="绿水县司法局"), forms)
    assert len(whole.record.rows) == 3
    assert [one.text("project_name") for one in green.record.rows] == ["绿水县司法局办案经费"]


def test_the_same_form_typed_twice_is_not_taken_twice(open_: Open, form: Record) -> None:
    here, there = open_("甲"), open_("乙")
    here.save(form)
    there.save(replace(form, id="别的编号"))
    (offer,) = look(here, send(there)).offers
    assert (offer.standing, offer.about) == (Standing.SAME, "本机已有一模一样的一张")


# ------------------------------------------------------------------------------------------------------ templates, policies
def test_own_templates_and_policies_go_along_and_never_over_others(
    open_: Open, form: Record, templates: Templates, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = open_("甲"), open_("乙")
    shipped = (places.resources() / "templates" / f"{SELF}.toml").read_text("utf-8")
    places.own_templates().mkdir(parents=True)
    places.own_policies().mkdir(parents=True)
    for name in ("青山县自评表", "没有用到的"):
        (places.own_templates() / f"{name}.toml").write_text(shipped, encoding="utf-8")
    policy = 'extends = "national-2020"\ntitle = "青山县"\n'
    (places.own_policies() / "青山县.toml").write_text(policy, encoding="utf-8")
    places.policy_choices().write_text('[templates]\n"青山县自评表" = "青山县"\n', encoding="utf-8")
    here.save(replace(form, template_id="青山县自评表"))
    package = send(here)
    assert ([*package.templates], [*package.policies]) == (["青山县自评表"], ["青山县"])
    assert package.choices == {"青山县自评表": "青山县"}
    monkeypatch.setattr(places, "data_folder", lambda: data / "乙")
    found = take(there, package, templates)
    assert found.files == ("templates/青山县自评表.toml", "policies/青山县.toml")
    assert (places.own_templates() / "青山县自评表.toml").read_text("utf-8") == shipped
    (places.own_policies() / "青山县.toml").write_text(policy + "# 本机的\n", encoding="utf-8")
    again = look(there, package)
    assert again.files == ()
    assert again.notes == ("“policies/青山县.toml”本机也有，内容不同；用本机的，得分和版面可能与对方不一样。",)
    take(there, package, templates)
    assert (places.own_policies() / "青山县.toml").read_text("utf-8").endswith("# 本机的\n")


def test_choices_that_cannot_be_read_stay_at_home(open_: Open, form: Record) -> None:
    store = open_("甲")
    store.save(form)
    places.policy_choices().parent.mkdir(parents=True, exist_ok=True)
    places.policy_choices().write_text("[", encoding="utf-8")
    assert send(store).choices == {}


def test_a_package_is_named_after_office_and_years(open_: Open, form: Record) -> None:
    store = open_("甲")
    for year in (2022, 2023, 2024):
        store.save(replace(form, id=str(year), year=year))
    assert file_name(send(store, 2024)) == "青山县司法局-2024年.perfdesk.zip"
    assert file_name(send(store, 2023, 2024)) == "青山县司法局-2023、2024年.perfdesk.zip"
    assert file_name(send(store, 2022, 2023, 2024, office="")) == "青山县司法局-2022-2024年.perfdesk.zip"
    store.save(replace(form, id="别局", bureau=CITY))
    assert file_name(send(store, office="")) == "2024年.perfdesk.zip"
    with pytest.raises(UserError, match="2019 年还没有表"):
        pack(store, (2019,), office="", made=datetime(2025, 2, 6, tzinfo=UTC))


# -------------------------------------------------------------------------------------------------------- reading packages
@pytest.fixture
def package(open_: Open, form: Record) -> bytes:
    store = open_("甲")
    store.versions.keep(form, VersionKind.KEPT)
    made = datetime(2025, 2, 6, tzinfo=UTC)
    data = write_package(pack(store, (2024,), office=COUNTY, made=made))
    assert write_package(pack(store, (2024,), office=COUNTY, made=made)) == data
    return data


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _refused(path: Path, members: Mapping[str, bytes]) -> str:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(UserError) as trouble:
        read_package(path)
    said = str(trouble.value)
    assert path.name in said
    return said


def _with_form(members: Mapping[str, bytes], change: Callable[[dict[str, object]], object]) -> dict[str, bytes]:
    """Change what a package holds and give it the right digest: somebody who knows the format."""
    from hashlib import sha256

    content = json.loads(members["forms/0001.json"])
    change(content)
    data = json.dumps(content).encode()
    about = json.loads(members[MANIFEST])
    about["files"] = [{**about["files"][0], "sha256": sha256(data).hexdigest(), "size": len(data)}]
    return {MANIFEST: json.dumps(about).encode(), "forms/0001.json": data}


def test_a_package_that_was_changed_on_the_way_is_refused(package: bytes, tmp_path: Path) -> None:
    members, path = _members(package), tmp_path / "x.perfdesk.zip"
    about = json.loads(members[MANIFEST])
    assert "拷坏了" in _refused(path, {**members, "forms/0001.json": members["forms/0001.json"] + b" "})
    assert "对不上" in _refused(path, {**members, "forms/0002.json": b""})
    assert "对不上" in _refused(path, {MANIFEST: members[MANIFEST]})
    assert "不是本程序写的数据包" in _refused(path, {"a.txt": b""})
    assert "不是本程序写的数据包" in _refused(path, {MANIFEST: b'{"format": "perfdesk-record/1"}'})
    assert "请先升级程序" in _refused(path, {MANIFEST: json.dumps({**about, "format": "perfdesk-package/2"}).encode()})
    assert "读不出" in _refused(path, {MANIFEST: b"{"})
    assert "读不出" in _refused(path, {MANIFEST: b"[" * 100_000})


@pytest.mark.parametrize(
    "name", ["forms/1.json", "forms/../x.json", "templates/a/b.toml", "policies/.toml", "templates/a.exe", "x", 3]
)
def test_names_that_no_package_has_are_not_believed(package: bytes, tmp_path: Path, name: object) -> None:
    about = json.loads((members := _members(package))[MANIFEST])
    about["files"][0]["name"] = name
    assert "看不懂的内容" in _refused(tmp_path / "x.zip", {**members, MANIFEST: json.dumps(about).encode()})


def _set(*path: str | int, to: object) -> Callable[[dict[str, object]], object]:
    def change(content: dict[str, object]) -> None:
        part: object = content
        for one in path[:-1]:
            part = part[one]  # type: ignore[index]  # as deep as the path says
        part[path[-1]] = to  # type: ignore[index]  # likewise

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set("record", "id", to=""),
        _set("record", "id", to=7),
        _set("record", "year", to="2024"),
        _set("record", "year", to=True),
        _set("record", "year", to=999_999),
        _set("record", "unit", to="美元"),
        _set("record", "values", to={"a": 1}),
        _set("record", "values", to=[]),
        _set("record", "funds", 0, "strange", to="x"),
        _set("record", "indicators", to="x"),
        _set("record", "sections", to=[{"level": 9, "heading": "", "paragraphs": []}]),
        _set("record", "sections", to=[{"level": True, "heading": "", "paragraphs": []}]),
        _set("record", "sections", to=[{"level": 1, "heading": "", "paragraphs": [1]}]),
        _set("record", "answers", to=[{"code": "x"}]),
        _set("record", "extra", to="x" * 2_000_001),
        _set("states", to=[1]),
        _set("versions", 0, "kind", to="stolen"),
        _set("versions", 0, "kept", to="2025-02-05T09:00:00"),
        _set("versions", 0, "kept", to="x"),
        _set("versions", 0, "record", "id", to="another"),
        _set("versions", to={}),
    ],
)
def test_what_is_no_form_is_not_believed(
    package: bytes, tmp_path: Path, change: Callable[[dict[str, object]], object]
) -> None:
    assert "看不懂的内容" in _refused(tmp_path / "x.zip", _with_form(_members(package), change))


def test_one_form_twice_is_not_believed(package: bytes, tmp_path: Path) -> None:
    members = _members(package)
    about = json.loads(members[MANIFEST])
    about["files"].append({**about["files"][0], "name": "forms/0002.json"})
    both = {**members, "forms/0002.json": members["forms/0001.json"], MANIFEST: json.dumps(about).encode()}
    assert "看不懂的内容" in _refused(tmp_path / "x.zip", both)


def test_halves_of_a_character_and_odd_texts_travel_as_they_are(open_: Open, form: Record) -> None:
    store = open_("甲")
    store.save(value(form, department="\ud83d", agency="\ude00=1+1\t\u202e"))
    (parcel,) = send(store).forms
    assert parcel.record == store.load("援助")
