"""Merge agencies: what are two rows of one agency become one; the other row leads to it."""

from django.db.models import Exists, OuterRef, Q

from policies.actions.agency_editing import check_not_merged, editing_agencies
from policies.actions.editing import Editor
from policies.history import EditError
from policies.models import Action, Agency, AgencyName, Issuer, ResponsibleAgency, Succession
from policies.selectors.agency_rows import MOST, Preview, Row, issued, mentions, row_of


def merge(loser: Agency, winner: Agency, *, user: Editor, seen: str | None = None, note: str = "") -> Action | None:
    """Give all that `loser` has to `winner`: rows, names, its own name, what came before and after it.

    Where both stand in one list of issuers, or in one role of a responsibility, one stays.  The loser keeps its row,
    which tells pages and the next ingest where it went.  `user` needs policies.merge_agencies; `seen` is
    `agencies_version(loser, winner)`.  Raises PermissionDenied, ConflictError, and EditError for what is not one
    agency.
    """
    what = f"“{loser}”并入“{winner}”"
    with editing_agencies([loser, winner], what, user=user, seen=seen, verb=Action.Verb.MERGE, note=note) as edit:
        loser, winner = edit.rows
        _check(loser, winner)
        _move_tasks(loser, winner)
        _move_issued(loser, winner)
        _move_successions(loser, winner)
        _move_names(loser, winner)
        loser.merged.update(merged_into=winner)
        loser.merged_into = winner
        loser.save()
        winner.known = winner.vouched = True
        winner.denied_names = [name for name in winner.denied_names if name != loser.name]
        winner.save()
    return edit.done


def preview_merge(loser: Agency, winner: Agency) -> Preview:
    """What merging would change, with nothing written.  Raises EditError as `merge` does."""
    _check(loser, winner)
    twice = set(_twice(loser, winner).values_list("pk", flat=True))
    tasks, policies = mentions(loser.responsibilities.all()), issued(loser)
    rows = [
        row_of(task, loser.name, "（重复，去掉一条）" if task.pk in twice else winner.name) for task in tasks[:MOST]
    ]
    rows += [Row(one.policy, None, 0, "发布机关", loser.name, winner.name) for one in policies[: MOST - len(rows)]]
    counts = {
        "责任": tasks.count(),
        "其中重复": len(twice),
        "发布的政策": policies.count(),
        "名称": loser.names.count() + 1,
        "沿革": loser.successions.count() + loser.origins.count(),
    }
    return Preview(counts, rows, counts["责任"] + counts["发布的政策"])


def _check(loser: Agency, winner: Agency) -> None:
    if loser == winner:
        raise EditError("不能并入自己。")
    check_not_merged(loser, winner)
    if loser.is_group or winner.is_group:
        group = loser if loser.is_group else winner
        if not (loser.is_group and winner.is_group):
            raise EditError(f"“{group}”是统称，不能与单个部门合并。")
    ends = {"predecessor__in": [loser, winner], "successor__in": [loser, winner]}
    if Succession.objects.filter(**ends).exists():
        raise EditError(f"“{loser}”与“{winner}”有沿革关系，是前后两个部门，各有各的页面，不能合并。")


def _twice(loser: Agency, winner: Agency):
    """The mentions of either that come second in a responsibility which names both in one role."""
    before = ResponsibleAgency.objects.filter(
        responsibility=OuterRef("responsibility"),
        role=OuterRef("role"),
        position__lt=OuterRef("position"),
        agency__in=[loser, winner],
    )
    both = ResponsibleAgency.objects.filter(
        responsibility=OuterRef("responsibility"), role=OuterRef("role"), agency=loser
    )
    found = ResponsibleAgency.objects.filter(agency__in=[loser, winner])
    return found.filter(Exists(before), Exists(both))


def _move_tasks(loser: Agency, winner: Agency) -> None:
    ResponsibleAgency.objects.filter(pk__in=list(_twice(loser, winner).values_list("pk", flat=True))).delete()
    loser.responsibilities.update(agency=winner)


def _move_issued(loser: Agency, winner: Agency) -> None:
    """The one that stays in a list of issuers is the winner's row, in the earlier place; the others move up."""
    theirs = dict(loser.issued.values_list("policy", "position"))
    both = {issuer.policy_id: issuer for issuer in winner.issued.filter(policy__in=theirs)}
    loser.issued.filter(policy__in=both).delete()
    loser.issued.update(agency=winner)
    for policy, issuer in both.items():
        Issuer.objects.filter(pk=issuer.pk).update(position=min(issuer.position, theirs[policy]))
        for position, row in enumerate(Issuer.objects.filter(policy=policy).order_by("position"), start=1):
            Issuer.objects.filter(pk=row.pk).exclude(position=position).update(position=position)


def _move_successions(loser: Agency, winner: Agency) -> None:
    for end, other in (("predecessor", "successor"), ("successor", "predecessor")):
        mine = Succession.objects.filter(**{end: loser})
        known = Succession.objects.filter(**{end: winner}).values(other)
        mine.filter(**{f"{other}__in": known}).delete()
        mine.update(**{end: winner})


def _move_names(loser: Agency, winner: Agency) -> None:
    known = winner.names.values("name")
    loser.names.filter(Q(name__in=known) | Q(name=winner.name)).delete()
    loser.names.update(agency=winner)
    AgencyName.objects.update_or_create(agency=winner, name=loser.name, defaults={"added": True})
