# Stands in for your native library: a device whose memory is host memory, behind an interface as drivers
# have them, which refuses by a code. Replace it by your own binding (ctypes, cffi, an extension module).

INVALID_DEVICE = -1
INVALID_SIZE = -2
OUT_OF_MEMORY = -3
INVALID_RANGE = -4

CODE_NAMES = {
    INVALID_DEVICE: "INVALID_DEVICE",
    INVALID_SIZE: "INVALID_SIZE",
    OUT_OF_MEMORY: "OUT_OF_MEMORY",
    INVALID_RANGE: "INVALID_RANGE",
}

VERSION = "1.0"
TOTAL_BYTES = 1 << 30
LARGEST_ALLOCATION = 1 << 28
GRANULE = 256


class NativeError(Exception):
    """What a call that was refused comes back with."""

    def __init__(self, code):
        super().__init__(CODE_NAMES[code])
        self.code = code


def device_names():
    return ["stand-in-0"]


class Device:
    """One device, opened."""

    def __init__(self, name):
        if name not in device_names():
            raise NativeError(INVALID_DEVICE)
        self.name = name
        self._used = 0

    def allocate(self, size):
        if not 0 < size <= LARGEST_ALLOCATION:
            raise NativeError(INVALID_SIZE)
        if self._used + _reserved(size) > TOTAL_BYTES:
            raise NativeError(OUT_OF_MEMORY)
        self._used += _reserved(size)
        return bytearray(size)

    def free(self, memory):
        self._used -= _reserved(len(memory))

    def write(self, memory, offset, content):
        _range(memory, offset, len(content))[:] = content

    def read(self, memory, offset, length):
        return bytes(_range(memory, offset, length))

    def copy(self, source, source_offset, destination, destination_offset, length):
        target = _range(destination, destination_offset, length)
        target[:] = bytes(_range(source, source_offset, length))


def _reserved(size):
    """What an allocation takes: its size in whole granules."""
    return -(-size // GRANULE) * GRANULE


def _range(memory, offset, length):
    if offset + length > len(memory):
        raise NativeError(INVALID_RANGE)
    return memoryview(memory)[offset : offset + length]
