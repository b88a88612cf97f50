"""PDF files with a text layer.

They are read by a process of their own (`ingest.reading.pdf.process`), with limits on its memory and time:
a file may be written so that reading it never ends, fills the memory or breaks the reader.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path

from ingest.reading.reading import ReaderEndedError, ReadingError

ROOT = Path(__file__).resolve().parents[3]  # where the package `ingest` stands
SECONDS = 140  # of processor time for the largest file; an issue takes some four
LEAST, PACE = 20, 10_000  # seconds of processor time for the smallest file, and one more for so many bytes
PATIENCE = 10  # times those seconds by the clock: the machine may be busy, the file make the reader wait
FROM_OUTSIDE = (-signal.SIGTERM, -signal.SIGKILL, -signal.SIGINT, -signal.SIGHUP)  # a shutdown, want of memory
TOO_LARGE = "PDF 展开后过大，可能是恶意文件，没有读取；请用阅读器打开，另存（打印）为新的 PDF 后再试。"
TOO_SLOW = "读取 PDF {}，已停止，没有读入；请用阅读器另存为新的 PDF，或拆成几份后再试。"
UNREADABLE = "PDF 文件无法读取，可能已损坏或是恶意文件；请用阅读器打开，另存（打印）为新的 PDF 后再试。"
ENDED = "读取 PDF 的进程被系统中止（正在关机，或内存不足），没有读入"


def pdf_lines(content: bytes) -> tuple[list[str], list[int]]:
    """The lines and the 1-based page of each.

    Raises ReadingError for a scan without text, an encrypted, damaged or hostile file, and one that
    takes longer than a file of its size may, of processor time or by the clock; its ReaderEndedError where neither
    the file nor these limits ended the reader.
    """
    seconds = min(LEAST + len(content) // PACE, SECONDS)
    command = [sys.executable, "-m", "ingest.reading.pdf.process", str(seconds)]
    waiting = seconds * PATIENCE
    try:
        result = subprocess.run(command, input=content, capture_output=True, cwd=ROOT, timeout=waiting, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReadingError(TOO_SLOW.format(f"等待超过 {waiting} 秒")) from error
    if result.returncode == -signal.SIGXCPU:
        raise ReadingError(TOO_SLOW.format(f"占用处理器超过 {seconds} 秒"))
    if result.returncode in FROM_OUTSIDE:
        raise ReaderEndedError(f"{ENDED}；请稍后再试。")
    try:
        answer = json.loads(result.stdout)
    except ValueError as error:
        raise ReadingError(UNREADABLE) from error
    if "error" in answer:
        raise ReadingError(answer["error"])
    return answer["lines"], answer["pages"]
