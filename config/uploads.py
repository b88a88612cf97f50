"""Files in forms: none is taken but where an upload is meant."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class NoFiles(FileUploadHandler):
    """Passes over every file that is sent, so that it is stored nowhere: a form is read before anybody is known.

    The check of a form's token reads it.  What takes files sets handlers of its own first, bounded ones.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile
