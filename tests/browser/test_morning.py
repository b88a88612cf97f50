"""An editor's whole morning, on the whole site with its own worker, indexer and database."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import DESK, window
from tests.running import Running, free_port, programs

pytestmark = [pytest.mark.browser, pytest.mark.shared]
SOON = 60_000  # milliseconds; a machine under load is slow, not wrong
OLD, NEW = "山东省大数据局", "山东省工业和信息化厅"


@pytest.fixture
def running(tmp_path) -> Iterator[Running]:
    with programs() as started:
        started.append(Running(tmp_path / "var", free_port()))
        yield started[0]


def test_from_upload_to_a_new_version(chromium, running, shared, tmp_path):
    with window(chromium, DESK) as (page, complaints):
        page.set_default_timeout(SOON)
        log_in(page, running)

        upload(page, running, *sorted((shared / "issues").glob("*.txt")))
        expect(page.get_by_role("status")).to_contain_text("完成 2", timeout=SOON)

        answers = clear_ten(page, running)
        assert sum(len(keys) for keys in answers) <= 24
        corrected = decided(page, running)

        swap_agency(page, running)
        assert decided(page, running) != corrected
        page.goto(f"{running.address}desk/actions/?verb=correct")
        page.locator("tbody a").first.click()
        page.get_by_role("button", name="撤销这一步").click()
        expect(page.locator("main")).to_contain_text("已撤销")
        assert decided(page, running) == corrected

        page.goto(f"{running.address}desk/issues/2023-48/")
        page.get_by_role("button", name="发布", exact=True).click()
        if page.get_by_role("button", name="仍要发布").count():
            page.get_by_role("button", name="仍要发布").click()
        expect(page.locator("h1")).to_contain_text("已发布")

        upload(page, running, changed_issue(shared, tmp_path))
        expect(page.locator("#progress")).to_contain_text("采用后会改变什么", timeout=SOON)
        page.get_by_role("button", name="采用这个版本").click()
        expect(page.locator("#progress")).to_contain_text("已用这个文件替换", timeout=SOON)
        assert decided(page, running) == corrected
        assert complaints == []


def log_in(page: Page, running: Running) -> None:
    password = re.search(r"密码：(\S+)", running.wait_until_up())
    assert password
    page.goto(f"{running.address}login/")
    page.locator("input[name=username]").fill("editor")
    page.locator("input[name=password]").fill(password[1])
    page.locator("main").get_by_role("button").click()


def upload(page: Page, running: Running, *files: Path) -> None:
    page.goto(f"{running.address}desk/upload/")
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="上传并入库").click()


def clear_ten(page: Page, running: Running) -> list[list[str]]:
    """Answer ten questions by keyboard alone: seven are right, two are none, one is corrected; the keys
    that each took."""
    page.goto(f"{running.address}desk/review/?kind=target")
    with page.expect_navigation():
        page.get_by_role("link", name="逐条审核").click()
    answers = []
    for number in range(10):
        page.wait_for_load_state()  # before its script is there, a page does not know the keys
        address = page.url
        keys = ["r" if number in (2, 7) else "c"]
        if number == 4:
            keys = ["e", "End", "（", "改", "）", "Control+Enter"]
        for key in keys:
            if len(key) == 1 and not key.isascii():
                page.keyboard.insert_text(key)
            else:
                page.keyboard.press(key)
        page.wait_for_function("address => location.href !== address", arg=address)
        answers.append(keys)
    return answers


def decided(page: Page, running: Running) -> list[str]:
    """How many records of the issues are in which state of review, as their pages at the desk show it."""
    rows = []
    for issue in ("2023-9", "2023-48"):
        page.goto(f"{running.address}desk/issues/{issue}/")
        rows += page.locator("section[aria-labelledby=completeness] tbody tr").all_inner_texts()
    return rows


def swap_agency(page: Page, running: Running) -> None:
    """One agency in the place of another in all of the issue's responsibilities, in one step."""
    page.goto(f"{running.address}desk/records/responsibility/?agency={OLD}")
    page.get_by_label("选择", exact=True).select_option("all")
    page.get_by_label("做什么").select_option("swap")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("原来的部门").select_option(label=OLD)
    page.get_by_label("换成").fill(NEW)
    page.get_by_role("button", name="预览").click()
    page.get_by_role("button", name=re.compile("执行")).click()


def changed_issue(shared: Path, folder: Path) -> Path:
    """The issue with an empty line more at its beginning and a clause of another policy cut short: another version."""
    lines = (shared / "issues" / "2023-48.txt").read_text(encoding="utf-8").split("\n")
    longest = max(range(len(lines)), key=lambda number: len(lines[number]))
    lines[longest] = lines[longest][:-20]
    file = folder / "2023-48-new.txt"
    file.write_text("\n".join(["", *lines]), encoding="utf-8")
    return file
