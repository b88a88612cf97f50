"""`manage.py worker`: the process that ingests uploaded files."""

import warnings
from typing import Any

from celery.exceptions import SecurityWarning
from django.core.management.base import BaseCommand

from config.celery import app
from config.embedded.base import is_private
from config.existence import require_cluster
from config.supervision import end_with_supervisor


class Command(BaseCommand):
    help = "启动任务进程：处理上传的文件，并接手中断的处理"

    def handle(self, *args: Any, **options: Any) -> None:
        end_with_supervisor()
        require_cluster()
        if is_private():  # somebody tries it, maybe as root
            warnings.filterwarnings("ignore", category=SecurityWarning)
        # One run at a time in this very process: nothing to fork, and a kill ends all of it.
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")  # there is nobody to talk to
        app.worker_main(["--quiet", "worker", "--pool=solo", "--loglevel=info", *quiet])
