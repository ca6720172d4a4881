"""Errors as Windows reports them, on any system."""

from __future__ import annotations

import errno

USER_MAPPED_FILE = 1224


def in_use(number: int = 32, path: str | None = None) -> OSError:
    """A file that another program has open; ``number`` is the reason, by default a sharing mode."""
    # What the C library makes of it says less: Python's table in PC/errmap.h.
    code = errno.EINVAL if number == USER_MAPPED_FILE else errno.EACCES
    error = OSError(code, "The process cannot access the file", path)
    error.winerror = number
    return error
