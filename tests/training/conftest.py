"""Fits that are small enough for tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from cleanarticle.training import fit, network, trees

SMALL: dict[str, dict[str, Any]] = {
    "network": {"SIZE": 8, "LAYERS": 2, "PAGES_A_STEP": 4, "RATE": 2e-2},
    "fit": {
        "EPOCHS": {"html": 12, "text": 6},
        "BLOCK_TREES": 12,
        "TYPE_TREES": 4,
        "CONFIDENCE_TREES": 4,
    },
}


@pytest.fixture(scope="module")
def small() -> Iterator[None]:
    """Few trees and short fits; workers are forked, so they see the same."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SMALL["network"].items():
            patch.setattr(network, name, value)
        for name, value in SMALL["fit"].items():
            patch.setattr(fit, name, value)
        for settings in (trees.BLOCKS, trees.TYPES, trees.CONFIDENCE):
            patch.setitem(settings, "min_data_in_leaf", 3)
        patch.setitem(trees.BLOCKS, "learning_rate", 0.3)
        yield
