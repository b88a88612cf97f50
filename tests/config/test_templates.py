"""What of a template's layout comes to the page."""

import pytest
from django.template import engines

from config.templates import lean


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<ul>\n  {% for a in b %}\n    <li>{{ a }}</li>\n  {% endfor %}\n</ul>\n",
         "<ul>\n{% for a in b %}<li>{{ a }}</li>\n{% endfor %}</ul>\n"),
        ("甲\n{% if a %}{# why #}\n乙\n{% else %}\n丙\n{% endif %}\n丁",
         "甲\n{% if a %}{# why #}乙\n{% else %}丙\n{% endif %}丁"),
        ("{% if a %}甲{% endif %}\n乙", "{% if a %}甲{% endif %}\n乙"),
        ("{% include 'a' %}\n乙", "{% include 'a' %}\n乙"),
        ("  甲  乙 \n", "甲  乙 \n"),
    ],
)  # fmt: skip
def test_layout_goes_and_words_stay_apart(source, kept):
    assert lean(source) == kept


def test_the_sites_templates_are_lean():
    shown = engines["django"].get_template("404.html").render()
    assert "没有这一页" in shown
    assert "\n " not in shown
