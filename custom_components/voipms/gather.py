"""Awaiting several calls of the client together."""

import asyncio
from collections.abc import Awaitable, Mapping

from .api.errors import VoipmsError


async def async_gather[KeyT, ResultT](
    calls: Mapping[KeyT, Awaitable[ResultT]],
) -> tuple[dict[KeyT, ResultT], dict[KeyT, VoipmsError]]:
    """Await all calls; return the results and the errors of the client by their key.

    Raises everything else that went wrong, after all calls have ended.
    """
    results: dict[KeyT, ResultT] = {}
    errors: dict[KeyT, VoipmsError] = {}
    unexpected: list[BaseException] = []
    outcomes = await asyncio.gather(*calls.values(), return_exceptions=True)
    for key, outcome in zip(calls, outcomes, strict=True):
        if isinstance(outcome, VoipmsError):
            errors[key] = outcome
        elif isinstance(outcome, BaseException):
            unexpected.append(outcome)
        else:
            results[key] = outcome
    if len(unexpected) == 1:
        raise unexpected[0]
    if unexpected:
        raise BaseExceptionGroup("Several calls failed", unexpected)
    return results, errors
