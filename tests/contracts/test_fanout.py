"""The fan-outs that there are."""

import pytest

from frontdesk.engine.fanout import Fanout, LocalFanout
from tests.contracts.fanout_suite import DEPTH, FanoutSuite


class TestLocalFanout(FanoutSuite):
    @pytest.fixture
    def pair(self) -> tuple[Fanout, Fanout]:
        only = LocalFanout(DEPTH)
        return only, only
