"""What can go wrong with a warehouse as a whole: each is one line for the user, who can mend it."""


class WarehouseBusy(RuntimeError):
    """Another run is writing this warehouse."""


class WarehouseUnfit(RuntimeError):
    """The file is no warehouse that this version of Marbre can write."""


class WarehouseTorn(RuntimeError):
    """The finished file does not hold what was written to it; it was not published."""
