"""What every test begins with."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from checks.search.clock import Clock
from tests import unhurried

# No example is refused for the time it takes: a machine may be busy.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock cut searches, as it does outside tests."""
    monkeypatch.setattr(Clock, "beyond", unhurried.CLOCK)
