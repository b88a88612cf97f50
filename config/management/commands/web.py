"""`manage.py web`: the web server."""

import os
import shutil
import tempfile
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from gunicorn import glogging
from gunicorn.app.base import BaseApplication

from config.existence import require_cluster
from config.refusals import Worker
from config.supervision import end_with_supervisor

COUNTS = "PROMETHEUS_MULTIPROC_DIR"  # the variable by which the processes of the server learn where they count together


class Log(glogging.Logger):
    """Gunicorn's own words, through the handlers of settings.LOGGING."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class Server(BaseApplication):
    """Gunicorn over config.wsgi, told here what its command line would tell it."""

    def __init__(self, address: str):
        self.address = address
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": self.address,
            "workers": settings.WEB_WORKERS,
            "worker_class": Worker,
            "threads": 4,
            "timeout": 60,
            "graceful_timeout": 10,
            "limit_request_line": 8190,  # the most there can be; a search of 800 characters takes 7,300
            "forwarded_allow_ips": "",  # what proxies say, Django reads, as far as TRUSTED_PROXIES goes
            "errorlog": "-",
            "loglevel": "warning",
            "logger_class": Log,
            "child_exit": _forget,
            "on_exit": lambda server: shutil.rmtree(os.environ[COUNTS]),
            "control_socket_disable": True,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from config.wsgi import application

        return application


def _forget(server: Any, worker: Any) -> None:
    """What an ended process held is no longer held; what it counted stays."""
    from prometheus_client import multiprocess  # only now: loaded before COUNTS is set it counts for one process alone

    multiprocess.mark_process_dead(worker.pid)


class Command(BaseCommand):
    help = "启动网站服务器"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="地址:端口")

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Say where to count before the checks load whatever counts."""
        os.environ[COUNTS] = tempfile.mkdtemp(prefix="policy-metrics-")
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        end_with_supervisor()
        require_cluster()
        Server(options["bind"]).run()
