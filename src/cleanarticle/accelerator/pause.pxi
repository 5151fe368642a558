# Pauses the collector while very many records are made; included by twins that make blocks.

import os

cdef extern from "Python.h":
    int PyGC_Disable()
    int PyGC_Enable()

cdef int paused = 0


cdef bint pause_collector() noexcept:
    """Whether it was at work, and is to be started again."""
    global paused
    cdef bint collecting = PyGC_Disable()
    paused += collecting
    return collecting


cdef void resume_collector(bint collecting) noexcept:
    global paused
    if collecting:
        paused -= 1
        PyGC_Enable()


def _after_fork():
    """Start it again in a child: the thread that paused it stayed behind."""
    global paused
    if paused:
        paused = 0
        PyGC_Enable()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
