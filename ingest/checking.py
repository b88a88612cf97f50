"""The check between parsing and loading: is there anything to load?"""

from ingest.records import ParsedFile


class CheckError(Exception):
    """A parse that is not worth loading; the message is Chinese."""


def check(parsed: ParsedFile) -> None:
    """Raise CheckError where nothing was read.  What is doubtful in a parse, it says itself (`parsed.warnings`)."""
    if not any(policy.provisions for policy in parsed.policies):
        raise CheckError("没有从中读出任何条款：它可能不是一期《大数据发展动态》，也不是一份政策文件。")
