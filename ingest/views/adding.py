"""Adding a record that the machine missed: its words are marked in a line, then its fields are filled in."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html

from ingest.views.asking import question_of
from ingest.views.deciding import lines_around
from policies.actions.add import MARKED, add, check_place
from policies.editable import KINDS, EditForm, InvalidError
from policies.history import EDIT, EditError
from policies.lines import line_of, squeezed
from policies.models import Policy

FIRST = "target"
LONGEST = 2000  # characters of words that are looked for


@login_required
@permission_required(EDIT, raise_exception=True)
def adding(request: HttpRequest, slug: str) -> HttpResponse:
    """`?kind=`, and `?line=` with `?quote=`; or `?clause=` (an eid), in whose lines the quote is looked for."""
    policy = get_object_or_404(Policy.objects.select_related("source", "issue"), slug=slug)
    asked = request.POST if request.method == "POST" else request.GET
    kind = KINDS[asked["kind"] if asked.get("kind") in MARKED else FIRST]
    line, quote, question, status = _number(asked.get("line", "")), asked.get("quote", "")[:LONGEST], "", 200
    if request.method != "POST":
        line, quote = _marked(policy, asked.get("line", ""), quote, asked.get("clause", "").replace("\x00", ""))
        form = kind.form(instance=kind.model(policy=policy))
    else:
        form = kind.form(request.POST, instance=kind.model(policy=policy))
        try:
            check_place(policy, line, quote)
            question = question_of(form, quote, form.fields, "补充")
            if question and request.POST.get("asked") != question:
                raise EditError(question)
            columns = {name: request.POST.get(name, "") for name in form.fields}
            row = add(kind.slug, policy, line, quote, columns, user=request.user)
        except EditError as error:
            status = 400
            if not isinstance(error, InvalidError):  # which stands beside the fields
                messages.error(request, str(error))
        else:
            again = f"{request.path}?kind={kind.slug}&line={line}"
            messages.success(request, format_html('已补充：{}。<a href="{}">在这一行再补充一条</a>', row, again))
            return redirect("desk:question", kind.slug, row.pk)
    return render(request, "ingest/add.html", _context(policy, kind.slug, line, quote, form, question), status=status)


def _context(policy: Policy, kind: str, line: int, quote: str, form: EditForm, question: str) -> dict[str, Any]:
    return {
        "section": "desk",
        "policy": policy,
        "kinds": [(slug, KINDS[slug].name) for slug in KINDS if slug in MARKED],
        "kind": kind,
        "line": line,
        "quote": quote,
        "form": form,
        "question": question,
        "lines": lines_around(policy, line, line, quote),
    }


def _number(line: str) -> int:
    return int(line) if line.isascii() and line.isdigit() and len(line) < 9 else 0


def _marked(policy: Policy, line: str, quote: str, eid: str) -> tuple[int, str]:
    """The line meant, and the words of it as they are printed there; the whole line where no words are given."""
    lines, number = policy.source.lines(), _number(line)
    if not policy.start_line <= number <= min(policy.end_line, len(lines)):
        clause = policy.provisions.filter(eid=eid).first() if eid else None
        first, last = (clause.start_line, clause.end_line) if clause else (policy.start_line, policy.end_line)
        found = line_of(quote, "", lines[first - 1 : last]) if squeezed(quote) else None
        number = first + found[0] if found else first
    printed = lines[number - 1]
    return number, (_as_printed(squeezed(quote), printed) or quote) if quote.strip() else printed.strip()


def _as_printed(words: str, line: str) -> str:
    """The words as the line has them, white space and all; those that run over its end are cut there."""
    there = squeezed(line)
    while words and words not in there:
        words = words[:-1]
    found = re.search(r"\s*".join(map(re.escape, words)), line)
    return found[0] if found else ""
