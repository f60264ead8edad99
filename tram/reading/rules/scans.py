"""Make a scanned page easy to read: even the light, take away specks, straighten the lines.

This module brings in OpenCV; only an engine's loader may import it, and only when a page needs it.
"""

from typing import Any

import cv2
import numpy as np
from PIL import Image

STEEPEST = 4.0
"""Degrees to either side within which a page is straightened."""
Grey = np.ndarray[Any, np.dtype[Any]]


def cleaned(image: Image.Image) -> tuple[Image.Image, float]:
    """The page in black and white and the degrees it was turned (counter-clockwise) to level its lines.

    Median 3, light blur, divided by its background, Otsu's threshold.
    """
    grey: Grey = np.asarray(image.convert("L"))
    soft = cv2.GaussianBlur(cv2.medianBlur(grey, 3), (3, 3), 0)
    paper = cv2.medianBlur(cv2.dilate(soft, np.ones((9, 9), np.uint8)), 51)
    even = cv2.divide(soft, paper, scale=255)
    _, ink = cv2.threshold(even, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    angle = skew(ink)
    return Image.fromarray(_turned(ink, angle)), angle


def skew(ink: Grey) -> float:
    """Degrees by which the page must be turned so that its rows of ink are level."""
    scale = 800 / max(ink.shape)
    small: Grey = 255 - cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    best = 0.0
    for step, reach in ((0.5, STEEPEST), (0.1, 0.5)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(small, float(angle))))
    return best if abs(best) >= 0.2 else 0.0


def _sharpness(small: Grey, angle: float) -> float:
    rows = _turned(small, angle, paper=0).sum(axis=1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def _turned(image: Grey, angle: float, paper: int = 255) -> Grey:
    if not angle:
        return image
    high, wide = image.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    return cv2.warpAffine(image, turn, (wide, high), borderValue=paper)
