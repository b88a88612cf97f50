"""How the program speaks to its log: one line an event on standard error, ours and those of the libraries alike."""

import logging
import re
from typing import Any

import structlog
from structlog.types import EventDict, Processor

JSON, TEXT = "json", "text"
# A link by which a password is set, in an address or its query: whoever knows the last part may set it.
LINK = re.compile(r"(account(?:/|%2F)link(?:/|%2F)[^/%\s]+(?:/|%2F))[^/%\s]+", re.IGNORECASE)
TRACES = ("exception", "stack")  # of many lines each
# What every event says beside its words, be it told through structlog or through the standard library.
COMMON: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,  # tracebacks without the values of variables, which may be secrets
]


def configure() -> None:
    """Have structlog speak through the standard library, so that one formatter writes everything."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *COMMON,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def logging_settings(form: str) -> dict[str, Any]:
    """Django's LOGGING, where `form` is JSON (a machine reads it) or TEXT (a person does)."""
    renderers: dict[str, list[Processor]] = {
        JSON: [structlog.processors.JSONRenderer(ensure_ascii=False)],
        TEXT: [_escape, structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)],
    }
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": COMMON,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _mask, *renderers[form]],
    }
    ours = {name: {"level": "INFO"} for name in ("config", "ingest", "policies", "search")}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "filters": {"not readiness": {"()": "django.utils.log.CallbackFilter", "callback": _is_not_readiness}},
        # Django's own default keeps errors to itself where DEBUG is off and nobody has a mailbox.
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            **ours,
            # Not what strangers make up: addresses of pages, names of hosts.
            "django.request": {"level": "ERROR", "filters": ["not readiness"]},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }


def _is_not_readiness(record: logging.LogRecord) -> bool:
    """A monitor that is told no (503) has its line as a request; that is no failure of ours, as any other is."""
    request = getattr(record, "request", None)
    return request is None or (request.path, getattr(record, "status_code", None)) != ("/readyz", 503)


def _mask(logger: Any, name: str, event: EventDict) -> EventDict:
    """Without what opens accounts, whoever tells it: a request, or a library that failed over one."""
    return {key: LINK.sub(r"\1…", value) if isinstance(value, str) else value for key, value in event.items()}


def _escape(logger: Any, name: str, event: EventDict) -> EventDict:
    """Nothing that a terminal would obey, whatever a request put into it, and one line; tracebacks follow indented."""
    for key, value in event.items():
        if key in TRACES:
            event[key] = "\n".join(f"    {_visible(line)}" for line in value.splitlines())
        elif isinstance(value, str):
            event[key] = _visible(value)
    return event


def _visible(text: str) -> str:
    """Control characters, line ends and direction marks too, as Python writes them."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
