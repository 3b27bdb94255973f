"""The source files of the working tree, or of a git revision, as text."""

import io
import os
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from scripts.structure.modules import Module

ROOTS = ("src", "tests", "bench", "scripts", "frontend")
SUFFIXES = frozenset({".py", ".ts", ".tsx", ".css", ".toml"})
NOT_OURS = frozenset({"node_modules", "dist", "static", "__pycache__"})
"""Folders of what was installed or built."""


@dataclass(frozen=True)
class Sources:
    files: Mapping[str, str]
    """Text by path, relative to the repository, with forward slashes."""

    @cached_property
    def python(self) -> tuple[Module, ...]:
        """Every Python file, parsed, in the order of paths."""
        return tuple(
            Module.parse(path, self.files[path]) for path in sorted(self.files) if path.endswith(".py")
        )

    @cached_property
    def package(self) -> Mapping[str, Module]:
        """The modules of the program under `src/`, by dotted name."""
        return {module.name: module for module in self.python if module.path.startswith("src/")}

    def resolve(self, dotted: str) -> str:
        """Where a name is defined, followed through modules that only pass it on."""
        seen = set()
        while dotted not in seen and dotted not in self.package:
            seen.add(dotted)
            module, _, name = dotted.rpartition(".")
            if module not in self.package:
                break
            dotted = self.package[module].imported.get(name, dotted)
        return dotted


def of_working_tree(root: Path) -> Sources:
    return Sources({path: (root / path).read_text(encoding="utf-8") for path in _paths(root)})


def of_revision(root: Path, revision: str) -> Sources:
    """Raises `CalledProcessError` where git does not know the revision."""
    command = ["git", "archive", "--format=tar", revision]
    packed = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE).stdout
    files = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            content = archive.extractfile(member) if _is_measured(member.name) else None
            if content is not None:
                files[member.name] = content.read().decode()
    return Sources(files)


def _paths(root: Path) -> Iterator[str]:
    for top in ROOTS:
        for folder, folders, names in os.walk(root / top):
            folders[:] = [name for name in folders if name not in NOT_OURS]
            paths = ((Path(folder) / name).relative_to(root).as_posix() for name in names)
            yield from filter(_is_measured, paths)


def _is_measured(path: str) -> bool:
    parts = PurePosixPath(path)
    return parts.parts[0] in ROOTS and parts.suffix in SUFFIXES and NOT_OURS.isdisjoint(parts.parts)
