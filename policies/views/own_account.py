"""One's own account: logging in, the password, and a link that sets a forgotten one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, PasswordChangeView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy

from policies.roles import role_of


class Login(LoginView):
    template_name = "login.html"

    def get_default_redirect_url(self) -> str:
        """Those who work at the desk go there, readers to the first page."""
        return reverse("desk:home" if self.request.user.is_staff else "policies:home")


class OwnAccount(PasswordChangeView):
    """Who one is, what one may, and a new password; other sessions of the account end with the old one."""

    template_name = "accounts/own_account.html"
    success_url = reverse_lazy("own_account")
    extra_context = {"section": "own_account"}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"label_suffix": ""}

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
    """Sets the password of an open account, once."""

    template_name = "accounts/password_link.html"
    success_url = reverse_lazy("login")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"label_suffix": ""}

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "密码已设好，请登录。")
        return super().form_valid(form)
