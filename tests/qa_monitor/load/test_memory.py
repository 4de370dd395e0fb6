"""Memory as the kernel tells it, in a machine and in a container."""

from pathlib import Path

import pytest

from qa_monitor.load.memory import Memory, MemoryGauge

PAGE = 4096


def kernel(root: Path, *, resident_mib: int, total_mib: int, left_mib: int) -> MemoryGauge:
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/meminfo").write_text(f"MemTotal: {total_mib * 1024} kB\nMemAvailable: {left_mib * 1024} kB\n")
    (root / "proc/self/statm").write_text(f"9999 {resident_mib * 1024 * 1024 // PAGE} 10 1 0 5 0\n")
    return MemoryGauge(root)


def test_shares_of_the_machine(tmp_path: Path) -> None:
    """What is taken here, and what nobody has taken."""
    found = kernel(tmp_path, resident_mib=400, total_mib=1000, left_mib=300).read()

    assert found.taken == pytest.approx(0.4)
    assert found.left == pytest.approx(0.3)


def test_shares_of_a_container(tmp_path: Path) -> None:
    """Its limit counts, and files it could let go of count as left."""
    gauge = kernel(tmp_path, resident_mib=400, total_mib=1000, left_mib=900)
    group = tmp_path / "sys/fs/cgroup"
    group.mkdir(parents=True)
    (group / "memory.max").write_text(f"{500 * 2**20}\n")
    (group / "memory.current").write_text(f"{450 * 2**20}\n")
    (group / "memory.stat").write_text(f"anon 1\ninactive_file {50 * 2**20}\n")
    found = gauge.read()

    assert found.taken == pytest.approx(0.8)
    assert found.left == pytest.approx(0.2)


def test_a_container_without_a_limit_is_the_machine(tmp_path: Path) -> None:
    """`max`."""
    gauge = kernel(tmp_path, resident_mib=100, total_mib=1000, left_mib=900)
    (tmp_path / "sys/fs/cgroup").mkdir(parents=True)
    (tmp_path / "sys/fs/cgroup/memory.max").write_text("max\n")

    assert gauge.read().taken == pytest.approx(0.1)


def test_where_the_kernel_does_not_tell_nothing_is_taken(tmp_path: Path) -> None:
    """The level then follows the other readings."""
    assert MemoryGauge(tmp_path).read() == Memory(taken=0.0, left=1.0)


def test_this_machine_tells() -> None:
    """The files are where they are looked for."""
    found = MemoryGauge().read()

    assert 0 < found.taken < 1
    assert 0 < found.left < 1
