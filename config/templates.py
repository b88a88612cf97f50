"""Templates without the lines and the indentation that only lay out their source."""

import re

from django.template.loaders import filesystem

LAYOUT = re.compile(
    r"""
    ^[ \t]*
    (?P<control> (?:
        {%[ ] (?:load|if|elif|else|endif|for|empty|endfor|with|endwith|block|endblock|extends)\b (?:(?!%}).)* %}
      | {\# (?:(?!\#}).)* \#}
    )+ ) [ \t]* \n  # a line of control tags and comments alone
    | ^[ \t]+
    """,
    re.VERBOSE | re.MULTILINE,
)


def lean(source: str) -> str:
    """A template's source without indentation, and without the ends of lines that print nothing of their own.

    The page means the same: between two words that stood on different lines there is still the end of one.
    """
    return LAYOUT.sub(lambda found: found["control"] or "", source)


class Loader(filesystem.Loader):
    """Django's, with every template lean: layout would be a twentieth of a page."""

    def get_contents(self, origin) -> str:
        return lean(super().get_contents(origin))
