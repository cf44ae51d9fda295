"""What the delivery process tells the service manager that started it: that it is ready, and that it still works.

The protocol: https://www.freedesktop.org/software/systemd/man/sd_notify.html
"""

import os
import socket


def tell(state: str) -> None:
    """Send a state such as `READY=1`, or nothing where no service manager waits for one."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            # A name in the abstract space is written with an @ in the place of its first byte, which is zero.
            line.connect("\0" + address[1:] if address.startswith("@") else address)
            line.send(state.encode())
