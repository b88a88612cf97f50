"""Verification of what the ingest answers for: nothing of a text is lost, and no run is forgotten."""

from ingest.verification import coverage, runs, words
from policies.verification.check import Check

CHECKS: tuple[Check, ...] = (*coverage.CHECKS, *words.CHECKS, *runs.CHECKS)
