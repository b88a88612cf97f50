"""Asking once before a target is given a value that its quote does not print."""

from collections.abc import Iterable
from decimal import Decimal

from ingest.parsing.printed_values import printed_values
from policies.editable import EditForm
from policies.measures import plain
from policies.models import Target

QUOTED = 60  # characters of a quote in a question
VALUES = ("value", "value_max")


def question_of(form: EditForm, quote: str, fields: Iterable[str], button: str) -> str:
    """What to ask before these fields of a bound form are stored; blank where there is nothing to ask.

    A misprint, or words that say a number otherwise, may be right all the same: who says it once more, by the button
    of that name, is believed.  The question is an error of the field, too.
    """
    if not isinstance(form.instance, Target) or not form.is_valid():
        return ""
    given: dict[str, Decimal | None] = {name: form.cleaned_data[name] for name in VALUES if name in set(fields)}
    printed = printed_values(quote)
    missing = {name: plain(value) for name, value in given.items() if value is not None and abs(value) not in printed}
    if not missing:
        return ""
    words = quote if len(quote) <= QUOTED else f"{quote[:QUOTED]}…"
    question = f"原文“{words}”里没有读到 {'、'.join(missing.values())}，请核对；确实如此，请再点一次“{button}”。"
    form.add_error(next(iter(missing)), question)
    return question
