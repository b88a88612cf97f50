"""Who uses the site in `benchmarks.load`: readers, a program, and one editor who uploads (locust runs this file).

What they ask for stands in the JSON file that the variable LOAD names, see `benchmarks.load.asked`; what the editor
uploads, in the folder COPIES.
"""

import json
import os
import random
from pathlib import Path
from typing import Any

from gevent import sleep
from locust import FastHttpUser, between, task
from urllib3 import encode_multipart_formdata

DICE = random.Random()  # noqa: S311 nothing secret is drawn
ASKED: dict[str, Any] = json.loads(Path(os.environ["LOAD"]).read_text())
UNDER_WAY = ("queued", "running")


class Reader(FastHttpUser):
    """Reads a page, thinks a second or three, and goes on."""

    weight = 4
    wait_time = between(1, 3)

    def see(self, kind: str, path: str) -> None:
        self.client.get(path, name=kind)

    @task(6)
    def search(self) -> None:
        self.see("search", f"/search/?{DICE.choice(ASKED['queries'])}")

    @task(2)
    def suggestions(self) -> None:
        self.see("suggestions", f"/search/suggestions/?q={DICE.choice(ASKED['typed'])}")

    @task(6)
    def policy(self) -> None:
        self.see("policy", DICE.choice(ASKED["policies"]))

    @task(2)
    def region(self) -> None:
        self.see("region", DICE.choice(ASKED["regions"]))

    @task(2)
    def agency(self) -> None:
        self.see("agency", DICE.choice(ASKED["agencies"]))

    @task(3)
    def browse(self) -> None:
        self.see("lists", DICE.choice(("/", "/policies/", "/issues/", "/regions/", "/agencies/", "/topics/")))

    @task(1)
    def targets(self) -> None:
        self.see("targets", "/targets/")


class Program(FastHttpUser):
    """Asks the API without a key."""

    weight = 1
    wait_time = between(1, 3)

    @task(4)
    def lists(self) -> None:
        kind = DICE.choice(("policies", "provisions", "targets", "responsibilities", "obligations"))
        self.client.get(f"/api/v1/{kind}/", name="API list")

    @task(2)
    def searches(self) -> None:
        self.client.get(f"/api/v1/search/?{DICE.choice(ASKED['queries'])}", name="API search")

    @task(1)
    def follows(self) -> None:
        self.client.get("/api/v1/changes/?page_size=50", name="API changes")


class Editor(FastHttpUser):
    """Uploads an issue that is new, follows its run to the end, and looks at the desk."""

    fixed_count = 1
    wait_time = between(10, 20)

    def on_start(self) -> None:
        self.issues = iter(sorted(Path(os.environ["COPIES"]).iterdir()))
        self.headers = {"Authorization": f"Bearer {ASKED['key']}"}

    @task
    def uploads(self) -> None:
        issue = next(self.issues)
        body, kind = encode_multipart_formdata({"file": (issue.name, issue.read_bytes())})
        headers = {**self.headers, "Content-Type": kind}
        run = self.client.post("/api/v1/runs/", data=body, headers=headers, name="upload").json()["runs"][0]["id"]
        while self.state(run) in UNDER_WAY:
            sleep(2)

    def state(self, run: str) -> str:
        """The state of a run; one that fails is a failure of this load."""
        path = f"/api/v1/runs/{run}/"
        with self.client.get(path, headers=self.headers, name="follow a run", catch_response=True) as answer:
            state = str(answer.json()["state"])
            if state not in (*UNDER_WAY, "done"):
                answer.failure(f"the run ended as {state}")
        return state
