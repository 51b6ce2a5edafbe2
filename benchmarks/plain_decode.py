"""What a plain script would do to look at everything, on two processes: the yardstick of goal 3.

    pdf        PDFium: every page drawn, at 72 dpi       jpg, png    Pillow: every pixel
    mp3, mp4   PyAV: every packet decoded

No verdict, no facts, no guard against hanging, crashing or memory; a file that cannot be read is passed over.

    python -m benchmarks.plain_decode FOLDER
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import av
import pypdfium2
from PIL import Image

from benchmarks.corpus import files_of


def decode(path: Path) -> bool:
    """Read all of a file by its extension; whether that went well."""
    try:
        if path.suffix == ".pdf":
            pdf = pypdfium2.PdfDocument(path)
            for page in pdf:
                page.render(scale=1)
                page.close()
            pdf.close()
        elif path.suffix in (".jpg", ".png"):
            with Image.open(path) as image:
                image.load()
        else:
            with av.open(str(path)) as container:
                for packet in container.demux():
                    packet.decode()
    except Exception:  # noqa: BLE001 - foreign readers on foreign bytes
        return False
    return True


def main() -> int:
    """Decode a folder."""
    paths = files_of(Path(sys.argv[1]))
    with ProcessPoolExecutor(2) as pool:
        good = sum(pool.map(decode, paths, chunksize=4))
    print(f"{good} of {len(paths)} read")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
