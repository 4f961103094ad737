"""接线 (wiring): which action does what. One table, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from operator import methodcaller
from typing import TYPE_CHECKING

from ui.actions import MODES, SIZES
from ui.theme import Mode

if TYPE_CHECKING:
    from ui.appearance import Appearance
    from ui.desk import Desk
    from ui.errands import Errands
    from ui.finder import Finder
    from ui.session import Session
    from ui.widgets.zoom import ZoomControl


def slots_of(
    errands: Errands, session: Session, *, desk: Desk, finder: Finder, zoom: ZoomControl, looks: Appearance
) -> Mapping[str, Callable[[], object]]:
    """Return what each action does, by its name; the window adds its own."""
    on_sheet, on_rows, helping = desk.on_sheet, desk.on_rows, errands.helping
    return {
        "new": errands.new_form,
        "freeze": errands.freezing.switch,
        "roll": partial(_roll, errands, session),
        "package": partial(_show_package, errands, session),
        "import": errands.intake.import_files,
        "draft": errands.drafts.ask,
        "preview": partial(session.hand_over, errands.output.preview),
        "export": partial(session.hand_over, errands.output.export),
        "test_page": errands.output.test_page,
        "print_forms": partial(_print_forms, errands, session, desk),
        "batch": partial(_export_year, errands, session),
        "fill": partial(session.hand_over, errands.filling.ask),
        "lists": partial(_export_lists, errands, session),
        "audit_year": partial(_audit_year, errands, session),
        "check_sheet": partial(session.hand_over, errands.output.check_sheet),
        "backup": errands.safekeeping.show,
        "restore": partial(_go_back, errands, session),
        "password": partial(_show_password, errands, session),
        "policy": partial(_show_policies, errands, session),
        "undo": session.undo,
        "redo": session.redo,
        "insert_row": partial(on_rows, methodcaller("insert")),
        "delete_row": partial(on_rows, methodcaller("delete")),
        "duplicate_row": partial(on_rows, methodcaller("duplicate")),
        "move_up": partial(on_rows, methodcaller("move", -1)),
        "move_down": partial(on_rows, methodcaller("move", 1)),
        "library": partial(session.hand_over, errands.library.insert),
        "reasons": partial(session.hand_over, partial(errands.library.reasons, desk.current_cell)),
        "take_last_year": desk.take_last_year,
        "find": partial(finder.begin, only_forms=False),
        "replace": partial(session.hand_over, errands.replacing.show),
        "go_to_form": partial(finder.begin, only_forms=True),
        "home": session.close,
        "previous_form": partial(session.step, -1),
        "next_form": partial(session.step, 1),
        "take_goals": partial(session.hand_over, errands.feeding.take_goals),
        "take_figures": partial(session.hand_over, errands.feeding.take_figures),
        "compare": partial(session.hand_over, errands.comparing.show),
        "facts": partial(session.hand_over, errands.facts.show),
        "versions": partial(session.hand_over, errands.versions.show),
        "keep_version": partial(session.hand_over, errands.versions.keep),
        "submit": partial(session.hand_over, errands.versions.submit),
        "send_back": partial(session.hand_over, errands.versions.send_back),
        "trash": partial(session.hand_over, errands.bin.trash_open),
        "bin": errands.bin.show,
        "list": desk.toggle_list,
        "zoom_in": partial(zoom.step, 1),
        "zoom_out": partial(zoom.step, -1),
        "fit": partial(on_sheet, methodcaller("fit_width")),
        "guide": errands.guide_asked.emit,
        "samples": errands.samples_asked.emit,
        "update": errands.update_asked.emit,
        "help": partial(_help, errands, session, desk),
        "manual": helping.show_manual,
        "keys": helping.show_keys,
        "folder": helping.open_folder,
        "diagnose": helping.diagnose,
        "about": helping.show_about,
        **{name: partial(looks.set_mode, Mode(name)) for name in MODES},
        **{name: partial(looks.set_step, step) for step, name in enumerate(SIZES)},
    }


def _help(errands: Errands, session: Session, desk: Desk) -> None:
    """F1: for the cell, where a form is open."""
    if session.document is None:
        errands.helping.show_here()
    else:
        errands.helping.show_here(cell=desk.current_cell(), kind=session.document.template.kind)


def _go_back(errands: Errands, session: Session) -> None:
    """恢复: what is being typed counts as present."""
    session.commit()
    errands.restoring.show()


def _show_password(errands: Errands, session: Session) -> None:
    """数据密码: what is being typed is saved first."""
    session.commit()
    errands.passwords.show()


def _show_policies(errands: Errands, session: Session) -> None:
    """计分办法: that of the open form, if there is one."""
    errands.policies.show(session.document)


def _roll(errands: Errands, session: Session) -> None:
    """由上年建立: from the year of the open form; what is being typed goes along."""
    if session.document is None:
        errands.rollover.start()
    else:
        session.hand_over(lambda document: errands.rollover.start(document.record.year))


def _audit_year(errands: Errands, session: Session) -> None:
    """全年审核: of the year of the open form; what is being typed counts."""
    if session.document is None:
        errands.auditing.show_year()
    else:
        session.hand_over(lambda document: errands.auditing.show_year(document.record.year))


def _export_year(errands: Errands, session: Session) -> None:
    """全年导出: of the year of the open form; what is being typed goes along."""
    if session.document is None:
        errands.batch.show()
    else:
        session.hand_over(lambda document: errands.batch.show(document.record.year))


def _export_lists(errands: Errands, session: Session) -> None:
    """导出列表: of the year of the open form; what is being typed counts."""
    if session.document is None:
        errands.lists.show()
    else:
        session.hand_over(lambda document: errands.lists.show(document.record.year))


def _show_package(errands: Errands, session: Session) -> None:
    """数据包: the year of the open form is proposed; what is being typed goes along."""
    if session.document is None:
        errands.parceling.show()
    else:
        session.hand_over(lambda document: errands.parceling.show(document.record.year))


def _print_forms(errands: Errands, session: Session, desk: Desk) -> None:
    """打印多张表: of the year of the open form, or those that are marked in 年度总览; what is being typed goes along."""
    if session.document is None:
        marked = desk.home.table.marked() if desk.shows_home else ()
        errands.printjob.show(marked=marked)
    else:
        session.hand_over(lambda document: errands.printjob.show(document.record.year))
