"""The outline of a policy as editors see it: every provision with its neighbours, rejected ones too."""

from collections import defaultdict

from django.db.models.functions import Left

from policies.models import Policy, Provision, Review

OPENING = 40  # characters by which a provision without heading is known


class OutlineView:
    """All provisions in the order of the text; each has its first words as `opening`, its longer columns unread."""

    def __init__(self, policy: Policy):
        rows = policy.provisions.defer("text", "tail", "topics", "original").annotate(opening=Left("text", OPENING))
        self.rows = list(rows.order_by("position"))
        self._below: defaultdict[int | None, list[Provision]] = defaultdict(list)
        for row in self.rows:
            if row.review != Review.REJECTED:
                self._below[row.parent_id].append(row)

    def below(self, pk: int | None) -> list[Provision]:
        """What stands directly under a provision; None: outermost."""
        return self._below[pk]

    def neighbours(self, row: Provision) -> tuple[Provision | None, Provision | None]:
        """Those that stand before and after it under the same parent."""
        keys = [sibling.pk for sibling in self._below[row.parent_id]]
        if row.pk not in keys:
            return None, None
        at = keys.index(row.pk)
        siblings = self._below[row.parent_id]
        return siblings[at - 1] if at else None, siblings[at + 1] if at + 1 < len(siblings) else None

    def elsewhere(self, row: Provision) -> list[Provision]:
        """Those that stand neither in it nor are it."""
        within = {row.pk}
        for other in self.rows:  # a parent comes before what is below it
            if other.parent_id in within:
                within.add(other.pk)
        return [other for other in self.rows if other.pk not in within and other.review != Review.REJECTED]
