"""Marks for tests of what only some systems have; each says why it is left out elsewhere."""

from __future__ import annotations

import os
import sys

import pytest

posix_only = pytest.mark.skipif(
    os.name == "nt", reason="shells, pipes, limits and permission bits of POSIX"
)
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="about a Linux system")
not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="about other systems")
windows_only = pytest.mark.skipif(sys.platform != "win32", reason="about Windows")
