"""The process that looks at foreign photographs: it gives up the network and most rights first."""

import io
import json
import sys
from pathlib import Path

from PIL import Image, ImageFilter, ImageOps, ImageStat

from symposia.work.apart_child import give_up_rights

# The longer side of what is kept, in pixels: small print of a till stays readable.
LONGEST = 2600
QUALITY = 85
# A photograph of a phone; what claims to be larger is not unpacked.
MOST_PIXELS = 120_000_000
# On a copy of this longer side the thresholds below were tried out (tests/work/test_pictures.py).
LOOKED_AT = 1000
# A shorter side below this holds no small print.
SMALLEST_SIDE = 500
# Paper in the light is bright, however dark the table around it: of 255, its brightest twentieth.
DARK_PAPER = 110
# How much the edges of print differ from each other; of what is out of focus they hardly do.
SHARP_EDGES = 25.0
_LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def drawn(content: bytes) -> Image.Image:
    """The picture upright, in colours of a screen, no larger than it is kept."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("it has too many pixels")
        opened.draft("RGB", (LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(opened)
        seen = upright.convert("RGBA") if _is_see_through(upright) else upright.convert("RGB")
    if seen.mode == "RGBA":
        paper = Image.new("RGBA", seen.size, "white")
        seen = Image.alpha_composite(paper, seen).convert("RGB")
    seen.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return seen


def _is_see_through(picture: Image.Image) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info


def faults_of(picture: Image.Image) -> list[str]:
    """What makes it hard to read: too dark, too small, out of focus (or nothing is on it)."""
    grey = picture.convert("L")
    grey.thumbnail((LOOKED_AT, LOOKED_AT), Image.Resampling.BILINEAR)
    # The outermost pixels have no neighbours to differ from.
    inner = (2, 2, grey.width - 2, grey.height - 2)
    edges = ImageStat.Stat(grey.filter(_LAPLACE).crop(inner)).var[0] if min(grey.size) > 4 else 0
    found = {
        "dark": _brightest(grey) < DARK_PAPER,
        "small": min(picture.size) < SMALLEST_SIDE,
        "blurred": edges < SHARP_EDGES,
    }
    return [name for name, holds in found.items() if holds]


def _brightest(grey: Image.Image) -> int:
    """The light above which one pixel in twenty lies, of 255."""
    counts, above = grey.histogram(), 0
    for light in range(255, 0, -1):
        above += counts[light]
        if above * 20 >= grey.width * grey.height:
            return light
    return 0


def main(path: str) -> int:
    give_up_rights()
    out = sys.stdout.buffer
    try:
        picture = drawn(Path(path).read_bytes())
        kept = io.BytesIO()
        picture.save(kept, "JPEG", quality=QUALITY)
    except (ValueError, OSError, MemoryError, Image.DecompressionBombError) as error:
        out.write(json.dumps({"problem": str(error)}).encode() + b"\n")
        return 1
    said = {"width": picture.width, "height": picture.height, "faults": faults_of(picture)}
    out.write(json.dumps(said).encode() + b"\n" + kept.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
