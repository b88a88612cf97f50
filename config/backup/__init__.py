"""Backups: all that is not derived, in one file, and back.

All of it is in the database, the bytes of uploaded files too; search index, static files and the broker's messages
are made anew.  Sessions and `var/secret_key` are left out on purpose: who finds a backup cannot become anybody by it.

    policy-20310105T081500Z.zip
        database.dump     what pg_dump writes in its custom format
        manifest.json     whose program and migrations, how many rows, checksums (`archive.Manifest`)
"""
