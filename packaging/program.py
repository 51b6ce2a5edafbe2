"""Where a frozen program starts: the same door as everywhere else."""

import sys

from portfolio_desktop.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
