"""Keyrings that stand for good and bad ones."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import keyring.errors
from keyring.backend import KeyringBackend

if TYPE_CHECKING:
    from collections.abc import Callable


class MemoryKeyring(KeyringBackend):
    """Keeps everything in memory; counts its calls."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.calls: list[str] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.calls.append("get")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.calls.append("set")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.calls.append("delete")
        if self.entries.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("no such password")


class ForgetfulKeyring(MemoryKeyring):
    """Takes everything, keeps nothing: a policy that clears, or a broken service."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self.calls.append("set")


class PlainFileKeyring(MemoryKeyring):
    """Has the priority that keyring gives to backends that write plain files."""

    priority = 0.5


class LimitedKeyring(MemoryKeyring):
    """Refuses like Windows' Credential Manager: 2560 bytes of UTF-16, and no KeyringError."""

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > 2560:
            raise OSError(1783, "CredWrite", "The stub received bad data")
        super().set_password(service, username, password)


class FailingKeyring(MemoryKeyring):
    """Raises what it is given, from each of ``methods``."""

    def __init__(self, make_error: Callable[[], BaseException], *methods: str) -> None:
        super().__init__()
        self.make_error: Callable[[], BaseException] | None = make_error
        self.methods = methods or ("get", "set", "delete")

    def _fail(self, method: str) -> None:
        if self.make_error is not None and method in self.methods:
            raise self.make_error()

    def get_password(self, service: str, username: str) -> str | None:
        self._fail("get")
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail("set")
        super().set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._fail("delete")
        super().delete_password(service, username)


class StuckKeyring(MemoryKeyring):
    """Waits for a password prompt; the test answers it."""

    def __init__(self) -> None:
        super().__init__()
        self.prompts = 0
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        if not self.answered.is_set():
            self.prompts += 1
            assert self.answered.wait(30), "nobody answered"
        return super().get_password(service, username)


class VanishingKeyring(MemoryKeyring):
    """Gives out each entry once; then somebody has removed it."""

    def get_password(self, service: str, username: str) -> str | None:
        found = super().get_password(service, username)
        self.entries.pop((service, username), None)
        return found
