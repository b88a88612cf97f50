"""What people and programs are told while the database cannot serve them."""

import errno

from django.db import InterfaceError, OperationalError
from psycopg.errors import DiskFull

AWAY = (OperationalError, InterfaceError)  # what Django raises then
REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘是只读的",
    errno.EADDRINUSE: "已被占用",
}
BACK = 10  # seconds after which to try again


def is_disk_full(error: BaseException) -> bool:
    """Whether it is the database that has no room to write."""
    return isinstance(error.__cause__, DiskFull)


def words_for(error: BaseException) -> str:
    """What to say of one of AWAY; nothing of its inside."""
    if is_disk_full(error):
        return "服务器的磁盘已满，没有写入任何内容；请在有空间后再试。"
    return "数据库暂时不可用，请稍后再试。"


def reason(error: OSError) -> str:
    """Why a file or an address cannot be used; in the system's own words where it is nothing usual."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)
