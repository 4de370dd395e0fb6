"""What is freed goes back to the machine."""

import os
import subprocess
import sys

import pytest

FREED = """
from qa_monitor.load.allocator import give_back, limit_arenas

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096

limit_arenas()
blocks = [bytearray(60_000) for _ in range(2000)]
del blocks[1::2]
before = resident()
give_back()
print(before - resident())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc can be told")
def test_freed_memory_is_given_back() -> None:
    """60 MB in holes between what is still in use: by itself the C library would keep them."""
    told = subprocess.run(
        [sys.executable, "-c", FREED], capture_output=True, text=True, check=True, env={**os.environ}, timeout=60
    )

    assert int(told.stdout) > 30_000_000
