"""The WSGI entry point that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from config.encoding import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = utf8_only(get_wsgi_application())

from search import indexing, suggestions  # noqa: E402 it needs the settings that the line above loads

indexing.warm()
suggestions.warm()
gc.freeze()  # dictionaries live as long as the process: looking through them for garbage would hold up a page by 80 ms
