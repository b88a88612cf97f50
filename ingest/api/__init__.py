"""The API of the ingest: files uploaded by programs, and their runs."""
