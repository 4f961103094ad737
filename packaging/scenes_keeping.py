"""The scenes of what keeps the data safe: backups, going back, putting together again; of updates; and of work that takes its time.

As ``scenes.py``, which was full.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from scenes import Scene
from stage import PROJECT, YEAR, Stage, settle

from perfdesk.model import FormKind, VersionKind
from perfdesk.parameters import in_force
from perfdesk.store import Backup, Reason
from perfdesk.updates import Kind, Rollback, Update, standing
from ui.samples import BUREAU
from ui.updates import UpdateDialog
from ui.updates.words import rollback_page, update_page
from ui.widgets.progress import ProgressCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.updates import Page

_HERE = r"C:\Users\…\AppData\Local\perfdesk"  # not where it lies on the machine that takes the picture
_SIGNER = "绩效填报台发布者"
_NOW = datetime(2026, 2, 10, 10, 28, tzinfo=timezone(timedelta(hours=8)))


def _without_places(dialog: QWidget, stage: Stage) -> QWidget:
    """Say another folder than the passing one of the picture."""
    for label in cast("list[QLabel]", dialog.findChildren(QLabel)):
        label.setText(label.text().replace(f"{stage.folder}/", f"{_HERE}\\").replace("/", "\\"))
    settle()
    return dialog


def _backup(stage: Stage) -> QWidget:
    stage.window.forms.store.safekeeping.make(Reason.DAILY)
    return _without_places(stage.asked("backup"), stage)


def _restore(stage: Stage) -> QWidget:
    """A morning's backup, a version and some cells since."""
    document = stage.open(FormKind.PROJECT_SELF, name=PROJECT)
    store = stage.window.forms.store
    store.safekeeping.make(Reason.DAILY)
    store.versions.keep(document.record, VersionKind.KEPT, name="送审稿")
    for label, text in (("全年执行数", "31.5"), ("实际完成值", "205")):
        stage.go(label)
        stage.type(text)
        QTest.keyClick(QApplication.focusWidget() or stage.window, Qt.Key.Key_Return)
        settle()
    dialog = stage.asked("restore")
    dialog.resize(stage.window.size())
    settle()
    return dialog


def _password(stage: Stage) -> QWidget:
    return stage.asked("password")


def _new_password(stage: Stage) -> QWidget:
    from ui.dialogs.new_password import NewPasswordDialog
    from ui.passwords import NEW

    return _put_up(NewPasswordDialog("给数据文件设密码", NEW, verb="下一步", parent=stage.window))


def _recovery_key(stage: Stage) -> QWidget:
    """A key that opens nothing."""
    from perfdesk.store.keys import Key
    from ui.dialogs.recovery_key import RecoveryKeyDialog

    groups = Key(bytes(range(7, 7 + 32))).groups
    return _put_up(RecoveryKeyDialog(groups, asked=6, verb="设密码", parent=stage.window))


def _unlock(stage: Stage) -> QWidget:
    from ui.dialogs.unlock import UnlockDialog
    from ui.unlocking import ADVICE

    fact = "“perfdesk.db”设了密码"
    return _put_up(UnlockDialog(fact, ADVICE, verb="打开", leave="退出", try_=print, parent=stage.window))


def _put_up(dialog: QDialog) -> QWidget:
    dialog.open()
    settle()
    return dialog


def _salvage(stage: Stage) -> QWidget:
    """A copy of the sample office that lost some pages, put together again."""
    from perfdesk.store.salvage import salvage
    from perfdesk.store.salvagelist import titled
    from ui.dialogs.salvage import SalvageDialog

    store = stage.window.forms.store
    kept = store.safekeeping.make(Reason.DAILY).backup
    damaged = stage.folder / "other" / "perfdesk.db"
    damaged.parent.mkdir()
    store.copy_to(damaged)
    with damaged.open("r+b") as file:
        file.seek(damaged.stat().st_size // 4096 // 3 * 4096)
        file.write(bytes(4096 * 12))
    done = salvage(damaged, now=lambda: _NOW, backups=((kept.path, kept.moment),))
    titles = {key: one.title for key, one in stage.window.forms.templates.items()}
    dialog = SalvageDialog(titled(done, titles), stage.window)
    dialog.open()
    settle()
    return dialog


def _update(stage: Stage) -> QWidget:
    """A parameter pack of the year to come, as it is shown before it is installed."""
    changes = (
        "项目支出绩效自评表换成 2027 年的：成本指标单列，满意度指标合为一项。",
        "目标申报表的截止日期改为 10 月 31 日。",
        "计分办法：超过指标值 20% 就要说明原因（原来是 30%）。",
    )
    size, made = 1 << 20, _NOW.date()
    pack = Update(
        Path("参数包-2027.1.perfdesk-update"), Kind.PARAMETERS, "2027.1", "0.1.0", "", made, changes, _SIGNER, size, ""
    )
    return _paged(stage, update_page(pack, standing(Kind.PARAMETERS).version))


def _go_back(stage: Stage) -> QWidget:
    """Back to a program that cannot read the data file of now."""
    morning = Backup(stage.folder, _NOW.replace(tzinfo=None), Reason.UPDATE, 3, 0)
    plan = Rollback(Kind.PROGRAM, "0.2.0", "0.1.0", must_restore=True, backup=morning)
    return _paged(stage, rollback_page(plan, _NOW.date()))


def _paged(stage: Stage, page: Page) -> QWidget:
    dialog = UpdateDialog(stage.window)
    dialog.show_page(page)
    return _put_up(dialog)


def _later_year(stage: Stage) -> QWidget:
    """A form of a year whose rules nobody has looked at yet."""
    year = in_force().pack.through + 1
    made = stage.window.forms.create("national-2021-project-self", year=year, name=PROJECT, bureau=BUREAU)
    stage.window.session.open(made)
    settle()
    return stage.window


def _batch_runs(stage: Stage) -> QWidget:
    stage.window.desk.home.show_year(YEAR)
    settle()
    card = cast("list[ProgressCard]", stage.window.findChildren(ProgressCard))[0]
    card.begin("正在导出全年的表", 26)
    card.advance(11, "06-法律援助工作经费-自评表.xlsx")
    for _round in range(4):
        settle()
    return stage.window


def _calendar(stage: Stage) -> QWidget:
    stage.open(FormKind.SUMMARY)
    stage.go("填表日期")
    QTest.keyClick(stage.window.desk.sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle()
    return stage.window


KEEPING_SCENES = (
    Scene("backup", "备份", _backup),
    Scene("restore", "恢复", _restore),
    Scene("salvage", "找回清单", _salvage),
    Scene("password", "数据密码", _password),
    Scene("new-password", "设密码", _new_password),
    Scene("recovery-key", "恢复密钥", _recovery_key),
    Scene("unlock", "填密码打开", _unlock),
    Scene("update", "安装更新", _update),
    Scene("go-back", "回到上一版", _go_back),
    Scene("later-year", "规定还没有收进来的年度", _later_year),
    Scene("batch-runs", "全年导出正在进行", _batch_runs),
    Scene("calendar", "日期格的日历", _calendar),
)
