# The adapter: what each method of the standard is in the native interface. Framing, sessions, the checks
# of params and the form of errors are the kit's. Print nothing that matters: stdout is a log here.
import hashlib

import causeway_kit as kit
import native

DIGEST_STEP = 1 << 20

# What a native code means, by method and code alone, never by the arguments of the call.
REASONS = {
    ("driver.device.get", native.INVALID_DEVICE): "DEVICE",
    ("driver.memory.allocate", native.INVALID_DEVICE): "DEVICE",
    ("driver.memory.allocate", native.INVALID_SIZE): "SIZE",
    ("driver.memory.allocate", native.OUT_OF_MEMORY): "DEVICE_MEMORY",
    ("driver.memory.write", native.INVALID_RANGE): "COPY_RANGE",
    ("driver.memory.read", native.INVALID_RANGE): "COPY_RANGE",
    ("driver.memory.digest", native.INVALID_RANGE): "COPY_RANGE",
}


def refusal_of(method, error):
    """A native error as a refusal. A code that is not in the table is INTERNAL, and a row fails."""
    if not isinstance(error, native.NativeError):
        return None
    return kit.Refusal(
        REASONS.get((method, error.code), "INTERNAL"),
        "native",
        message=str(error),
        vendor_code=error.code,
        vendor_name=native.CODE_NAMES[error.code],
    )


def described(device):
    return {
        "device": device.name,
        "vendor": "Example",
        "name": "Stand-in device",
        "driverVersion": native.VERSION,
        "runtimeVersion": native.VERSION,
        "dataTypes": ["i8", "u8"],
        "programFormats": [],
        "memory": {
            "totalBytes": str(native.TOTAL_BYTES),
            "maxAllocationBytes": str(native.LARGEST_ALLOCATION),
            "granularityBytes": str(native.GRANULE),
        },
    }


class Driver(kit.Service):
    product = {"vendor": "Example", "name": "Stand-in driver", "version": native.VERSION}

    # Each is a claim, and is tested. Left to map: driver.memory.copy, which DRV-MEMORY@1 requires;
    # driver.memory.fill, driver.memory.info, driver.memory.address and driver.visibility.
    capabilities = {
        "driver.device": True,
        "driver.memory": True,
    }

    def __init__(self, params):
        self.devices = {name: native.Device(name) for name in native.device_names()}
        # Of each allocation: its device, and the native interface's own handle.
        self.allocations = kit.HandleTable("allocation")

    def release(self):
        for device, memory in self.allocations.drain():
            device.free(memory)

    def device_of(self, name):
        if name not in self.devices:
            raise native.NativeError(native.INVALID_DEVICE)
        return self.devices[name]

    @kit.handles("driver.device.list", "native")
    def list_devices(self, params):
        return {"devices": [described(device) for device in self.devices.values()]}

    @kit.handles("driver.device.get", "native")
    def get_device(self, params):
        return described(self.device_of(params["device"]))

    @kit.handles("driver.memory.allocate", "native")
    def allocate(self, params):
        device = self.device_of(params["device"])
        memory = device.allocate(int(params["sizeBytes"]))
        return {"allocation": self.allocations.add((device, memory))}

    @kit.handles("driver.memory.free", "native")
    def free(self, params):
        device, memory = self.allocations.get(params["allocation"])
        device.free(memory)
        self.allocations.remove(params["allocation"])
        return {}

    @kit.handles("driver.memory.write", "native")
    def write(self, params):
        device, memory = self.allocations.get(params["allocation"])
        device.write(memory, int(params["offsetBytes"]), kit.bytes_of(params["data"]))
        return {}

    @kit.handles("driver.memory.read", "native")
    def read(self, params):
        device, memory = self.allocations.get(params["allocation"])
        content = device.read(memory, int(params["offsetBytes"]), params["lengthBytes"])
        return {"base64": kit.base64_of(content)}

    # Several reads, whose bytes are hashed here: composed.
    @kit.handles("driver.memory.digest", "composed")
    def digest(self, params):
        device, memory = self.allocations.get(params["allocation"])
        offset, length = int(params["offsetBytes"]), int(params["lengthBytes"])
        digest = hashlib.sha256()
        for start in range(offset, offset + length, DIGEST_STEP):
            step = min(DIGEST_STEP, offset + length - start)
            digest.update(device.read(memory, start, step))
        return {"sha256": digest.hexdigest()}


if __name__ == "__main__":
    kit.serve("example-adapter", "0.1.0", Driver, refusal_of)
