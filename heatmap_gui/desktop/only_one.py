"""One console a data folder: a second start brings the first to the front."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QLockFile
from PyQt6.QtNetwork import QLocalServer, QLocalSocket

from heatmap_gui.core.errors import InputError

_REACH_MS = 500  # for the first instance to answer
_TURN_MS = 5000  # for another start at the same moment


def only_one(home: Path, raised: Callable[[], None]) -> QLocalServer | None:
    """Listens for later starts on the same data folder, each of which calls `raised`; None: there is an earlier one,
    which comes to the front.

    The lock is held while it is decided, as two clicks start two programs at once; that of one that was killed does not
    hold.
    """
    name = "traffic-heatmap-" + hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]
    turn = QLockFile(str(home / "console.lock"))
    turn.tryLock(_TURN_MS)
    try:
        if _reach(name):
            return None
        QLocalServer.removeServer(name)  # of one that was killed
        server = QLocalServer()
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not server.listen(name):
            raise InputError(f"{home}: the console cannot tell whether it runs already: {server.errorString()}")
    finally:
        turn.unlock()

    def reached() -> None:
        while (caller := server.nextPendingConnection()) is not None:
            caller.deleteLater()
            raised()

    server.newConnection.connect(reached)
    return server


def _reach(name: str) -> bool:
    """Whether an instance listens; it is called by that."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_REACH_MS):
        return False
    socket.disconnectFromServer()
    return True
