"""Workers that do what their pages say, such as to hang and to die. Spawned processes import it."""

import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cleanarticle import Options
from cleanarticle.article import Article
from cleanarticle.batch import worker
from cleanarticle.batch.item import Item, Status
from cleanarticle.batch.row import Row, row_of
from cleanarticle.batch.worker import Task

MEGABYTE = 1_000_000


def serve(connection: Connection, task: Task) -> None:
    """As the true one, but pages are obeyed and not extracted."""
    worker.clean = obey
    worker.serve(connection, task)


def serve_without_grace(connection: Connection, task: Task) -> None:
    worker.GRACE_SECONDS = 0.0
    serve(connection, task)


def serve_without_datasketch(connection: Connection, task: Task) -> None:
    sys.modules["datasketch"] = None  # type: ignore[assignment]
    worker.serve(connection, task)


def leave(_connection: Connection, _task: Task) -> None:
    os._exit(3)


def die(_connection: Connection, _task: Task) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dream(_connection: Connection, _task: Task) -> None:
    hang()


def hang() -> None:
    threading.Event().wait()


def obey(item: Item, _options: Options | None = None) -> Row:
    """The first word of a page says what happens; what comes back is the body."""
    page: Any = item.page
    word, _, rest = page[:300].partition(" ")
    body = _ORDERS[word](rest) if word in _ORDERS else page
    return row_of(item, Article(body=str(body)), Status.OK, None)


def _once(rest: str) -> str:
    """Die by a signal, and come out at the next try."""
    name, _, path = rest.partition(" ")
    if not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.Signals[name])
    return "alive"


def _count(path: str) -> None:
    with Path(path).open("a") as file:
        file.write("x")
    os._exit(1)


def _tell(path: str) -> None:
    """Hang with a pipe open for writing, so that its reader hears when this process ends."""
    with Path(path).open("w") as pipe:
        pipe.write(f"{os.getpid()}\n")
        pipe.flush()
        hang()


def _limit() -> int:
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0]


_ORDERS = {
    "hang": lambda _rest: hang(),
    "exit": lambda code: os._exit(int(code)),
    "die": lambda name: os.kill(os.getpid(), signal.Signals[name]),
    "once": _once,
    "count": _count,
    "tell": _tell,
    "eat": lambda megabytes: len(bytearray(int(megabytes) * MEGABYTE)),
    "pid": lambda _rest: os.getpid(),
    "limit": lambda _rest: _limit(),
    "blocked": lambda _rest: signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()),
    "environ": lambda name: os.environ.get(name),
}
