"""What never reaches Django, because gunicorn cannot read it as a request: it is answered in Chinese, or given up."""

import logging
import socket
import struct
from typing import Any

from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

REFUSALS = {  # what never reaches Django, by what gunicorn raises
    errors.InvalidResponseHeader: None,  # our own fault: gunicorn answers 500 and logs it
    errors.InvalidResponseHeaderName: None,
    errors.LimitRequestLine: (414, "URI Too Long", "地址太长了。检索的词请少写一些。"),
    errors.LimitRequestHeaders: (431, "Request Header Fields Too Large", "请求的头部太大。请清除本站的 Cookie 再试。"),
    errors.ParseException: (400, "Bad Request", "请求无法理解。"),
}


SILENCE = 20  # seconds without a byte sent or taken, after which a client is given up


class Worker(ThreadWorker):
    """Gunicorn's, which says in Chinese, and without repeating it, what it cannot take, and does not wait for ever."""

    def init_process(self) -> None:
        self.log.error_log.addFilter(_is_no_silence)
        super().init_process()

    def handle(self, conn: Any) -> Any:
        """Otherwise a client that stops in the middle would hold one of the few threads as long as it likes."""
        for way in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            conn.sock.setsockopt(socket.SOL_SOCKET, way, struct.pack("ll", SILENCE, 0))
        return super().handle(conn)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        refusal = next((said for kind, said in REFUSALS.items() if isinstance(exc, kind)), None)
        if refusal is None:
            super().handle_error(req, client, addr, exc)
            return
        status, reason, words = refusal
        body = f"{words}\n".encode()
        head = f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
        head += f"X-Content-Type-Options: nosniff\r\nContent-Length: {len(body)}\r\n\r\n"
        try:
            util.write_nonblock(client, head.encode() + body)
        except OSError:
            self.log.debug("who asked did not wait for the answer")


def _is_no_silence(record: logging.LogRecord) -> bool:
    """Whether a line of the log tells of more than a client that was given up, a failure to gunicorn."""
    return not (record.exc_info and isinstance(record.exc_info[1], BlockingIOError))
