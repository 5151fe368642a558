"""The same pages in other processes, threads and environments: the Articles are the same."""

import locale
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from cleanarticle import accelerator
from hardening import samples
from hardening.findings import Finding
from hardening.samples import Sample

THREADS = 8
SEEDS = ("0", "1", "2")
LOCALES = ("C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8")
ZONES = ("UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati")
PURE = {"CLEANARTICLE_PURE_PYTHON": "1"}


def in_locale(name: str) -> dict[str, str]:
    """An environment of a locale in which Python, too, keeps to its encoding."""
    return {"LC_ALL": name, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def is_installed(name: str) -> bool:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return True


def environments() -> dict[str, Mapping[str, str]]:
    """What another process may find around it."""
    return {
        **{f"hash seed {seed}": {"PYTHONHASHSEED": seed} for seed in SEEDS},
        **{f"locale {name}": in_locale(name) for name in LOCALES if is_installed(name)},
        **{f"time zone {zone}": {"TZ": zone} for zone in ZONES},
    }


def findings(given: Sequence[Sample], jobs: int) -> Iterator[Finding]:
    """Digests of all articles, compared with those of this process."""
    own = [samples.digest(sample) for sample in given]
    ways = _ways(given, jobs)
    with ThreadPoolExecutor(max(jobs, 1)) as pool:
        for name, found in zip(ways, pool.map(lambda way: way(), ways.values()), strict=True):
            held = sum(one == other for one, other in zip(own, found, strict=True))
            yield Finding(name, len(own), f"the same Article for {held:,}", held == len(own))


def _ways(given: Sequence[Sample], jobs: int) -> dict[str, Callable[[], list[str]]]:
    def child(environment: Mapping[str, str]) -> Callable[[], list[str]]:
        return lambda: samples.digests_of_child(given, environment)

    def elsewhere() -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            return samples.digests_of_child(given, {}, folder)

    pure = "without the compiled parts" if accelerator.COMPILED else "another process"
    return {
        "a second time": lambda: [samples.digest(sample) for sample in given],
        f"{THREADS} threads": lambda: samples.digests_of_threads(given, THREADS),
        f"{max(jobs, 2)} processes": lambda: samples.digests_of_processes(given, max(jobs, 2)),
        **{name: child(environment) for name, environment in environments().items()},
        "another working directory": elsewhere,
        pure: child(PURE),
    }
