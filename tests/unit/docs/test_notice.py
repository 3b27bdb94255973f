"""NOTICE names every package that is installed for running, and every one in the built pages."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8").lower()


def _is_named(package: str) -> bool:
    scope = package.partition("/")[0]
    return re.search(rf"(?<![\w@/.-]){re.escape(package)}(?![\w-])", NOTICE) is not None or (
        package.startswith("@") and f"{scope}/*" in NOTICE
    )


def test_every_python_package_at_run_time_is_named() -> None:
    locks = [(ROOT / "requirements" / f"{name}.lock").read_text() for name in ("run", "model")]
    packages = re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[.*?\])?==", "\n".join(locks), re.MULTILINE)
    assert len(packages) > 50
    assert [package for package in packages if not _is_named(package.lower())] == []


def test_every_package_in_the_pages_is_named() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    packages = {
        path.rpartition("node_modules/")[2]
        for path, package in lock["packages"].items()
        if "node_modules/" in path and not any(package.get(kind) for kind in ("dev", "devOptional", "link"))
    }
    assert len(packages) > 50
    assert sorted(package for package in packages if not _is_named(package.lower())) == []
