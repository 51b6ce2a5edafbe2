"""A film that not every browser plays is told so, from the real file to the finding."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from helpers.judged import RULES, codes
from portfolio_desktop.findings.checks import content_findings
from portfolio_desktop.inspection import media
from portfolio_desktop.inspection.facts import Inspection


def film(path: Path, codec: str, pixels: str) -> Path:
    """A film of one second."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 64, pixels
        frames = [av.VideoFrame(64, 64, pixels) for _ in range(10)]
        for packet in (packet for frame in [*frames, None] for packet in stream.encode(frame)):
            container.mux(packet)
    return path


@pytest.mark.parametrize(
    ("codec", "pixels", "wanted"),
    [("libx264", "yuv420p", []), ("libx264", "yuv444p", ["video.pixels"]), ("mpeg4", "yuv420p", ["video.codec"])],
)
def test_what_every_browser_plays(tmp_path: Path, codec: str, pixels: str, wanted: list[str]) -> None:
    path = film(tmp_path / "影片.mp4", codec, pixels)
    inspection = Inspection.from_json(media.inspect(str(path), "mp4"))
    assert codes(content_findings(path.name, path.stat().st_size, inspection, RULES)) == wanted
