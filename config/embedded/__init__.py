"""A Django database backend: PostgreSQL whose server config.database starts on the first connection."""
