"""Activity of the demo, which begins with a text when everything has been set up."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from .client import Client, until
from .service import ALEX, Line, Service, account_entities


@asynccontextmanager
async def unrecorded(client: Client) -> AsyncGenerator[None]:
    """Keep out of Activity that entities come, go and come back while setting up."""
    await client.act("recorder.disable")
    try:
        yield
    finally:
        await client.act("recorder.enable")
    # Activity shows a change only if it is recorded what was before.
    await _write_states(client)


async def _write_states(client: Client) -> None:
    """Write the states of the account anew, as they are."""
    for entity_id in (await account_entities(client)).values():
        state = await client.state(entity_id)
        written = {key: state[key] for key in ("state", "attributes")}
        await client.post(f"/api/states/{entity_id}", {**written, "force_update": True})


async def begin(client: Client, service: Service, office: Line) -> None:
    """Have the neighbor write."""
    await service.do(
        "receive",
        did=office.did,
        contact=ALEX,
        message="Are you open on Friday? I would come by with the cake around ten.",
    )

    async def is_there() -> bool:
        state = await client.state(office["sms"])
        return bool(state["attributes"]["event_type"])

    await until("the first text is there", is_there)
