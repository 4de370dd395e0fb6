"""Stored calls scored once more by the service: how many a second, stopped on the way and taken up again."""

import time

import httpx

PATH = "/v1/scorecards/rescoring"
LOOK_S = 1.0


def rescored_per_s(client: httpx.Client, calls: int) -> float:
    """Calls a second, of the newest so many, over both runs. Raises `RuntimeError` where it loses what it had done."""
    began_s = time.monotonic()
    asked = {"calls": f"limit:{calls}", "resume": False}
    client.post(PATH, json=asked).raise_for_status()
    _until(client, calls // 4)
    stopped = client.delete(PATH).raise_for_status().json()
    print(f"\nstopped after {stopped['done']} of {stopped['total']} calls ({stopped['state']})")
    client.post(PATH, json=asked | {"resume": True}).raise_for_status()
    ended = _until(client, calls)
    print(f"\n{ended['state']}: {ended['done']} of {ended['total']} calls, {ended['changed']} scores changed")
    if ended["state"] != "done" or ended["done"] != ended["total"]:
        raise RuntimeError(f"re-scoring ended otherwise: {ended}")
    return float(ended["done"]) / (time.monotonic() - began_s)


def _until(client: httpx.Client, done: int) -> dict[str, str | int]:
    """Wait until so many calls are done, or the work is over."""
    while True:
        job: dict[str, str | int] = client.get(PATH).raise_for_status().json()
        print(f"\rscored once more: {job['done']} of {job['total']}", end="", flush=True)
        if job["state"] != "running" or done <= int(job["done"]) < int(job["total"]):
            return job
        time.sleep(LOOK_S)
