"""Writes fitted weights."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np


def save(
    path: Path,
    arrays: Mapping[str, Any],
    features: Mapping[str, Sequence[str]],
    about: Mapping[str, Any],
) -> None:
    """Write the arrays to a `.npz` file, and the names and facts to a `.json` file beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    np.savez_compressed(buffer, **arrays)
    path.write_bytes(buffer.getvalue())
    text = json.dumps({"features": features, **about}, indent=1, ensure_ascii=False)
    path.with_suffix(".json").write_text(text + "\n", "utf-8")
