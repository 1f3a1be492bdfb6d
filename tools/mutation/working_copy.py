# SPDX-License-Identifier: Apache-2.0
"""A copy of the working tree in a folder of its own, where files are mutated and built."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import List, Set


class Refused(Exception):
    """Bad usage or a tree that cannot be mutated; the message is one line."""


def default_folder(root: Path) -> Path:
    """Below the user's cache directory, one folder for each repository."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "hyperwidth" / "mutate" / hashlib.sha256(str(root).encode()).hexdigest()[:12]


def listed_files(root: Path) -> List[str]:
    """Tracked files and untracked ones that git does not ignore; all files where there is no git repository."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (root / ".git").exists():
        try:
            names = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
        except (OSError, subprocess.CalledProcessError) as error:
            raise Refused(f"git cannot list the files of {root}: {error}") from error
        # A developer's own settings for Bazel, such as a disk cache, hold for the copy too.
        names.append(".bazelrc.user")
    else:
        names = [str(path.relative_to(root)) for path in root.rglob("*")]
    return sorted({name for name in names if name and (root / name).is_file()})


class WorkingCopy:
    """`folder`/tree, locked against a second run until the process ends."""

    def __init__(self, root: Path, folder: Path):
        """Throws Refused if `folder` is in the tree that it copies, cannot be written, or is in use."""
        self.root, self.folder, self.tree = root, folder, folder / "tree"
        if folder.resolve().is_relative_to(root.resolve()):
            raise Refused(f"--work={folder} lies in the tree that it would copy: name a folder outside {root}")
        try:
            self.tree.mkdir(parents=True, exist_ok=True)
            self._lock = open(folder / "lock", "w", encoding="utf-8")
        except OSError as error:
            raise Refused(f"--work={folder} cannot be used: {error.strerror}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused(f"--work={folder} is in use by another run: wait for it or name another folder") from error

    def refresh(self):
        """Makes the copy equal to the tree. Files that are already equal keep their time stamps."""
        names = listed_files(self.root)
        known = self.folder / "files"
        before: Set[str] = set(known.read_text(encoding="utf-8").split("\0")) if known.exists() else set()
        # Listed before written: an interrupted refresh must not leave files that no later one removes.
        known.write_text("\0".join(sorted(before.union(names))), encoding="utf-8")
        for name in sorted(before.difference(names) - {""}):
            (self.tree / name).unlink(missing_ok=True)
        for name in names:
            self._copy(name)
        known.write_text("\0".join(names), encoding="utf-8")

    def _copy(self, name: str):
        source, target = self.root / name, self.tree / name
        content = source.read_bytes()
        mode = source.stat().st_mode & 0o777
        if target.is_file() and not target.is_symlink():
            if target.read_bytes() == content and target.stat().st_mode & 0o777 == mode:
                return
        elif target.is_dir():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        target.chmod(mode)

    def write(self, name: str, content: bytes):
        """Overwrites a file of the copy, in place."""
        (self.tree / name).write_bytes(content)
