"""One's own account: logging in, the password, and a link that sets a forgotten one."""

import math
from typing import Any

import axes.utils
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm, UsernameField
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, PasswordChangeView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from policies.client_address import client_network
from policies.roles import role_of
from policies.selectors.accounts import locks_of

PASSWORDS = f"至少 {settings.PASSWORD_LENGTH} 个字符，不能全是数字，不能是常见的密码，也不能与您的用户名太相似。"


class LoginForm(AuthenticationForm):
    """Asks about no name that is longer than names are: what is counted of wrong ones would have no room for it."""

    username = UsernameField(max_length=User._meta.get_field("username").max_length)


class NewPassword(SetPasswordForm):
    """Says what a password has to be as the site speaks to people: 您, which Django's translation does not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["new_password1"].help_text = PASSWORDS


class OwnPassword(NewPassword, PasswordChangeForm):
    """The same for who knows the old one."""

    error_messages = PasswordChangeForm.error_messages | {"password_incorrect": "旧密码不对，请再试一次。"}


class Login(LoginView):
    """The only login, Django's admin's too.  A login of the staff ends after settings.STAFF_SESSION."""

    template_name = "login.html"
    form_class = LoginForm

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if self.request.user.is_staff:
            self.request.session.set_expiry(timezone.now() + settings.STAFF_SESSION)
        return answer

    def get_default_redirect_url(self) -> str:
        """Those who work at the desk go there, readers to the first page."""
        return reverse("desk:home" if self.request.user.is_staff else "policies:home")


def locked_out(request: HttpRequest, answer: HttpResponse, credentials: dict[str, str]) -> HttpResponse:
    """When to try again, said to who got the password wrong too often.  Axes asks for it, in place of `answer`."""
    now = timezone.now()
    until = locks_of(credentials["username"]).get(client_network(request), now)
    page = render(request, "accounts/locked_out.html", {"until": until}, status=429)
    page.headers["Retry-After"] = str(max(1, math.ceil((until - now).total_seconds())))
    return page


class OwnAccount(PasswordChangeView):
    """Who one is, what one may, and a new password; other sessions of the account end with the old one."""

    template_name = "accounts/own_account.html"
    form_class = OwnPassword
    success_url = reverse_lazy("own_account")
    extra_context = {"section": "own_account"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(role=role_of(self.request.user), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "密码已改。在别处的登录都已退出。")
        return super().form_valid(form)


@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """Whom to ask: nobody's mail address is kept."""
    return render(request, "accounts/forgotten.html")


class PasswordLink(PasswordResetConfirmView):
    """Sets the password of an open account, once, and lets it log in again where wrong passwords had locked it out."""

    template_name = "accounts/password_link.html"
    form_class = NewPassword
    success_url = reverse_lazy("login")

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        axes.utils.reset(username=form.user.username)
        messages.success(self.request, "密码已设好，请登录。")
        return super().form_valid(form)
