# Included by twins that read or make records.

cdef extern from "structmember.h":
    ctypedef struct PyMemberDef:
        Py_ssize_t offset

    ctypedef struct PyMemberDescrObject:
        PyMemberDef *d_member

    PyTypeObject PyMemberDescr_Type


cdef extern from "Python.h":
    object PyType_GenericAlloc(type, Py_ssize_t)
    void PyObject_GC_UnTrack(void *)
    PyTypeObject *Py_TYPE(object)


class _Odd(Exception):
    """Something that the reference must read."""


@cython.final
cdef class _Record:
    """Some slots of a frozen record, read and filled by their places.

    Records hold texts, numbers and other records, and no way back: nothing for the collector.
    """

    cdef type cls
    cdef tuple names
    cdef Py_ssize_t at[12]

    def __init__(self, cls, *names):
        self.cls, self.names = cls, names
        if len(names) > 12:
            raise TypeError(f"{cls.__name__} has more fields than there is room for")
        for n, name in enumerate(names):
            member = cls.__dict__[name]
            if Py_TYPE(member) != &PyMemberDescr_Type:
                raise TypeError(f"{cls.__name__}.{name} is no slot")
            self.at[n] = (<PyMemberDescrObject *>member).d_member.offset

    cdef _Record whole(self):
        """The same, where these are all its slots."""
        if tuple(self.cls.__slots__) != self.names:
            raise TypeError(f"{self.cls.__name__} has other fields than its twin")
        return self

    cdef inline object new(self):
        cdef object record = PyType_GenericAlloc(self.cls, 0)
        PyObject_GC_UnTrack(<void *>record)
        return record

    cdef inline void put(self, object record, int n, object value) noexcept:
        Py_INCREF(value)
        (<PyObject **>(<char *><PyObject *>record + self.at[n]))[0] = <PyObject *>value

    cdef inline object get(self, object record, int n):
        cdef PyObject *value = (<PyObject **>(<char *><PyObject *>record + self.at[n]))[0]
        if value == NULL:
            raise _Odd
        return <object>value

    cdef inline object checked(self, object record):
        if Py_TYPE(record) != <PyTypeObject *>self.cls:
            raise _Odd
        return record
