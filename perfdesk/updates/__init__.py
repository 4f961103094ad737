"""更新 (updates) without a network: a signed file from a stick becomes the next version of the program or of its parameters.

An update file (``.perfdesk-update``) is a zip: ``manifest.json``, ``manifest.sig`` (Ed25519 of the manifest) and the
files it lists with size and SHA-256. Each kind is installed in the same way, into a folder of its own named after its version:

- 程序 (program): ``HOME/versions/V/``, where the program lies in such a home (Windows, the portable for Linux). A package of the
  system belongs to the administrator and is never touched.
- 参数包 (parameters): ``DATA/parameters/V/`` with ``templates/ policies/ manual/ cycle.toml indicators.toml …``. It is in force
  while ``DATA/parameters/current`` names it and it is newer than what the program brought along (``perfdesk.parameters``).

Whatever interrupts an installation, one of the two versions works: what stands is not changed, and the switch is one rename.

The verbs, as the window and the command line use them (every refusal is a :class:`UserError`, one sentence):

- ``standing(kind) -> Standing``: what is in force now.
- ``read_update(path) -> Update``: the file, if it is ours, whole in its list, and signed.
- ``refuse_unfit(update)``: raises for one that is older, the same, for another machine, or too new for this program.
- ``install(update, back_up=…, progress=…)``: ``back_up()`` is called first (``store.safekeeping.make(Reason.UPDATE)``);
  ``progress(done, total)`` counts bytes, and what it raises stops the work with nothing changed. What is installed is in force from
  the next start (``launcher()`` is what to start, in ``environment()``).
- ``plan_rollback(kind, store) -> Rollback`` and ``roll_back(plan, store=…, moment=…) -> Path | None``: back to the version before.
  With ``plan.must_restore`` nobody may have the data file open; the returned path is where the present one is kept.
- ``left_unfinished() -> Path | None``: at a start; where the data file is kept that an interrupted going back had taken away.
- ``settle() -> Settled``: after a successful start; removes what is neither current nor previous, says which version failed.
"""

from perfdesk.updates.fitting import refuse_unfit, standing
from perfdesk.updates.goingback import left_unfinished, plan_rollback, roll_back
from perfdesk.updates.installing import install, settle
from perfdesk.updates.manifest import SUFFIX
from perfdesk.updates.reading import read_update
from perfdesk.updates.starting import environment, launcher
from perfdesk.updates.types import Kind, Rollback, Settled, Standing, Update

__all__ = [
    "SUFFIX",
    "Kind",
    "Rollback",
    "Settled",
    "Standing",
    "Update",
    "environment",
    "install",
    "launcher",
    "left_unfinished",
    "plan_rollback",
    "read_update",
    "refuse_unfit",
    "roll_back",
    "settle",
    "standing",
]
