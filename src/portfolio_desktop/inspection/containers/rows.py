"""The packed rows of a PNG (ISO 15948, 8.2 and 9.2): unpacked piece by piece to see that all are there."""

from __future__ import annotations

import zlib

ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


class Rows:
    """The packed rows of one picture; nothing of them is kept."""

    def __init__(self, width: int, height: int, bits: int, interlaced: bool) -> None:
        passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
        shapes = ((-(-(width - x) // dx), -(-(height - y) // dy)) for x, y, dx, dy in passes)
        self._passes = [
            ((columns * bits + 7) // 8 + 1, lines) for columns, lines in shapes if columns > 0 and lines > 0
        ]
        self._wanted = sum(row * lines for row, lines in self._passes)
        self._unpacker = zlib.decompressobj()
        self._got = 0
        self._pass = self._pass_start = 0
        self.broken = False  # the data is not what zlib packed, or a row names no filter
        self.unsound = False  # complete, but the checksum or the length at the end is wrong

    @property
    def complete(self) -> bool:
        """Whether every row is there and sound."""
        return self._got >= self._wanted and not self.broken

    def feed(self, data: bytes) -> None:
        """Unpack another piece."""
        while data and not self.broken and not self._unpacker.eof:
            try:
                rows = self._unpacker.decompress(data, 1 << 20)
            except zlib.error:
                if self._got >= self._wanted:
                    self.unsound = True
                    self._got = self._wanted
                else:
                    self.broken = True
                return
            data = self._unpacker.unconsumed_tail
            self._filters(rows)
            self._got += len(rows)
            if self._got > self._wanted:
                self.unsound = True
                return
            if not rows and not data:
                return

    def _filters(self, rows: bytes) -> None:
        """Every row begins with the number of its filter, 0 to 4."""
        end = self._got + len(rows)
        while self._pass < len(self._passes):
            row, lines = self._passes[self._pass]
            pass_end = self._pass_start + row * lines
            first = self._pass_start + -(-(max(self._got, self._pass_start) - self._pass_start) // row) * row
            heads = (
                rows[first - self._got : min(end, pass_end) - self._got : row] if first < min(end, pass_end) else b""
            )
            if heads and max(heads) > 4:
                self.broken = True
                return
            if end < pass_end:
                return
            self._pass, self._pass_start = self._pass + 1, pass_end
