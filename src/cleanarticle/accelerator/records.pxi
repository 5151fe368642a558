# Included by twins that make records.

cdef extern from "structmember.h":
    ctypedef struct PyMemberDef:
        Py_ssize_t offset

    ctypedef struct PyMemberDescrObject:
        PyMemberDef *d_member

    PyTypeObject PyMemberDescr_Type


cdef extern from "Python.h":
    object PyType_GenericAlloc(type, Py_ssize_t)
    void PyObject_GC_UnTrack(void *)
    int PyGC_Disable()  # where so many records are made that it would be called for each few
    int PyGC_Enable()
    PyTypeObject *Py_TYPE(object)


@cython.final
cdef class _Record:
    """Makes frozen records by filling their slots.

    They hold texts, numbers and other records, and no way back: nothing for the collector.
    """

    cdef type cls
    cdef Py_ssize_t at[12]

    def __init__(self, cls, names):
        self.cls = cls
        if tuple(cls.__slots__) != names or len(names) > 12:
            raise TypeError(f"{cls.__name__} has other fields than its twin")
        for n, name in enumerate(names):
            member = cls.__dict__[name]
            if Py_TYPE(member) != &PyMemberDescr_Type:
                raise TypeError(f"{cls.__name__}.{name} is no slot")
            self.at[n] = (<PyMemberDescrObject *>member).d_member.offset

    cdef object new(self):
        cdef object record = PyType_GenericAlloc(self.cls, 0)
        PyObject_GC_UnTrack(<void *>record)
        return record

    cdef inline void put(self, object record, int n, object value) noexcept:
        Py_INCREF(value)
        (<PyObject **>(<char *><PyObject *>record + self.at[n]))[0] = <PyObject *>value
