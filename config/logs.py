"""How the program speaks to its log: one line an event on standard error, ours and those of the libraries alike."""

from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured
from structlog.types import EventDict, Processor

JSON, TEXT = "json", "text"
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
    if form not in renderers:
        raise ImproperlyConfigured(f"LOG_FORMAT={form} 不是日志格式，可用的有：{'、'.join(renderers)}")
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": COMMON,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers[form]],
    }
    ours = {name: {"level": "INFO"} for name in ("config", "ingest", "policies", "search")}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        # Django's own default keeps errors to itself where DEBUG is off and nobody has a mailbox.
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            **ours,
            # Not what strangers make up: addresses of pages, names of hosts.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }


def _escape(logger: Any, name: str, event: EventDict) -> EventDict:
    """The event's words on one line, whatever a request put into them."""
    event["event"] = str(event["event"]).replace("\r", "\\r").replace("\n", "\\n")
    return event
