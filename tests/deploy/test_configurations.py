"""What deploy/ says is so: commands, settings, files, ports and volumes that it names are the program's."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from ingest.intake import TOTAL

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("policy*.service"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
OF_OTHERS = {"POSTGRES_PASSWORD"}  # that only PostgreSQL's own image and the address of the database need


def settings_of_the_program() -> set[str]:
    source = (ROOT / "config/settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'\benv\.\w+\(\s*"(\w+)"', source))


def example() -> dict[str, str]:
    lines = (DEPLOY / "env.example").read_text(encoding="utf-8").splitlines()
    settings = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {name: "".join(shlex.split(value)) for name, value in settings}


def parsed(command: list[str]) -> dict:
    """The options of a command of manage.py, read by its own parser."""
    name, *arguments = command
    loaded = load_command_class(get_commands()[name], name)
    return vars(loaded.create_parser("manage.py", name).parse_args(arguments))


def test_env_example_names_settings_and_no_secret():
    given = example()
    assert given.keys() <= settings_of_the_program() | OF_OTHERS
    assert {"SECRET_KEY", "METRICS_TOKEN", "POSTGRES_PASSWORD"} <= {name for name, value in given.items() if not value}


def test_an_address_with_parameters_is_read_by_a_shell_too(tmp_path):
    text = (DEPLOY / "env.example").read_text(encoding="utf-8")
    parameters = "?sslmode=require&connect_timeout=9"
    (tmp_path / "env").write_text(text.replace("/policy'", f"/policy{parameters}'"), encoding="utf-8")
    script = f'set -a && . "{tmp_path}/env" && printenv DATABASE_URL'
    said = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout
    assert said == f"{example()['DATABASE_URL']}{parameters}\n"


def test_compose_sets_settings_and_runs_commands_of_the_program():
    ours = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "policy"}
    assert {"prepare", "web", "worker", "indexer"} <= ours.keys()
    for service in ours.values():
        assert service["environment"].keys() <= settings_of_the_program()
        parsed(service["command"])
        assert service["read_only"]
        assert service["env_file"] == ".env"
    # What the example says for systemd would be wrong in a container.
    for name in ("DATABASE_URL", "CELERY_BROKER_URL", "POLICY_VAR"):
        assert name in ours["web"]["environment"]
        assert ours["web"]["environment"][name] != example()[name]


def test_compose_bounds_the_lines_of_every_service():
    assert all(service["logging"]["driver"] == "local" for service in COMPOSE["services"].values())


def test_postgresql_is_ready_when_it_answers_by_network():
    """While it is set up first, a server answers on its socket alone, and goes again."""
    assert "--host=127.0.0.1" in COMPOSE["services"]["postgres"]["healthcheck"]["test"]


def test_backups_go_where_their_age_is_measured():
    """config.backup.taking.age looks into POLICY_VAR/backups."""
    by_compose = parsed(COMPOSE["services"]["backup"]["command"])["target"]
    assert by_compose == Path("var/backups")
    by_systemd = parsed(dict(commands_of_units())["policy-backup"])["target"]
    assert by_systemd == Path(example()["POLICY_VAR"]) / "backups"


def test_compose_asks_for_nothing_that_the_example_does_not_name():
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    assert asked <= example().keys()


def test_compose_services_find_each_other():
    services = COMPOSE["services"]
    ours = services["web"]["environment"]
    for name, port in (("DATABASE_URL", 5432), ("CELERY_BROKER_URL", 6379)):
        address = urlsplit(re.sub(r"\$\{.*?\}", "x", ours[name]))
        assert address.hostname in services
        assert address.port == port
    host, port = services["proxy"]["environment"]["UPSTREAM"].split(":")
    assert host in services
    assert parsed(services["web"]["command"])["bind"].endswith(f":{port}")
    assert f"127.0.0.1:{port}/healthz" in str(services["web"]["healthcheck"])
    for service in services.values():
        waited_for = service.get("depends_on", {})
        assert waited_for.keys() <= services.keys()
        assert all(
            "healthcheck" in services[n] for n, how in waited_for.items() if how["condition"] == "service_healthy"
        )


def test_compose_volumes_are_declared_and_files_are_there():
    used = [volume.split(":") for service in COMPOSE["services"].values() for volume in service.get("volumes", [])]
    assert {source for source, *_ in used if source[0] not in "./"} == COMPOSE["volumes"].keys()
    assert all((DEPLOY / source).is_file() for source, *_ in used if source.startswith("."))
    home = COMPOSE["services"]["web"]["environment"]["POLICY_VAR"]
    kept = [target for source, target, *_ in used if source == "index"]
    assert set(kept) == {f"{home}/index"}, "POLICY_VAR/index is what the processes share"
    prepared = f"prepare --static && mkdir {' '.join(sorted(written_in_containers(home)))}"
    before, _, _ = dockerfile().partition(prepared)
    assert "\nUSER policy\n" in before, "who reads them made the files of var/"


def written_in_containers(home: str) -> set[str]:
    """The folders of the image that volumes lie over, and so take their owner from."""
    ours = [service for service in COMPOSE["services"].values() if service.get("image") == "policy"]
    targets = {volume.split(":")[1] for service in ours for volume in service["volumes"]}
    return {f"var/{Path(target).relative_to(home)}" for target in targets}


def dockerfile() -> str:
    return (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_holds_the_program_and_nothing_else():
    copied = {
        word.rstrip("/") for line in re.findall(r"(?m)^COPY (?!--from)(.*) \S+$", dockerfile()) for word in line.split()
    }
    assert all((ROOT / name).exists() for name in copied)
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert packages | {"config", "templates", "static", "fixtures", "manage.py"} <= copied
    admitted = set(re.findall(r"(?m)^!(\S+)$", (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")))
    assert admitted == copied
    assert "--require-hashes" in dockerfile()
    assert re.search(r"(?m)^USER policy$", dockerfile())
    for command in re.findall(r"python manage\.py ([^&\\\n]+)", dockerfile()):
        parsed(shlex.split(command))


def test_the_image_can_back_up_the_server_of_compose():
    server = re.match(r"postgres:(\d+)", COMPOSE["services"]["postgres"]["image"])
    assert server is not None
    assert f"postgresql-client-{server[1]}" in dockerfile()


def commands_of_units() -> list[tuple[str, list[str]]]:
    return [
        (unit.stem, shlex.split(command))
        for unit in UNITS
        for command in re.findall(
            r"(?m)^ExecStart=/usr/bin/env \.venv/bin/python manage\.py (.+)$", unit.read_text(encoding="utf-8")
        )
    ]


def test_units_run_commands_of_the_program():
    commands = dict(commands_of_units())
    assert {"policy-prepare", "policy-web", "policy-worker", "policy-indexer", "policy-backup"} == commands.keys()
    for _, command in commands_of_units():
        parsed(command)
    upstream = re.search(r"\{\$UPSTREAM:([\d.:]+)\}", (DEPLOY / "Caddyfile").read_text(encoding="utf-8"))
    assert upstream is not None
    assert parsed(commands["policy-web"])["bind"] == upstream[1]


def test_systemd_lets_the_worker_end_itself_what_it_started():
    unit = (DEPLOY / "systemd/policy-worker.service").read_text(encoding="utf-8")
    assert re.search(r"(?m)^KillMode=mixed$", unit), "or the reader of a PDF would end before the run that needs it"


def test_old_backups_that_cannot_be_cleared_away_are_no_reason_for_another():
    unit = (DEPLOY / "systemd/policy-backup.service").read_text(encoding="utf-8")
    assert re.search(r"(?m)^ExecStart=-/usr/bin/find /var/lib/policy/backups -maxdepth 1 ", unit)


def test_all_that_serves_ends_with_the_site():
    """What prepared it too, or an older release would start over the static files of a newer one."""
    ending = {unit.stem for unit in UNITS if "\nPartOf=policy.target\n" in unit.read_text(encoding="utf-8")}
    assert ending == {unit.stem for unit in UNITS} - {"policy-backup"}


def test_units_and_the_example_agree_where_things_are():
    common = (DEPLOY / "systemd/policy-.service.d/common.conf").read_text(encoding="utf-8")
    assert example()["POLICY_VAR"] == "/var/lib/" + re.findall(r"(?m)^StateDirectory=(\w+)$", common)[0]
    assert "EnvironmentFile=/etc/policy/env" in common


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_takes_the_units(tmp_path):
    for file in (DEPLOY / "systemd").rglob("policy*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8").replace("/usr/bin/env ", "/bin/true ")
            place = tmp_path / file.relative_to(DEPLOY / "systemd")
            place.parent.mkdir(exist_ok=True)
            place.write_text(text, encoding="utf-8")
    shutil.copytree(DEPLOY / "systemd/policy-.service.d", tmp_path / "policy-.service.d", dirs_exist_ok=True)
    units = [unit.name for unit in tmp_path.glob("policy*") if unit.is_file()]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"}, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("caddy"), reason="no caddy here")
def test_caddy_takes_its_configuration(tmp_path):
    done = subprocess.run(
        ["caddy", "adapt", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"],
        env=os.environ | {"SITE_URL": "https://policy.example.org", "HOME": str(tmp_path)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for said in ('"policy.example.org"', '"127.0.0.1:8000"', "{http.request.uuid}"):
        assert said in done.stdout


def test_the_proxy_lets_uploads_pass_and_nothing_larger():
    bound = re.search(r"header_regexp Content-Length (\S+)", (DEPLOY / "Caddyfile").read_text(encoding="utf-8"))
    assert bound is not None
    form = 1024**2  # that the files come in
    assert not re.search(bound[1], str(TOTAL + form))
    assert all(re.search(bound[1], str(length)) for length in (110_000_000, 200 * 1024**2, 10**12))
