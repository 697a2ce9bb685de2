"""Run as a program: imports every runtime, runs a model, and reports every step towards a foreign address.

`python -m tests.architecture.silence_probe silent|extra|aloud|native REPORT`: `silent` imports our package first, as
every entry does; `extra` adds ultralytics to that; `aloud` imports OpenVINO without our package, `native` runs a model
without it (start that one without a network). Python's sockets lead nowhere in any mode: the audit hook writes the
step down and forbids it; what native code does has to be watched from outside.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import threading
from pathlib import Path
from typing import Any

LOOPBACK = ("127.", "::1", "localhost")
WATCHED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")


def forbid_network(report: Path) -> None:
    """Append each attempt to reach anything but this machine to `report`, and refuse it."""
    descriptor = os.open(report, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event not in WATCHED:
            return
        address = args[1] if event in ("socket.connect", "socket.sendto", "socket.sendmsg") else args[0]
        host = address[0] if isinstance(address, tuple) else address
        local_socket = isinstance(address, str | bytes) and "getaddrinfo" not in event and "hostbyname" not in event
        if host is None or local_socket or str(host).startswith(LOOPBACK):
            return
        os.write(descriptor, f"{event} {address}\n".encode())
        raise PermissionError(f"the probe forbids {event} {address}")

    sys.addaudithook(hook)


def import_our_modules() -> None:
    """Everything of ours that is no window."""
    package = importlib.import_module("heatmap_gui")
    for module in pkgutil.walk_packages(package.__path__, "heatmap_gui."):
        if ".desktop" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def run_a_model(folder: Path) -> None:
    """One tiny network through both runtimes."""
    import numpy as np
    import onnx
    import onnxruntime
    import openvino

    shape = [1, 4]
    ends = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape) for name in "xy"]
    graph = onnx.helper.make_graph([onnx.helper.make_node("Relu", ["x"], ["y"])], "probe", ends[:1], ends[1:])
    path = str(folder / "probe.onnx")
    onnx.save(onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=9), path)
    values = np.ones(shape, np.float32)
    onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]).run(None, {"x": values})
    openvino.Core().compile_model(path, "CPU")([values])


def main(mode: str, report: Path) -> None:
    if mode == "aloud":
        forbid_network(report)
        importlib.import_module("openvino")
    elif mode == "native":
        forbid_network(report)
        run_a_model(report.parent)
    else:
        import_our_modules()
        forbid_network(report)
        for name in ("av", "cv2", "onnx"):
            importlib.import_module(name)
        run_a_model(report.parent)
    if mode == "extra":
        importlib.import_module("heatmap_gui.quiet").keep_files_in(report.parent)
        importlib.import_module("ultralytics")
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(5.0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
