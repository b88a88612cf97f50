"""The accounts, at the desk: a list, making one, and one with what can be done to it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from policies.actions.manage_accounts import (
    AccountError,
    change_role,
    close_account,
    make_account,
    password_link,
    reopen_account,
)
from policies.roles import CHANGE_ACCOUNTS, MAKE_ACCOUNTS, Role, role_of
from policies.selectors import accounts as selectors
from policies.views.paging import paged

PER_PAGE = 50


class RoleForm(forms.Form):
    role = forms.TypedChoiceField(label="角色", choices=Role.choices, coerce=Role, initial=Role.EDITOR)


class AccountForm(RoleForm):
    username = forms.CharField(
        label="用户名",
        max_length=150,
        error_messages={"required": "请写明用户名。"},
        help_text="本人登录时用，如姓名或拼音；可用文字、数字和 @ . + - _。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ("username", "role")


@login_required
@permission_required(CHANGE_ACCOUNTS, raise_exception=True)
def accounts(request: HttpRequest) -> HttpResponse:
    paging = paged(request, selectors.accounts(), PER_PAGE)
    rows = [(account, role_of(account)) for account in paging.page]
    return render(request, "accounts/accounts.html", {"section": "accounts", "paging": paging, "rows": rows})


@login_required
@permission_required(MAKE_ACCOUNTS, raise_exception=True)
def new_account(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_valid():
        try:
            made = make_account(form.cleaned_data["username"], form.cleaned_data["role"], user=request.user)
        except AccountError as error:
            form.add_error("username", str(error))
        else:
            messages.success(request, f"账号 {made} 已建立。它还没有密码：请生成链接，交给本人设置。")
            return redirect("policies:account", made.pk)
    context = {"section": "accounts", "form": form}
    return render(request, "accounts/new_account.html", context, status=400 if form.errors else 200)


@login_required
@permission_required(CHANGE_ACCOUNTS, raise_exception=True)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    return _account_page(request, get_object_or_404(User, pk=pk))


@login_required
@permission_required(CHANGE_ACCOUNTS, raise_exception=True)
@require_POST
def role(request: HttpRequest, pk: int) -> HttpResponse:
    form = RoleForm(request.POST)
    chosen = form.cleaned_data["role"] if form.is_valid() else None
    if chosen is None:
        return HttpResponse("没有这个角色。", status=400, content_type="text/plain; charset=utf-8")
    return _done(
        request, pk, lambda found: change_role(found, chosen, user=request.user), f"角色已改为{chosen.label}。"
    )


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, lambda found: close_account(found, user=request.user), "账号已停用，已登录的也已退出。")


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    told = "账号已重新启用。它没有密码：请生成链接，交给本人设置。"
    return _done(request, pk, lambda found: reopen_account(found, user=request.user), told)


@login_required
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """The account's page with a link, which no address holds, so that no browser's history does."""
    found = get_object_or_404(User, pk=pk)
    try:
        path = password_link(found, user=request.user)
    except AccountError as error:
        messages.error(request, str(error))
        return redirect("policies:account", pk)
    return _account_page(request, found, request.build_absolute_uri(path))


def _done(request: HttpRequest, pk: int, act: Callable[[User], bool], told: str) -> HttpResponse:
    """Back on the account's page, which says what became of it."""
    try:
        changed = act(get_object_or_404(User, pk=pk))
    except AccountError as error:
        messages.error(request, str(error))
    else:
        tell, words = (messages.success, told) if changed else (messages.info, "没有变化：早已如此。")
        tell(request, words)
    return redirect("policies:account", pk)


def _account_page(request: HttpRequest, found: User, link: str = "") -> HttpResponse:
    its_role = role_of(found)
    context = {
        "section": "accounts",
        "account": found,
        "role": its_role,
        "form": RoleForm(initial={"role": its_role}, label_suffix=""),
        "link": link,
        "locks": selectors.locks_of(found.username),
        "keys": found.api_keys.all(),
        "log": selectors.log_of(found),
    }
    return render(request, "accounts/account.html", context)
