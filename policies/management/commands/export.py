"""`manage.py export WHAT`: records of a kind, or one policy, as a file."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from rest_framework.exceptions import APIException

from config.existence import require_base
from config.faults import reason
from policies.api.exports import find_document, find_format, select

DOCUMENT = "policies/"


class Command(BaseCommand):
    help = "把一类记录（targets.csv）或一篇政策（policies/网址名.docx）导出为文件，筛选与格式同 API 的 /api/v1/exports/"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", metavar="WHAT", help="如 targets.csv、policies/浙江-2031-行动计划.xml")
        parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help="写到这个文件；默认写到标准输出")
        parser.add_argument("--where", metavar="名=值", action="append", default=[], help="筛选，如 region=330000")
        parser.add_argument("--published", action="store_true", help="只导出已发布的，即读者可见的")
        parser.add_argument("--site", default=settings.SITE_URL, metavar="网址", help="网址所属的网站（默认 SITE_URL）")

    def handle(self, *args: Any, **options: Any) -> None:
        require_base()
        user = AnonymousUser() if options["published"] else User(is_staff=True)
        try:
            blocks = _blocks(options["what"], options["where"], user, options["site"].rstrip("/"))
            if options["file"] is None:
                sys.stdout.buffer.writelines(blocks)
            else:
                _write(options["file"], blocks)
        except APIException as error:
            raise CommandError(str(error.detail), returncode=2) from error
        except OSError as error:
            raise CommandError(f"无法写入 {options['file']}：{reason(error)}", returncode=1) from error


def _blocks(what: str, where: list[str], user: Any, root: str) -> Iterable[bytes]:
    name, _, ending = what.rpartition(".")
    if name.startswith(DOCUMENT):
        policy, document = find_document(name.removeprefix(DOCUMENT), ending, user)
        return [document.write(policy, user, root)]
    kind, made = find_format(name, ending)
    parameters = QueryDict(mutable=True)
    for condition in where:
        key, _, value = condition.partition("=")
        parameters.appendlist(key, value)
    return made.write(select(kind, parameters, user, root))


def _write(path: Path, blocks: Iterable[bytes]) -> None:
    """The file whole, or none: it is written beside its place and moved there."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("wb") as file:
            file.writelines(blocks)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)  # a full disk, say, gets its room back
        raise
