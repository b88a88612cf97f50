"""Reporting a problem with a policy or a clause."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from policies.actions.report_problem import TooManyProblemsError, report_problem
from policies.client_address import client_network
from policies.models import Policy, Problem


class ProblemForm(forms.ModelForm):
    """`website` is a field that people do not see and programs fill in."""

    website = forms.CharField(required=False, label="请留空")

    class Meta:
        model = Problem
        fields = ("text", "reply_to")
        labels = {"text": "哪里有误？", "reply_to": "您的邮箱（可不填，只用来回复您）"}
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "maxlength": 2000})}
        error_messages = {
            "text": {"required": "请写明哪里有误。", "max_length": "请写得短些，不超过 2000 个字。"},
            "reply_to": {"invalid": "这不是一个邮箱地址。"},
        }

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("请把这一栏留空。")
        return ""


def problem(request, slug: str):
    """`?clause=` the eid of the clause that it is about."""
    policy = get_object_or_404(Policy.objects.visible_to(request.user), slug=slug)
    eid = request.GET.get("clause", "")
    clause = next((row for row in policy.provisions.clauses() if row.eid == eid), None)
    if eid and not clause:
        raise Http404
    form = ProblemForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_valid():
        told = form.cleaned_data
        try:
            report_problem(policy, eid, told["text"], told["reply_to"], client_network(request) or "")
        except TooManyProblemsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "谢谢，已转给编辑。")
            return redirect(policy)  # to its top, where the thanks stand
    return render(
        request,
        "policies/problem.html",
        {"section": "policies", "policy": policy, "clause": clause, "form": form},
        status=400 if form.errors else 200,
    )
