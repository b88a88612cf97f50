"""The outbox: which policies changed since the index last saw them."""

from collections.abc import Iterable

from django.db import models


class ChangeManager(models.Manager["Change"]):
    def note(self, policy_ids: Iterable[int]) -> None:
        """Write down, in the caller's transaction, that these policies changed or went away."""
        self.bulk_create(Change(policy_id=policy_id) for policy_id in policy_ids)


class Change(models.Model):
    """A policy that changed; the row goes once the index has taken it in.

    `policy_id` is no foreign key: the policy may be gone.
    """

    policy_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChangeManager()

    class Meta:
        verbose_name = verbose_name_plural = "待索引"
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.policy_id)
