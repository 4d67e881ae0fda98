"""pycryptodome by the name that its users import; Debian's package calls it Cryptodome."""

import Cryptodome

__path__ = Cryptodome.__path__
