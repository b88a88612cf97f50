"""Pure functions from lines to records; nothing here knows Django."""
