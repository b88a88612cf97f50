"""The states of what is published."""

from typing import Self

from django.db import models


class State(models.TextChoices):
    """The life of an issue, or of a policy that stands alone."""

    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "审核中"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤回"


def seen_by(user, prefix: str = "") -> models.Q:
    """What `user` may read: all at the desk, what is published elsewhere; `prefix` leads to the issue or policy."""
    return models.Q() if user.is_staff else models.Q(**{f"{prefix}state": State.PUBLISHED})


class Publishable(models.QuerySet):
    """Issues or policies that know who may read them."""

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, user) -> Self:
        """Everything for editors, what is published for everyone else."""
        return self.filter(seen_by(user))
