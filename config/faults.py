"""What people and programs are told while the database cannot serve them."""

from django.db import InterfaceError, OperationalError
from psycopg.errors import DiskFull

AWAY = (OperationalError, InterfaceError)  # what Django raises then
BACK = 10  # seconds after which to try again


def is_disk_full(error: BaseException) -> bool:
    """Whether it is the database that has no room to write."""
    return isinstance(error.__cause__, DiskFull)


def words_for(error: BaseException) -> str:
    """What to say of one of AWAY; nothing of its inside."""
    if is_disk_full(error):
        return "服务器的磁盘已满，没有写入任何内容；请在有空间后再试。"
    return "数据库暂时不可用，请稍后再试。"
