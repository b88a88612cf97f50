"""What was done at the desk: the actions, each with its rows, a record's own story, and undoing."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from policies.actions.undo import may_undo
from policies.actions.undo import undo as undo_action
from policies.history import EDIT, EditError
from policies.models import Action
from policies.models.history import TRACKED
from policies.selectors.history import story_of, tell
from policies.views.paging import paged

PER_PAGE = 50
INNER = str.maketrans("“”", "‘’")  # quotation marks within others
MODELS = {model._meta.model_name: model for model in TRACKED}


@login_required
@permission_required(EDIT, raise_exception=True)
def actions(request: HttpRequest) -> HttpResponse:
    """Everything that was done, the newest first; `?verb=` and `?user=` narrow it."""
    rows = Action.objects.select_related("user", "undone_by")
    verb, name = request.GET.get("verb", ""), request.GET.get("user", "").replace("\x00", "")
    if verb in Action.Verb.values:
        rows = rows.filter(verb=verb)
    if name:
        rows = rows.filter(user__username=name)
    context = {
        "section": "desk",
        "paging": paged(request, rows, PER_PAGE),
        "verbs": Action.Verb.choices,
        "verb": verb,
        "name": name,
        "names": Action.objects.exclude(user=None)
        .order_by("user__username")
        .values_list("user__username", flat=True)
        .distinct(),
    }
    return render(request, "ingest/actions.html", context)


@login_required
@permission_required(EDIT, raise_exception=True)
def action(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Action.objects.select_related("user", "undoes", "undone_by__user"), pk=pk)
    rows, total = tell(found)
    context = {
        "section": "desk",
        "action": found,
        "rows": rows,
        "total": total,
        "left": total - len(rows),
        "undoable": may_undo(found, request.user),
    }
    return render(request, "ingest/action.html", context)


@login_required
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Action, pk=pk)
    try:
        done = undo_action(found, user=request.user)
    except EditError as error:
        messages.error(request, str(error))
        return redirect(found)
    messages.success(request, f"已撤销“{str(found).translate(INNER)}”。")
    return redirect(done)


@login_required
@permission_required(EDIT, raise_exception=True)
def story(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One record's own story."""
    model = MODELS.get(kind)
    moments = story_of(model, pk) if model else []
    if not moments:
        raise Http404("没有这条记录的历史。")
    return render(request, "ingest/story.html", {"section": "desk", "moments": moments, "told": moments[0].told})
