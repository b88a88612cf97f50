"""A Django database backend: PostgreSQL, whose silence is not waited for without end."""
