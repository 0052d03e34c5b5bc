# Home Assistant answers this import with its own engine, and so do the types.
from probatio import *
