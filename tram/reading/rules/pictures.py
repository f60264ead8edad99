"""Scans that come as pictures (JPG, PNG)."""

import io
import warnings

from PIL import Image, ImageOps

from tram.kernel.verdicts import Invalid

MOST_PIXELS = 80_000_000
"""An A3 page at 600 dpi; a picture with more is refused before its pixels are unpacked."""
LARGEST_SIDE = 4000
TOO_LARGE = "Ảnh lớn hơn 80 triệu điểm. Quét lại ở 300 dpi rồi tải lên."


def opened(data: bytes, mode: str = "L") -> Image.Image:
    """The page in grey (or in `mode`, as "RGB"), upright as the camera says, no side over 4,000 pixels; Invalid (field
    "file") if damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=["JPEG", "PNG"])
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid({"file": TOO_LARGE})
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except Image.DecompressionBombError as error:
        raise Invalid({"file": TOO_LARGE}) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Invalid({"file": "Không mở được ảnh. Quét hoặc chụp lại rồi tải lên."}) from error
    page = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright).convert(mode)
    page.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    return page
