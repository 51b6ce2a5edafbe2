"""A real headless Chromium, driven over two pipes: no socket, no driver program, no library.

with Browser(tmp_path) as browser:              chromium --remote-debugging-pipe, fds 3 (in) and 4 (out)
    page = browser.page()                       messages are JSON, each ended by a NUL byte
    page.open(path); page.click("#go"); page.evaluate("document.title")
    page.requests, page.complaints              every URL asked for; every error that the console would show
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

SECONDS = 30.0
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")

# Puts the two pipes where Chromium looks for them, then becomes Chromium.
_LAUNCH = "import os,sys; os.dup2(int(sys.argv[1]),3); os.dup2(int(sys.argv[2]),4); os.execvp(sys.argv[3],sys.argv[3:])"


def program() -> str:
    """The browser's path; skips the test where there is none, and fails it in CI."""
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI has no Chromium")
        pytest.skip("needs Chromium (apt-get install -y --no-install-recommends chromium)")
    return found


class Browser:
    """One Chromium with a profile of its own; ended with everything it started."""

    def __init__(self, folder: Path, *flags: str) -> None:
        self._command = [
            program(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--remote-debugging-pipe",
            f"--user-data-dir={folder / 'profile'}",
            *flags,
            "about:blank",
        ]
        self._environment = os.environ | {"HOME": str(folder)}
        self._buffer = b""
        self._last = 0
        self.events: deque[dict[str, Any]] = deque()

    def __enter__(self) -> Browser:
        child_in, self._to = _far_pipe()
        self._from, child_out = _far_pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, str(child_in), str(child_out), *self._command],
            pass_fds=(child_in, child_out),
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(child_in)
        os.close(child_out)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.call("Browser.close")
            self._process.wait(10)
        except (OSError, AssertionError, subprocess.TimeoutExpired):
            pass
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            os.close(self._to)
            os.close(self._from)

    def page(self) -> Page:
        """A new page, its clipboard allowed, as though its window had the focus."""
        self.call("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return Page(self, target, session)

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Send one command and wait for its answer; events that arrive meanwhile are kept."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        number = self._last
        while True:
            answer = self.receive()
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return dict(answer["result"])
            self.events.append(answer)

    def receive(self, seconds: float = SECONDS) -> dict[str, Any]:
        """The next message of the browser."""
        end = time.monotonic() + seconds
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._from], [], [], max(0.0, end - time.monotonic()))
            assert ready, "Chromium does not answer"
            data = os.read(self._from, 1 << 16)
            assert data, "Chromium has ended"
            self._buffer += data
        message, self._buffer = self._buffer.split(b"\0", 1)
        return dict(json.loads(message))


def _far_pipe() -> tuple[int, int]:
    """A pipe whose ends lie above 9, so that none of them is overwritten when they become 3 and 4; (read, write)."""
    ends = os.pipe()
    far = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return far[0], far[1]


class Page:
    """One page: what a person does to it, and what it asks the world for."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self._browser = browser
        self._target = target
        self._session = session
        self.requests: list[str] = []
        self.complaints: list[str] = []
        for domain in ("Page", "Runtime", "Network", "Log", "DOM"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command to this page."""
        result = self._browser.call(method, self._session, **parameters)
        self._note()
        return result

    def close(self) -> None:
        """Close the page."""
        self._browser.call("Target.closeTarget", targetId=self._target)

    def open(self, target: Path | str) -> None:
        """Go to a file or an address and wait until it is loaded."""
        url = target.resolve().as_uri() if isinstance(target, Path) else target
        self._loaded = False
        self.call("Page.navigate", url=url)
        self._await_load()

    def reload(self) -> None:
        """Load the same page again."""
        self._loaded = False
        self.call("Page.reload")
        self._await_load()

    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page; promises are awaited, what is thrown fails the test."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
        )
        assert "exceptionDetails" not in answer, answer.get("exceptionDetails")
        return answer["result"].get("value")

    def wait_until(self, expression: str, seconds: float = SECONDS) -> None:
        """Wait in the page, frame by frame, until an expression holds."""
        script = f"""new Promise((done, fail) => {{
            const end = performance.now() + {seconds * 1000};
            const look = () => {{
                if ({expression}) done();
                else if (performance.now() > end) fail("waited in vain: " + {json.dumps(expression)});
                else setTimeout(look, 10);
            }};
            look();
        }})"""
        self.evaluate(script)

    def click(self, selector: str) -> None:
        """Click the middle of an element with the mouse."""
        box = self.evaluate(
            f"""(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: "center"}});
            const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2, b.width]; }})()"""
        )
        assert box[2] > 0, f"{selector} is not to be seen"
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def press(self, key: str, code: str, number: int, text: str = "") -> None:
        """Press and release a key."""
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, code=code, windowsVirtualKeyCode=number, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=code, windowsVirtualKeyCode=number)

    def clipboard(self) -> str:
        """What the clipboard holds."""
        return str(self.evaluate("navigator.clipboard.readText()"))

    def picture(self, path: Path, *, whole: bool = False) -> Path:
        """Save what is seen (or the whole page) as PNG."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        path.write_bytes(base64.b64decode(data))
        return path

    def _await_load(self) -> None:
        self._note()
        while not self._loaded:
            self._browser.events.append(self._browser.receive())
            self._note()

    def _note(self) -> None:
        """Go through the events that came for this page."""
        kept: deque[dict[str, Any]] = deque()
        while self._browser.events:
            event = self._browser.events.popleft()
            if event.get("sessionId") != self._session:
                kept.append(event)
                continue
            parameters = event.get("params", {})
            match event.get("method"):
                case "Page.loadEventFired":
                    self._loaded = True
                case "Network.requestWillBeSent":
                    self.requests.append(parameters["request"]["url"])
                case "Network.webSocketCreated":
                    self.requests.append(parameters["url"])
                case "Log.entryAdded":
                    self.complaints.append(parameters["entry"]["text"])
                case "Runtime.exceptionThrown":
                    self.complaints.append(json.dumps(parameters["exceptionDetails"]))
        self._browser.events.extend(kept)
