"""Where the commands get their forms: templates, files named on the command line, the data file.

A file or template that cannot be used is one trouble on the terminal; the others are still handled. Nothing is computed here, and
the store is imported only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfdesk import places
from perfdesk.errors import UserError
from perfdesk.exchange.exchange import Import, read_records
from perfdesk.fingerprint import Stamp
from perfdesk.json_file import NOTHING_DONE
from perfdesk.model import Record
from perfdesk.parameters import in_force
from perfdesk.policy import Policy, with_own_policies
from perfdesk.template import Filled, Own, Template, read_shelf, read_stock

if TYPE_CHECKING:
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.terminal import Terminal
    from perfdesk.store import Store

Templates = Mapping[str, Template]


class Form(NamedTuple):
    """A form and where it came from: the file as it was named on the command line, or the data file.

    ``stamp`` is that of the 上报版 of a form of the data file that is 已上报.
    """

    source: Path
    record: Record
    stamp: Stamp | None = None


def policies(terminal: Terminal) -> Mapping[str, Policy]:
    """Return the program's scoring policies and the office's own; one of those that cannot be used is a trouble."""
    stock = read_stock(in_force())
    known, refused = with_own_policies(stock.policies, places.own_policies())
    for one in (*stock.refused, *refused):
        terminal.trouble(one.why)
    return known


def templates(terminal: Terminal) -> Templates:
    """Return the program's templates and the office's own; a file of the latter with a mistake is a trouble, the rest count."""
    own = Own(places.own_templates(), places.own_policies(), places.policy_choices())
    shelf = read_shelf(read_stock(in_force()), own)
    for one in shelf.refused:
        terminal.trouble(one.why)
    return shelf.templates


def read_files(files: Sequence[Path], known: Templates, terminal: Terminal) -> Iterator[tuple[Path, Import]]:
    """Yield what each file holds; one that cannot be read is a trouble."""
    for path in expand(files):
        try:
            found = read_records(path, known)
        except UserError as error:
            terminal.trouble(str(error).removesuffix(NOTHING_DONE))  # of the other files something may well be imported
        else:
            yield path, found


def expand(files: Sequence[Path]) -> list[Path]:
    """Resolve ``*`` and ``?`` where the shell does not (Windows)."""
    found: list[Path] = []
    for path in files:
        matches = sorted(map(Path, glob(str(path)))) if set("*?") & set(str(path)) and not path.exists() else []  # noqa: PTH207 - Path.glob knows no absolute patterns
        found += matches or [path]
    return found


def open_store(arguments: Arguments, *, read_only: bool) -> Store:
    """Open the data file of the command line, else the default one. Raises :class:`UserError`.

    A file of an older version is brought up to date first, after a backup, as the window does it; one that only can be looked at
    stays as it is and its reader is told so.
    """
    from perfdesk.store import Store, StoreOlder, StoreReadOnly

    path = arguments.store or places.default_store()
    try:
        return Store.open(path, now=now, read_only=read_only)
    except StoreOlder as older:
        try:
            Store.open(path, now=now).close()
        except StoreReadOnly:
            raise older from None
    return Store.open(path, now=now, read_only=read_only)


def carry_backups(store: Store, terminal: Terminal) -> None:
    """Bring the second place the backup that was made before a step; where it lacks it, say why: the step is done all the same."""
    trouble = store.safekeeping.catch_up()
    if trouble:
        terminal.trouble(trouble)


def now() -> datetime:
    """Return the present moment, with its time zone."""
    return datetime.now().astimezone()


def chosen(arguments: Arguments, known: Templates, terminal: Terminal) -> list[Form]:
    """Return the forms a command is about: those of its files, else those of the data file. Notes of the import are told."""
    if not arguments.files:
        return _stored(arguments)
    found: list[Form] = []
    for path, read in read_files(arguments.files, known, terminal):
        for note in read.notes:
            terminal.note(f"“{path.name}”：{note}")
        found += [Form(path, record) for record in read.records]
    return found


def _stored(arguments: Arguments) -> list[Form]:
    with open_store(arguments, read_only=True) as store:
        records = store.load_all() if arguments.year is None else store.load_year(arguments.year)
        stamps = {key: Stamp(one.label, one.code) for key, one in store.versions.submitted().items()}
    if not records:
        when = "" if arguments.year is None else f" {arguments.year} 年的"
        raise UserError(f"“{store.path}”里还没有{when}表。可以先用 perfdesk import 收进来。")
    return [Form(store.path, record, stamps.get(record.id)) for record in records]


def with_templates(forms: list[Form], known: Templates, terminal: Terminal) -> Iterator[tuple[Form, Template]]:
    """Yield each form with its template; one whose template is not there is a trouble."""
    for form in forms:
        record = form.record
        template = known.get(record.template_id)
        if template is None:
            terminal.trouble(
                f"“{name_of(record)}”用的表样“{record.template_id}”不在本机。请装上带它的参数包，或把它放进“{places.own_templates()}”。"
            )
            continue
        yield form, template


def others(form: Form, usable: Sequence[tuple[Form, Template]]) -> tuple[Filled, ...]:
    """Return the other forms of the same year among those of a command."""
    year = form.record.year
    return tuple(
        Filled(template, one.record) for one, template in usable if one is not form and one.record.year == year
    )


def around(usable: Sequence[tuple[Form, Template]], before: Iterable[Filled] = ()) -> Mapping[int, tuple[Filled, ...]]:
    """Return for each year of a command's forms all of that year and of the year before, among which each is judged.

    ``before`` are further forms that are not themselves judged. The same tuple for all forms of a year: what follows from the
    others is then computed once.
    """
    there = (*(Filled(template, form.record) for form, template in usable), *before)
    years = {form.record.year for form, _ in usable}
    return {year: tuple(one for one in there if one.record.year in {year, year - 1}) for year in years}


def year_before(arguments: Arguments, known: Templates) -> tuple[Filled, ...]:
    """Return the forms of the year before the one a command was asked for, ``()`` where it was asked for files or for all."""
    if arguments.files or arguments.year is None:
        return ()
    with open_store(arguments, read_only=True) as store:
        records = store.load_year(arguments.year - 1)
    return tuple(Filled(known[one.template_id], one) for one in records if one.template_id in known)


def name_of(record: Record) -> str:
    """Return what a form is called: 项目名称, else its title, else its template."""
    return record.value("project_name").strip() or record.value("title").strip() or record.template_id
