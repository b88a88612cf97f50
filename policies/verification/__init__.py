"""Verification of the knowledge base: its invariants, one concept a file, checked again on what is stored."""

from policies.verification import (
    agencies,
    belonging,
    database,
    derived,
    feed,
    history,
    links,
    outline,
    questions,
    quotes,
    reviews,
    sources,
    states,
)
from policies.verification.check import Check

CHECKS: tuple[Check, ...] = (
    *database.CHECKS,
    *sources.CHECKS,
    *outline.CHECKS,
    *quotes.CHECKS,
    *belonging.CHECKS,
    *agencies.CHECKS,
    *reviews.CHECKS,
    *states.CHECKS,
    *questions.CHECKS,
    *derived.CHECKS,
    *links.CHECKS,
    *history.CHECKS,
    *feed.CHECKS,
)
