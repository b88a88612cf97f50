"""`manage.py start`: set everything up, then run web server, worker and indexer together."""

import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.faults import reason
from config.setup import first_account, prepare
from config.supervision import Supervisor

PATIENCE = 60  # seconds for the web server to answer for the first time
LAST_PORT = 65535
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StoppedError(BaseException):
    """Somebody asked us to end; no Exception, which those who go on after a failed file would catch."""


def _stop(signum: int, frame: FrameType | None) -> None:
    raise StoppedError


class Command(BaseCommand):
    help = "准备好一切并启动知识库：网站、任务进程和索引进程"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="地址:端口")
        parser.add_argument("--issues", type=Path, metavar="路径", help="另外入库并发布的文件或文件夹，各一次")

    def handle(self, *args: Any, **options: Any) -> None:
        bind, issues = options["bind"], options["issues"]
        if issues and not issues.exists():
            raise CommandError(f"没有这个文件或文件夹：{issues}", returncode=2)
        _require_free(bind)
        for number in ENDING:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # which is nohup's wish
                signal.signal(number, _stop)
        supervisor = Supervisor()
        try:
            self._set_up(issues)
            self._serve(supervisor, bind)
        except StoppedError:
            self.stdout.write("正在停止……")
        finally:
            for number in ENDING:
                signal.signal(number, signal.SIG_IGN)
            supervisor.stop()

    def _set_up(self, issues: Path | None) -> None:
        prepare()
        self._ingest(settings.FIXTURES / "samples")
        if issues:
            self._ingest(issues)
        call_command("index", "update", verbosity=0)
        account = first_account()
        if account:
            name, password = account
            self.stdout.write(f"管理员账号：{name}    密码：{password}    （只显示这一次，请记下）")

    def _ingest(self, path: Path) -> None:
        try:
            call_command("ingest", str(path), publish=True, at_start=True)
        except CommandError as error:
            self.stderr.write(f"有文件没有入库，其余照常提供：{error}")

    def _serve(self, supervisor: Supervisor, bind: str) -> None:
        supervisor.start("web", "--bind", bind)
        address = f"http://{bind}/"
        deadline = time.monotonic() + PATIENCE
        while not _answers(f"{address}healthz"):
            if time.monotonic() > deadline:
                raise CommandError(f"网站在 {PATIENCE} 秒内没有启动，请查看上面的日志。")
            supervisor.restart_dead()
            time.sleep(0.05)
        supervisor.start("worker")  # only now, so that people wait for no more than the pages need
        supervisor.start("indexer")
        self.stdout.write(f"知识库已启动：{address}    （按 Ctrl-C 停止）")
        while True:
            time.sleep(1)
            for name in supervisor.restart_dead():
                self.stderr.write(f"{name} 意外退出，已重新启动。")


def _answers(address: str) -> bool:
    """Whether the site answers, be it only that it does not go by this host name (ALLOWED_HOSTS)."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 the address is ours
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        return error.code == 400
    except (urllib.error.URLError, OSError):
        return False


def _require_free(bind: str) -> None:
    """Raise CommandError if somebody listens there already, before any work is done."""
    host, _, port = bind.rpartition(":")
    if not host or not port.isdecimal() or int(port) > LAST_PORT:
        raise CommandError(f"地址应写作 127.0.0.1:8000，而不是 {bind}", returncode=2)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise CommandError(
                f"{bind} 不能使用（{reason(error)}）：知识库可能已在运行。"
                "要用别的端口，请写 manage.py start --bind 127.0.0.1:8001，或 make run BIND=127.0.0.1:8001。"
            ) from error
