"""Rows as JSON, under the names of RECORDS.md."""
