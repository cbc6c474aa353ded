#!/usr/bin/env python3
"""Prints the header of a segment, one `name = value` a line; exits 1 with one line on stderr if it is none.

Written from docs/format.md alone, with nothing but the standard library, to show that the document suffices.
Usage: read_segment.py FILE
"""

import os
import re
import stat
import struct
import sys
import uuid
import zlib

HEADER_LENGTH = 128
MAGIC = b"MILLRACE"
BYTE_ORDERS = {b"\x01\x02\x03\x04": (">", "big-endian"), b"\x04\x03\x02\x01": ("<", "little-endian")}


class BadFile(Exception):
    """The file is not a segment; the text says what was found and what was expected."""


def read_header(header, file_length):
    """The fields of a header, by name, once every condition of the document holds."""
    if header[:8] != MAGIC:
        raise BadFile(f"not a segment: actual start {header[:8]!r}, expected {MAGIC!r}")
    if file_length < HEADER_LENGTH:
        raise BadFile(f"truncated: actual length {file_length}, expected at least {HEADER_LENGTH}")
    if header[8:12] not in BYTE_ORDERS:
        raise BadFile(f"corrupt: byteOrder is actually {header[8:12].hex()}, expected 01020304 or 04030201")
    sign, order = BYTE_ORDERS[header[8:12]]
    fields = struct.unpack(sign + "i16siIq16s", header[12:64])
    body_offset, kind, version, checksum, length, creation_id = fields
    computed = zlib.crc32(header[8:36] + header[40:HEADER_LENGTH])
    if checksum != computed:
        raise BadFile(f"corrupt: checksum of the header is actually {computed:08x}, expected {checksum:08x}")
    if not re.fullmatch(rb"[!-~]*\0*", kind):
        raise BadFile(f"corrupt: kind is actually {kind!r}, expected printable characters, then NULs")
    if length != file_length:
        raise BadFile(f"truncated: actual length {file_length}, expected {length}")
    if body_offset != HEADER_LENGTH:
        raise BadFile(f"corrupt: bodyOffset is actually {body_offset}, expected {HEADER_LENGTH}")
    return {"magic": MAGIC.decode(), "byteOrder": order, "bodyOffset": body_offset,
            "kind": kind.rstrip(b"\0").decode("ascii"), "formatVersion": version,
            "checksum": f"{checksum:08x}", "fileLength": length, "creationId": uuid.UUID(bytes=creation_id)}


def main(arguments):
    if len(arguments) != 2:
        print("usage: read_segment.py FILE", file=sys.stderr)
        return 2
    try:
        # Without waiting, in case the name stands for a FIFO.
        with open(os.open(arguments[1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise BadFile("not a regular file")
            fields = read_header(file.read(HEADER_LENGTH), status.st_size)
    except (BadFile, OSError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else problem
        print(f"{arguments[1]}: {reason}", file=sys.stderr)
        return 1
    for name, value in fields.items():
        print(f"{name} = {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
