"""What editors do with runs: upload, cancel, retry, accept or decline a new version.

Each needs ingest.add_run and raises PermissionDenied without it.  Each changes the row with one conditional
UPDATE and returns whether it did: where somebody else, or the worker, was faster it changes nothing.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now

from ingest import runs
from ingest.comparing import is_seen_by_readers
from ingest.intake import File, Refused
from ingest.models import Batch, Run
from policies.history import require
from policies.publishing import PUBLISH

PERMISSION = "ingest.add_run"
Someone = User | AnonymousUser
State = Run.State
# What a run is as if it had never been taken; its number of attempts stays, by which workers know what is theirs.
ANEW: dict[str, Any] = {
    "state": State.QUEUED, "step": "", "counts": {}, "message": "", "outcome": "", "stalls": 0,
    "queued_at": Now(), "announced_at": Now(), "started_at": None, "finished_at": None, "indexed_at": None,
}  # fmt: skip


def submit(content: bytes, filename: str, *, user: Someone | None, batch: Batch | None = None) -> Run:
    """A queued run of these bytes, and a message to the workers once it is committed; `user` None is the system."""
    if user is not None:
        _check(user)
    with transaction.atomic():
        run = Run.objects.create(
            batch=batch,
            filename=filename[-255:],
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            created_by=user if isinstance(user, User) else None,
        )
        runs.tell(run.pk, f"{user}上传。" if user else "提交。")
        transaction.on_commit(lambda: runs.send(run.pk))
    return run


def submit_batch(files: Sequence[File], refused: Sequence[Refused], *, user: Someone) -> Batch:
    """A batch of queued runs, which also holds what was refused and why."""
    _check(user)
    with transaction.atomic():
        batch = Batch.objects.create(
            refused=[{"name": file.name, "reason": file.reason} for file in refused],
            created_by=user if isinstance(user, User) else None,
        )
        for file in files:
            submit(file.content, file.name, user=user, batch=batch)
    return batch


def cancel(run: Run, *, user: Someone) -> bool:
    """Nobody is to do the run; its worker stops within seconds, or once it has loaded it, which is then rolled back."""
    return _change(run, [State.QUEUED, State.RUNNING], f"{user}取消了处理。", user, **_cancelled("已取消，没有入库。"))


def retry(run: Run, *, user: Someone) -> bool:
    """A failed or cancelled run is done anew; a new version is compared anew."""
    changes = {**ANEW, "changes": None, "accepted_by": None}
    return _change(run, [State.FAILED, State.CANCELLED], f"{user}要求重试，重新排队。", user, **changes)


def accept(run: Run, *, user: Someone) -> bool:
    """The new version that waits is to replace what is in the base.

    Readers see what a chief editor published: where that is replaced, `user` needs policies.publish_issue too.
    The load asks again (`ingest.loading.load`).
    """
    _check(user)
    changes = {**ANEW, "accepted_by": user}
    with transaction.atomic():
        now = Run.objects.select_for_update().only("state", "changes").get(pk=run.pk)
        seen = now.state == State.WAITING and is_seen_by_readers(now.changes)
        if seen and not user.has_perm(PUBLISH):
            raise PermissionDenied("读者看到的是库中的版本；换成另一个版本，须由主编采用。")
        return _change(run, [State.WAITING], f"{user}采用了这个版本，排队入库。", user, **changes)


def decline(run: Run, *, user: Someone) -> bool:
    """The new version that waits is not loaded."""
    words = "没有采用这个版本，库中内容不变。"
    return _change(run, [State.WAITING], f"{user}{words}", user, **_cancelled(words))


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor may decide of a run, with what he is told where it was done, and where it was too late."""

    act: Callable[..., bool]
    did: str
    did_not: str


DECISIONS = {
    "cancel": Decision(cancel, "已取消。", "已经结束，没有可取消的。"),
    "retry": Decision(retry, "已重新排队。", "没有重试：它没有失败，也没有取消。"),
    "accept": Decision(accept, "已采用，进度见下。", "没有改变：它已不在等待确认。"),
    "decline": Decision(decline, "没有采用，库中内容不变。", "没有改变：它已不在等待确认。"),
}


def _cancelled(message: str) -> dict[str, Any]:
    return {"state": State.CANCELLED, "message": message, "finished_at": Now()}


def _change(run: Run, states: Sequence[State], said: str, user: Someone, **columns: Any) -> bool:
    _check(user)
    with transaction.atomic():
        if not Run.objects.filter(pk=run.pk, state__in=states).update(**columns):
            return False
        runs.tell(run.pk, said)
        if columns["state"] == State.QUEUED:
            transaction.on_commit(lambda: runs.send(run.pk))
    return True


def _check(user: Someone) -> None:
    require(user, PERMISSION, "上传")
