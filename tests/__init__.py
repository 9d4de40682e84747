"""What the software promises."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
