"""The proxy settings of a computer, as they are found: odd, half readable, refusing."""

from __future__ import annotations

import asyncio
import os
import sys
import traceback
import urllib.request
from typing import TYPE_CHECKING

import pytest

from att_desktop.sources.errors import BadProxy, SourceError
from att_desktop.sources.http.client import HttpClient
from att_desktop.sources.http.proxies import proxy_for
from att_desktop.sources.http.tls_check import check_tls
from att_desktop.text import say
from tests.shared_data import require
from tests.sources.proxies import HOST, Proxy, certificate_for

if TYPE_CHECKING:
    from pathlib import Path

URL = f"https://{HOST}/api"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.casefold().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Trusted by the system, as a company's own authority is."""
    require(sys.platform == "linux", "SSL_CERT_FILE and the cryptography package of Linux")
    path = certificate_for(HOST, tmp_path / "certificate.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


def fetch(url: str = URL) -> bytes:
    async def talk() -> bytes:
        async with HttpClient("Warcraft Logs", url) as http:
            return bytes((await http.request("GET", url)).body)

    return asyncio.run(talk())


@pytest.mark.parametrize(
    "value",
    [
        "localhost,::1/128",
        "[::1]",
        "localhost:*",
        "*.lan,[",
        "10.0.0.0/8,::1/128,[fe80::]/10",
        ",,",
    ],
)
@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
def test_exceptions_that_cannot_be_read_are_skipped(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert proxy_for(URL) is None
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:8080")
    found = proxy_for(URL)
    assert found is not None
    assert found.setting == "HTTPS_PROXY"


def test_exceptions_that_can_be_read_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:8080")
    monkeypatch.setenv("NO_PROXY", f"[::1,{HOST}")
    assert proxy_for(URL) is None
    assert proxy_for("https://elsewhere.example/") is not None


def test_this_very_machine_is_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks4://nonsense")
    for url in ("http://localhost:1/", "http://127.0.0.1:1/", "https://[::1]/"):
        assert proxy_for(url) is None


@pytest.mark.parametrize("scheme", ["socks", "socks5", "socks5h", "SOCKS5"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_socks_works(
    monkeypatch: pytest.MonkeyPatch, certificate: Path, scheme: str, slash: str
) -> None:
    with Proxy("socks", certificate) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://{proxy.address}{slash}")
        assert fetch() == b"{}"
    assert proxy.asked == [HOST]


def test_connect_works_with_percent_encoded_credentials(
    monkeypatch: pytest.MonkeyPatch, certificate: Path
) -> None:
    with Proxy("http", certificate) as proxy:
        monkeypatch.setenv("https_proxy", f"http://jdoe:Sommer%232026@{proxy.address}")
        assert fetch() == b"{}"
    assert proxy.asked == [HOST]
    assert proxy.told, "credentials are sent"


def test_the_check_of_the_connection_takes_the_way_of_the_work(
    monkeypatch: pytest.MonkeyPatch, certificate: Path
) -> None:
    with Proxy("http", certificate) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        found = check_tls(URL)
    assert (found.host, found.version, found.setting) == (HOST, "TLSv1.3", "HTTPS_PROXY")
    assert proxy.asked == [HOST]


@pytest.mark.parametrize(
    ("status", "code"),
    [(407, "http.proxy_wants_password"), (403, "http.proxy_refuses"), (502, "http.proxy_refuses")],
)
def test_a_proxy_that_refuses_is_named(
    monkeypatch: pytest.MonkeyPatch, certificate: Path, status: int, code: str
) -> None:
    with Proxy("http", certificate, refuse=status) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://jdoe:Sommer@{proxy.address}")
        for ask in (fetch, lambda: check_tls(URL)):
            with pytest.raises(BadProxy) as raised:
                ask()
            assert raised.value.code == code
            assert "HTTPS_PROXY" in say(raised.value)
            assert "Sommer" not in "".join(traceback.format_exception(raised.value))


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:1")
    with pytest.raises(SourceError) as raised:
        fetch()
    assert "all_proxy" in say(raised.value).casefold()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("HTTPS_PROXY", "http://jdoe:Sommer#2026@proxy.example:8080", "http.proxy_unreadable"),
        ("HTTPS_PROXY", "http://jdoe:Sommer/2026@proxy.example:8080", "http.proxy_unreadable"),
        ("HTTPS_PROXY", "http://jdoe:Sommer?2026@proxy.example:8080", "http.proxy_unreadable"),
        ("HTTPS_PROXY", "http://[Sommer", "http.proxy_unreadable"),
        ("HTTPS_PROXY", "http://jdoe:Sommer@proxy.example:99999", "http.proxy_unreadable"),
        ("HTTPS_PROXY", "http://jdoe:Sommer@ex ample:80", "http.proxy_unreadable"),
        ("HTTPS_PROXY", "http://jdoe:Sommer@bücher\x7f.example:80", "http.proxy_unreadable"),
        ("ALL_PROXY", "socks4://jdoe:Sommer@proxy.example:1080", "http.proxy_kind"),
        ("ALL_PROXY", "quic://jdoe:Sommer@proxy.example:1080", "http.proxy_kind"),
        ("ALL_PROXY", "http://", "http.proxy_unreadable"),
    ],
)
def test_an_address_that_cannot_be_used_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadProxy) as raised:
        fetch()
    assert raised.value.code == code
    assert name in say(raised.value)
    with pytest.raises(BadProxy) as checked:
        check_tls(URL)
    for error in (raised.value, checked.value):
        shown = "".join(traceback.format_exception(error)) + say(error)
        assert "Sommer" not in shown
        assert "jdoe" not in shown


@pytest.mark.parametrize(
    "settings",
    [
        {"http": "socks4://{}", "https": "socks4://{}", "socks": "socks4://{}"},  # Windows: socks=
        {"socks": "http://{}"},  # macOS
    ],
)
def test_a_socks_proxy_of_the_systems_settings_works(
    monkeypatch: pytest.MonkeyPatch, certificate: Path, settings: dict[str, str]
) -> None:
    with Proxy("socks", certificate) as proxy:
        found = {key: value.format(proxy.address) for key, value in settings.items()}
        monkeypatch.setattr(urllib.request, "getproxies", lambda: found)
        assert fetch() == b"{}"
    assert proxy.asked == [HOST]


def test_certificates_that_cannot_be_read_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("no certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(nonsense))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with pytest.raises(SourceError):
        fetch()
