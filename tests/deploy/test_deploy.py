"""What is shipped for hosting: manifests that Kubernetes takes, files and settings that exist, one way to start."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from streamlit import config

from dashboard import server

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
KUBERNETES = "1.31"  # and later: these kinds are stable
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
UNIT = (DEPLOY / "defence-ties.service").read_text(encoding="utf-8")
TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file()
}


def manifest(name: str) -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "kubernetes" / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_kubernetes_takes_every_manifest(path: Path) -> None:
    kubernetes_validate.validate(yaml.safe_load(path.read_text(encoding="utf-8")), KUBERNETES, strict=True)


def test_a_manifest_with_an_unknown_word_would_be_seen() -> None:
    wrong = manifest("deployment")
    wrong["spec"]["template"]["spec"]["containers"][0]["redinessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES, strict=True)


def test_manifests_speak_of_the_same_thing() -> None:
    deployment = manifest("deployment")
    pod, name = deployment["spec"]["template"], deployment["metadata"]["name"]
    labels = pod["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == labels
    assert manifest("service")["spec"]["selector"] == labels
    assert manifest("disruption")["spec"]["selector"]["matchLabels"] == labels
    assert manifest("networkpolicy")["spec"]["podSelector"]["matchLabels"] == labels
    assert manifest("autoscaler")["spec"]["scaleTargetRef"]["name"] == name
    (rule,) = manifest("ingress")["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    assert path["backend"]["service"]["name"] == manifest("service")["metadata"]["name"]
    (container,) = pod["spec"]["containers"]
    assert container["envFrom"] == [{"configMapRef": {"name": manifest("settings")["metadata"]["name"]}}]
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert {port["targetPort"] for port in manifest("service")["spec"]["ports"]} <= set(ports)
    assert f"EXPOSE {ports['http']}\n" in DOCKERFILE
    allowed = manifest("settings")["data"]["STREAMLIT_SERVER_ALLOWED_HOSTS"].split(",")
    assert rule["host"] in allowed
    assert {
        probe["httpGet"]["httpHeaders"][0]["value"] for key, probe in container.items() if key.endswith("Probe")
    } <= set(allowed)


def test_nothing_runs_with_more_rights_than_it_needs() -> None:
    pod = manifest("deployment")["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    user = re.search(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)
    assert user
    assert int(user[1]) == pod["securityContext"]["runAsUser"] > 0
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    for name in ("one", "two", "three"):
        assert compose["services"][name]["read_only"] is True
        assert compose["services"][name]["cap_drop"] == ["ALL"]
        assert f"server {name}:8501" in TEXTS["deploy/nginx/replicas.conf"]


def test_probes_ask_for_what_the_server_answers() -> None:
    paths = {route.path for route in server.app._user_routes}  # ty: ignore[missing-attribute]
    (container,) = manifest("deployment")["spec"]["template"]["spec"]["containers"]
    asked = {probe["httpGet"]["path"] for key, probe in container.items() if key.endswith("Probe")}
    asked |= set(re.findall(r"127\.0\.0\.1:8501(/\w+)", DOCKERFILE))
    assert asked == {"/health", "/ready"}
    assert asked <= paths


def test_the_image_is_made_of_files_that_exist_and_are_sent() -> None:
    sent = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    }
    copied = [
        part for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for part in line.split()
    ]
    assert {"app.py", "dashboard", "data", "static", ".streamlit", "requirements.txt"} <= set(copied)
    for name in copied:
        assert (ROOT / name).exists()
        assert name in sent or f"{name}/config.toml" in sent


def test_it_is_started_in_the_same_way_everywhere() -> None:
    in_image = json.loads(DOCKERFILE.rpartition("CMD ")[2])
    in_unit = shlex.split(re.search(r"^ExecStart=(.+)$", UNIT, re.MULTILINE)[1])  # ty: ignore[not-subscriptable]
    by_make = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert in_image[1:] == in_unit[1:] == ["-m", "dashboard.serving"]
    assert "-m dashboard.serving\n" in by_make


def test_every_setting_that_is_named_exists() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "dashboard").rglob("*.py"))
    for text in TEXTS.values():
        for name in set(re.findall(r"DEFENCE_TIES_[A-Z_]+", text)):
            assert f'"{name}"' in code
        for name in set(re.findall(r"STREAMLIT_SERVER_([A-Z_]+)", text)):
            first, *others = name.lower().split("_")
            config.get_option(f"server.{first}{''.join(map(str.title, others))}")


@pytest.mark.skipif(Path("/usr/sbin/nginx").exists(), reason="nginx is installed here, so nothing is fetched")
@pytest.mark.parametrize("has_apt", [False, True])
def test_where_nginx_cannot_be_fetched_the_tests_go_on_without_it(tmp_path: Path, has_apt: bool) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "id", "mkdir", "rm"):
        (tools / name).symlink_to(shutil.which(name) or name)
    if has_apt:  # and it reaches nobody
        for name in ("apt-get", "sudo"):
            (tools / name).write_text("#!/bin/sh\nexit 100\n", encoding="utf-8")
            (tools / name).chmod(0o755)
    shutil.copy(ROOT / "Makefile", tmp_path)
    made = subprocess.run(
        [shutil.which("make") or "make", "-s", "nginx"], cwd=tmp_path, env={"PATH": str(tools)}, capture_output=True, text=True
    )  # fmt: skip
    assert made.returncode == 0
    assert ("left out" in made.stderr) == has_apt
    assert not (tmp_path / "build/nginx/usr/sbin/nginx").exists()


def test_the_unit_has_room_for_a_thread_and_a_file_for_each_page_that_the_server_takes() -> None:
    code = (ROOT / "dashboard" / "serving" / "__main__.py").read_text(encoding="utf-8")
    (most,) = re.findall(r"^MOST = ([\d_]+)", code, re.MULTILINE)
    for name in ("TasksMax", "LimitNOFILE"):
        (room,) = re.findall(rf"^{name}=(\d+)$", UNIT, re.MULTILINE)
        assert int(room) > int(most), name
