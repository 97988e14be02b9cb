"""The signs by which a cell could be about one child; several at once where it may be either."""

from __future__ import annotations

from enum import IntFlag


class Sign(IntFlag):
    """What a cell could be; several at once where it may be either."""

    FIRST = 1
    LAST = 2
    NAME_SHAPED = 4
    DAY = 8
    SERIAL = 16
    CODE = 32
    REFERENCE = 64
    INITIALS = 128
    SEX = 256
    AGE = 512
    COLLECTED = 1024
    OUTWARD = 2048
    INWARD = 4096
    NHS = 8192
    UPN = 16384
    HOME = 32768
    LABEL = 65536
    PERIOD = 131072
    MAIL = 262144
    CRIME = 524288
    PROFILE = 1048576
    SCHOOL_YEAR = 2097152
    ETHNIC = 4194304
    STREET = 8388608
    YES_NO = 16777216
    FRACTION = 33554432
    SCRIPT = 67108864
    LETTERED = 134217728
    HANDLE = 268435456
    TICK = 536870912
    STATUS = 1073741824


NOTHING = Sign(0)
KNOWN_NAME = Sign.FIRST | Sign.LAST
ANY_DAY = Sign.DAY | Sign.SERIAL
