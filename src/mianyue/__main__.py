"""``python -m mianyue`` is ``mianyue``."""

import sys

from mianyue.config.command import main

sys.exit(main())
