"""Adapter: the service's own counters, from its metrics page."""

import asyncio
import urllib.request


def counters_in(page: str) -> dict[str, float]:
    """Every value by name with its labels, and those of one name with different labels added up by name. Pure."""
    found: dict[str, float] = {}
    for line in page.splitlines():
        if not line or line.startswith("#"):
            continue
        name, _, value = line.rpartition(" ")
        plain, labelled, _ = name.partition("{")
        found[plain] = found.get(plain, 0.0) + float(value)
        if labelled:
            found[name] = float(value)
    return found


async def counters_of(url: str) -> dict[str, float]:
    """As they stand now."""
    page = await asyncio.to_thread(_page, f"{url}/metrics")
    return counters_in(page)


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        text: str = answer.read().decode()
    return text
