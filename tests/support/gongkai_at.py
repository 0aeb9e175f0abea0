"""`gongkai` as a process of its own whose clock stands at the moment in $GONGKAI_TEST_CLOCK.

Every verb takes the clock from `generator.cli.common`, before it is imported itself.
"""

import os
from datetime import datetime
from pathlib import Path

from generator.cli import common, main

if __name__ == "__main__":
    clock = Path(os.environ["GONGKAI_TEST_CLOCK"])
    common.now = lambda: datetime.fromisoformat(clock.read_text("utf-8"))
    main()
