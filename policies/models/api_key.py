"""Keys by which programs ask the API in the name of an account."""

import hashlib
from typing import Self

from django.conf import settings
from django.db import models


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def live(self) -> Self:
        """Those that still open something: neither revoked, nor of a closed account."""
        return self.filter(revoked_at=None, user__is_active=True)

    def of_token(self, token: str) -> Self:
        return self.filter(digest=ApiKey.digest_of(token))


class ApiKey(models.Model):
    """A key of an account.  Only `digest` is kept of its token, and `start`, by which its owner knows it again.

    The digest is a plain SHA-256: what a token is made of is 256 random bits, which nobody finds by trying, however
    fast; a slow or salted hash, made for words that people choose, would only make each request slow.
    """

    class Scope(models.TextChoices):
        READ = "read", "读已发布的"
        EDIT = "edit", "做本人能做的一切"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_keys", verbose_name="账号")
    name = models.CharField("名称", max_length=80)
    scope = models.CharField("范围", max_length=4, choices=Scope.choices, default=Scope.READ)
    start = models.CharField("开头", max_length=12, editable=False)
    digest = models.CharField("摘要", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("建立于", auto_now_add=True)
    last_used_at = models.DateTimeField("上次使用", null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField("吊销于", null=True, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "接口密钥"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(scope__in=["read", "edit"]), name="api_key_scope_known")
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.start}…）"

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
