"""PDF files with a text layer.

They are read by a process of their own (`ingest.reading.pdf.process`), with limits on its memory and time:
a file may be written so that reading it never ends, fills the memory or breaks the reader.
"""

import json
import subprocess
import sys
from pathlib import Path

from ingest.reading.reading import ReadingError

ROOT = Path(__file__).resolve().parents[3]  # where the package `ingest` stands
SECONDS = 150  # for the largest file allowed; an issue takes some four
TOO_LARGE = "PDF 展开后过大，可能是恶意文件，没有读取；请用阅读器打开，另存（打印）为新的 PDF 后再试。"
UNREADABLE = "PDF 文件无法读取，可能已损坏或是恶意文件；请用阅读器打开，另存（打印）为新的 PDF 后再试。"


def pdf_lines(content: bytes) -> tuple[list[str], list[int]]:
    """The lines and the 1-based page of each.

    Raises ReadingError for a scan without text, an encrypted, damaged or hostile file, and one that
    takes more than SECONDS.
    """
    command = [sys.executable, "-m", "ingest.reading.pdf.process"]
    try:
        result = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, cwd=ROOT, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReadingError(
            f"读取 PDF 超过 {SECONDS} 秒，已停止，没有读入；请用阅读器另存为新的 PDF，或拆成几份后再试。"
        ) from error
    try:
        answer = json.loads(result.stdout)
    except ValueError as error:
        raise ReadingError(UNREADABLE) from error
    if "error" in answer:
        raise ReadingError(answer["error"])
    return answer["lines"], answer["pages"]
