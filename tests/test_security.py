"""Whom the integration trusts. Who may do what is for test_actions."""

import asyncio
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
import ssl
from typing import Any

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.voipms.const import CONF_ADVANCED, DOMAIN
from homeassistant.config_entries import SOURCE_USER
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant

from .conftest import EMAIL, HOME, PASSWORD, WEBHOOK_ID, Serve, serve_http, set_up
from .simulator import Account, Simulator


async def test_a_flood_of_callbacks(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    account: Account,
    entry: MockConfigEntry,
    simulator: Simulator,
) -> None:
    """Who knows the callback's address cannot make us ask without end."""
    await serve_http(hass)
    client = await hass_client_no_auth()
    await set_up(hass, entry)
    simulator.clear_calls()
    for _ in range(300):
        response = await client.get(f"/api/webhook/{WEBHOOK_ID}?to={HOME}")
        assert (response.status, await response.text()) == (200, "ok")
    await asyncio.sleep(0.1)
    assert 1 <= len(simulator.calls) <= 8


# --- Whom the integration talks to ---------------------------------------------------


def self_signed(folder: Path) -> ssl.SSLContext:
    """Return what serves HTTPS with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


async def sign_in(hass: HomeAssistant, url: str) -> dict[str, Any]:
    """Try to add an account that is reached at an address."""
    form = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    answers = {
        CONF_USERNAME: EMAIL,
        CONF_PASSWORD: PASSWORD,
        CONF_ADVANCED: {CONF_URL: url},
    }
    result = await hass.config_entries.flow.async_configure(form["flow_id"], answers)
    return dict(result)


async def test_certificate_that_nobody_vouches_for(
    hass: HomeAssistant, serve: Serve, tmp_path: Path
) -> None:
    """The password is not told to a server whose certificate is not valid."""
    told = []

    async def listen(request: web.Request) -> web.Response:
        told.append(await request.read())
        return web.json_response({"status": "success", "balance": {}})

    # The server's side of the connection that is broken off is no concern of ours.
    hass.loop.set_exception_handler(lambda loop, context: None)
    result = await sign_in(hass, await serve(listen, self_signed(tmp_path)))
    assert result["errors"] == {"base": "cannot_connect"}
    assert told == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirection(
    hass: HomeAssistant,
    serve: Serve,
    simulator: Simulator,
    account: Account,
    status: int,
) -> None:
    """The password is not passed on to where a server points."""

    async def point(request: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": simulator.url})

    result = await sign_in(hass, await serve(point))
    assert result["errors"] == {"base": "cannot_connect"}
    assert simulator.calls == []
