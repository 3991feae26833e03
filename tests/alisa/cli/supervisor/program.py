"""A small program that behaves as a test wishes. Run as `python program.py MODE FILE`; standard library only.

It writes its address to FILE as Alisa's own processes do, answers HTTP, and ends when its stdin does.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path


def main(mode: str, file: Path) -> int:
    if mode == "crash":
        print("09:15:49 error    hub  something broke", flush=True)
        return 1
    if mode == "missing":
        print("A thing is missing. Get it.", flush=True)
        return 3
    if mode == "finish":
        print("Not needed here.", flush=True)
        return 0
    if mode == "mute":
        threading.Event().wait()
    if mode == "parent":
        child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"], start_new_session=True)
        note(file, ".grandchild").write_text(str(child.pid))
    if mode == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else:
        signal.signal(signal.SIGTERM, lambda *_: leave(file))
        threading.Thread(target=until_orphaned, args=(file,), daemon=True).start()
    note(file, ".lives").open("a").write(f"{os.getpid()}\n")
    serve(mode, file)
    return 0


def note(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def serve(mode: str, file: Path) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    text = json.dumps({"url": f"http://127.0.0.1:{server.getsockname()[1]}/v1", "pid": os.getpid()})
    part = note(file, ".part")
    part.write_text(text)
    part.replace(file)
    while True:
        connection, _ = server.accept()
        connection.recv(4096)
        if note(file, ".silent").exists():
            continue
        waiting = mode == "loading" and not note(file, ".go").exists()
        connection.sendall(f"HTTP/1.1 {503 if waiting else 200} x\r\nContent-Length: 0\r\n\r\n".encode())
        connection.close()


def until_orphaned(file: Path) -> None:
    while os.read(0, 64):
        pass
    leave(file)


leaving = threading.Lock()


def leave(file: Path) -> None:
    if not leaving.acquire(blocking=False):  # SIGTERM and the end of stdin come together
        return
    with file.with_name("order.txt").open("a") as order:
        order.write(f"{file.name}\n")
    file.unlink(missing_ok=True)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
