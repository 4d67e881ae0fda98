"""Lets programs of Python 3.7 run with Python 3.11, without a change to them.

Since 3.11 a dataclass refuses an instance of another dataclass as the default of a field, because
those have no hash; container-service-extension 3.1 has many. Here dataclasses keep the hash of
`object`, so the check finds nothing, as up to 3.10.
"""

import dataclasses

_dataclass = dataclasses.dataclass


def dataclass(cls=None, /, **options):
    def make(kind):
        made = _dataclass(kind, **options)
        if made.__hash__ is None:
            made.__hash__ = object.__hash__
        return made

    return make if cls is None else make(cls)


dataclasses.dataclass = dataclass
