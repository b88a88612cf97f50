"""The outline of a policy at the desk: the whole tree, and rearranging one clause on its page."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from ingest.views.deciding import RecordPage
from ingest.views.outline_forms import MergeForm, MoveForm, SplitForm, called
from policies.actions.editing import version_of
from policies.actions.merge_provisions import merge
from policies.actions.move_provision import move
from policies.actions.split_provision import split
from policies.editable import InvalidError, Kind
from policies.history import EDIT, EditError
from policies.models import Policy, Provision
from policies.selectors.outline import OutlineView

LOOK_AT_FIELDS = "没有改动：请看下面标出的字段。"


@login_required
@permission_required(EDIT, raise_exception=True)
def outline(request: HttpRequest, slug: str) -> HttpResponse:
    """Every provision of a policy, rejected ones too, each leading to its page."""
    policy = get_object_or_404(Policy.objects.select_related("issue"), slug=slug)
    rows = OutlineView(policy).rows
    depths = [row.depth for row in rows[1:]] + [0]
    tree = [
        (row, called(row), after > row.depth, range(row.depth - after)) for row, after in zip(rows, depths, strict=True)
    ]
    return render(request, "ingest/outline.html", {"section": "desk", "policy": policy, "tree": tree})


class ProvisionPage(RecordPage):
    """A provision with its form, and with its place in the outline."""

    template = "ingest/provision.html"

    def __init__(self, kind: Kind, row: Provision):
        super().__init__(kind, row)
        self.outline = OutlineView(row.policy)
        before, after = self.outline.neighbours(row)
        leaf = not self.outline.below(row.pk)
        self.before = self._whole(before) if leaf else None
        self.after = self._whole(after) if after and not self.outline.below(after.pk) else None
        self.split_form, self.move_form, self.merge_form = self._forms(None)

    def decide(self, posted: QueryDict, user: Any) -> str:
        doing = {"split": self._split, "move": self._move, "merge_before": self._merge, "merge_after": self._merge}
        do = doing.get(posted.get("do", ""))
        return do(posted, user) if do else super().decide(posted, user)

    def context(self) -> dict[str, Any]:
        row, before, after = self.row, self.before, self.after
        merging = []
        if before:
            merging.append(("merge_before", "并入前一条", before.words(), version_of(before, row)))
        if after:
            merging.append(("merge_after", "并入后一条", after.words(), version_of(row, after)))
        forms = {"split_form": self.split_form, "move_form": self.move_form, "merge_form": self.merge_form}
        return {**super().context(), **forms, "merging": merging}

    def _split(self, posted: QueryDict, user: Any) -> str:
        form = self.split_form = self._forms(posted)[0]
        if not form.is_valid():
            raise EditError(LOOK_AT_FIELDS)
        said = form.cleaned_data
        try:
            second = split(
                self.row,
                said["offset"],
                label=said["label"],
                type_=said["type_"],
                user=user,
                seen=posted.get("seen", ""),
            )
        except InvalidError as error:
            for name, told in error.errors.items():
                form.add_error({"type": "type_"}.get(name, name) or None, told)
            raise
        self.address = reverse("desk:question", args=["provision", second.pk])
        return f"已分为两条，这是后一条：{second}"

    def _move(self, posted: QueryDict, user: Any) -> str:
        form = self.move_form = self._forms(posted)[1]
        if not form.is_valid():
            raise EditError(LOOK_AT_FIELDS)
        said = form.cleaned_data
        done = move(self.row, said["parent"], said["after"], user=user, seen=posted.get("seen", ""))
        return f"已移动：{self.row}" if done else "它本来就在那里。"

    def _merge(self, posted: QueryDict, user: Any) -> str:
        form = self.merge_form = self._forms(posted)[2]
        first, second = (self.row, self.after) if posted["do"] == "merge_after" else (self.before, self.row)
        if not form.is_valid() or first is None or second is None:
            raise EditError("旁边没有可以合并的条款。")
        glue = {"line": "\n", "none": ""}[form.cleaned_data["glue"]]
        merge(first, second, glue=glue, user=user, seen=posted.get(f"seen_{posted['do']}", ""))
        self.address = reverse("desk:question", args=["provision", first.pk])
        return f"已并为一条：{first}"

    def _forms(self, data: QueryDict | None) -> tuple[SplitForm, MoveForm, MergeForm]:
        return SplitForm(data, row=self.row), MoveForm(data, row=self.row, outline=self.outline), MergeForm(data)

    @staticmethod
    def _whole(row: Provision | None) -> Provision | None:
        return Provision.objects.get(pk=row.pk) if row else None
