"""The files of deploy/ start commands that there are, and hold before the verifiers that are installed here."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
import yaml

from flows.cli import app

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "marbre.service").read_text("utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def commands() -> dict[str, list[str]]:
    """The words after `marbre` in each file."""
    [started] = re.findall(r"^ExecStart=(.+)$", UNIT, re.MULTILINE)
    [default] = re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)
    return {
        "marbre.service": shlex.split(started)[1:],
        "Dockerfile": json.loads(default),
        "compose.yaml": COMPOSE["services"]["marbre"]["command"],
    }


@pytest.mark.parametrize("file", ["marbre.service", "Dockerfile", "compose.yaml"])
def test_each_file_starts_a_schedule_that_the_command_line_takes(file):
    name, *words = commands()[file]
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    given = command.make_context(name, list(words)).params
    assert given["timezone"] == "Europe/Paris"
    assert (given["cron"] is None) != (given["every"] is None)


def test_what_the_image_copies_is_there_and_all_packages_are_copied():
    copied = {word for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE) for word in line.split()[:-1]}
    assert all((ROOT / name).exists() for name in copied)
    assert {"schemas", "transforms", "warehouse", "flows", "requirements.lock", "pyproject.toml"} <= copied


def test_the_paths_of_the_compose_file_lead_to_the_image_and_its_folders():
    service = COMPOSE["services"]["marbre"]
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    inside = [volume.split(":")[1] for volume in service["volumes"]]
    assert inside == ["/data/inbox", "/data/warehouse"]
    assert f"ENV MARBRE_WAREHOUSE={inside[1]}/" in DOCKERFILE


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_systemd_takes_the_unit(tmp_path):
    unit = tmp_path / "marbre.service"
    # it looks whether the program is there: another one that is
    unit.write_text(UNIT.replace("/opt/marbre/.venv/bin/marbre", sys.executable))
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    about_ours = [line for line in done.stderr.splitlines() if "marbre.service" in line]
    assert (done.returncode, about_ours) == (0, [])


@pytest.mark.skipif(not shutil.which("hadolint"), reason="hadolint is not installed here")
def test_hadolint_takes_the_dockerfile():
    done = subprocess.run(["hadolint", DEPLOY / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_docker_compose_takes_the_file():
    command = ["docker", "compose", "-f", str(DEPLOY / "compose.yaml")]
    if not shutil.which("docker") or subprocess.run([*command, "version"], capture_output=True, check=False).returncode:
        pytest.skip("docker compose is not installed here")
    done = subprocess.run([*command, "config", "--quiet"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
