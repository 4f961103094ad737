"""What happens to a data file with a password: damaged as others are, and its key file lost, cut short or another's."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Final

from perfdesk.errors import UserError
from perfdesk.store import Store, keys
from perfdesk.store.keyfile import key_file_of, wrap, write_key_file
from perfdesk.store.keys import Key
from perfdesk.store.password import align, set_password
from perfdesk.store.unlocking import unlock, unlock_by_recovery
from tests.faults import damage, judging, secret
from tests.faults.damage import Damage
from tests.faults.ledger import Ledger
from tests.faults.outcome import Outcome, together
from tests.faults.work import NAME


def _key_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.key"))


def _no_key_file(folder: Path, _chance: Random) -> None:
    for one in _key_files(folder):
        one.unlink()


def _cut_key_file(folder: Path, chance: Random) -> None:
    for one in _key_files(folder):
        os.truncate(one, chance.randrange(one.stat().st_size))


def _own_key_file(folder: Path, _chance: Random) -> None:
    key_file_of(folder / NAME).unlink()


def _foreign_key_file(folder: Path, _chance: Random) -> None:
    other = wrap(Key.new(), secret.WORDS[0])
    for one in _key_files(folder):
        write_key_file(one, other)


DAMAGES: Final = (
    *(Damage(f"{one.name}, with a password", one.strike) for one in damage.DAMAGES),
    Damage("key file removed, those of the backups left", _own_key_file),
    Damage("every key file removed", _no_key_file),
    Damage("every key file cut short", _cut_key_file),
    Damage("key files of another office", _foreign_key_file),
)


@secret.cheap_passwords()
def strike(one: Damage, folder: Path, *, rounds: int, seed: int) -> Outcome:
    """Damage what belongs to an office with a password, ``rounds`` times; open it by password, else by the recovery key."""
    chance = Random(seed)  # noqa: S311 - moments, not secrets
    base = folder / "whole"
    groups = _make_office(base)
    parts = []
    for number in range(rounds):
        place = folder / f"damaged-{number}"
        shutil.copytree(base, place)
        shutil.copy(judging.ledger_of(base), judging.ledger_of(place))
        one.strike(place, chance)
        _unlock(place, groups)
        parts.append(damage.reopened(place))
        shutil.rmtree(place)
    shutil.rmtree(base)
    judging.ledger_of(base).unlink()
    return together(one.name, parts)


def _make_office(folder: Path) -> tuple[str, ...]:
    damage.make_office(folder)
    with Store.open(folder / NAME, now=datetime.now) as store:
        key = Key.new()
        set_password(store, key, secret.WORDS[0])
        align(store.path, key, moment=datetime.now(), told=lambda _done, _name: None)  # noqa: DTZ005 - the clerk's own clock
    return key.groups


def _unlock(place: Path, groups: tuple[str, ...]) -> None:
    """Do what somebody does who knows the password and has the recovery key on paper."""
    keys.let_go()
    try:
        unlock(place / NAME, secret.WORDS[0])
    except UserError as error:
        ledger = Ledger(judging.ledger_of(place))
        ledger.say(str(error))
        ledger.close()
        unlock_by_recovery(place / NAME, " ".join(groups))
