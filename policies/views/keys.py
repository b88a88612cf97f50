"""One's keys for the API: a list, making one, revoking one."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from policies.actions.manage_keys import KeyLimitError, make_key, revoke_key, scopes_open_to
from policies.models import ApiKey


class KeyForm(forms.ModelForm):
    class Meta:
        model = ApiKey
        fields = ("name", "scope")
        help_texts = {"name": "写明给哪个程序用，如“周报脚本”，以便日后认出。"}
        error_messages = {"name": {"required": "请写明名称。"}}

    def __init__(self, data: Any, *, user: User):
        super().__init__(data, label_suffix="")
        self.fields["scope"] = forms.TypedChoiceField(
            label="范围",
            choices=[(scope.value, scope.label) for scope in scopes_open_to(user)],
            coerce=ApiKey.Scope,
        )


@login_required
def own_keys(request: HttpRequest) -> HttpResponse:
    """The keys; after making one also its token, which no address holds, so that no browser's history does."""
    user = cast(User, request.user)
    form = KeyForm(request.POST if request.method == "POST" else None, user=user)
    made, token = None, ""
    if form.is_valid():
        try:
            made, token = make_key(form.cleaned_data["name"], form.cleaned_data["scope"], user=user)
        except KeyLimitError as error:
            form.add_error(None, str(error))
        else:
            form = KeyForm(None, user=user)
    context = {
        "section": "own_account",
        "form": form,
        "made": made,
        "token": token,
        "keys": user.api_keys.all(),
    }
    answer = render(request, "accounts/keys.html", context, status=400 if form.errors else 200)
    if token:
        answer.headers["Cache-Control"] = "no-store"
    return answer


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to one's keys, or to the account whose key it was."""
    key = get_object_or_404(ApiKey.objects.select_related("user"), pk=pk)
    if revoke_key(key, user=request.user):
        messages.success(request, f"密钥 {key} 已吊销，即刻不能再用。")
    else:
        messages.info(request, "没有变化：早已吊销。")
    return redirect("own_keys") if key.user == request.user else redirect("policies:account", key.user_id)
