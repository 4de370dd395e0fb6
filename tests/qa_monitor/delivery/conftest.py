"""What several tests of deliveries need."""

from pathlib import Path

import pytest

from tests.qa_monitor.delivery.certificates import HOST, self_signed


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Signed by itself, for `HOST`; key and certificate in one file."""
    return self_signed(tmp_path_factory.mktemp("tls"), HOST)
