"""Her hair: the mass behind her, that sways, and the fringe with its side locks, that moves with her head."""

from __future__ import annotations

import skia

from overlay.art import palette as ink
from overlay.art.pen import Pen, across, down, mirrored, shape, union

_BACK_HALF = shape(
    "M 258 50 C 148 46 80 130 74 240 C 69 320 74 396 58 478 C 48 528 36 574 40 616 C 42 640 34 658 20 672 "
    "C 52 670 72 654 82 630 C 86 654 84 674 74 696 C 106 682 122 656 127 624 C 134 648 136 664 132 688 "
    "C 160 664 174 630 178 590 L 258 560 Z"
)
BACK = union(_BACK_HALF, mirrored(_BACK_HALF))

FRINGE = shape(
    "M 256 52 C 158 48 86 122 83 240 C 82 300 94 340 96 384 C 98 426 92 458 106 498 C 126 472 142 432 143 388 "
    "C 144 352 138 322 141 292 C 143 266 147 248 152 230 C 150 246 150 262 158 278 C 172 260 186 238 191 205 "
    "C 196 230 206 250 224 266 C 236 252 242 230 245 206 C 248 232 254 256 268 276 C 278 254 282 230 281 205 "
    "C 284 226 288 242 298 256 C 310 242 318 226 322 205 C 328 236 340 260 355 278 C 362 262 362 246 360 230 "
    "C 365 248 369 266 371 292 C 374 322 368 352 369 388 C 370 432 386 472 406 498 C 420 458 414 426 416 384 "
    "C 418 340 430 300 429 240 C 426 122 354 48 256 52 Z"
)
_AHOGE = shape("M 246 62 C 228 34 246 4 292 12 C 300 14 306 18 310 24 C 288 18 262 28 266 62 Z")
_AHOGE_LIGHT = shape("M 249 50 C 242 28 262 14 288 16")

_SHINE = (
    (-132, 12, 10), (-118, 20, 16), (-103, 14, 26), (-88, 26, 14), (-72, 18, 30), (-55, 30, 18), (-37, 20, 34),
    (-18, 32, 18), (2, 22, 36), (21, 33, 17), (40, 19, 32), (57, 29, 18), (74, 17, 28), (90, 25, 14), (105, 13, 24),
    (120, 19, 14), (133, 11, 9),
)  # fmt: skip
"""the shards of the ring of light: across from her middle, up and down from the ring"""

_STRANDS = (
    "M 191 207 C 186 164 200 116 232 78",
    "M 245 208 C 240 164 244 114 252 76",
    "M 281 207 C 284 164 278 114 266 76",
    "M 322 207 C 326 164 312 116 284 78",
    "M 152 232 C 142 186 158 128 206 88",
    "M 360 232 C 370 186 354 128 308 88",
)
_LOCKS = (
    "M 104 262 C 106 330 114 380 110 470",
    "M 122 250 C 118 320 132 370 124 446",
)


def back_hair(pen: Pen) -> None:
    """The long hair behind her, violet that runs to teal."""
    flow = down(50, 690, ink.HAIR_DARK, ink.VIOLET, "#5f78d8", ink.TEAL, ink.HAIR_TIP, stops=(0, 0.38, 0.66, 0.86, 1))
    pen.fill(BACK, flow)
    with pen.inside(BACK):
        pen.fill(shape("M 96 300 C 150 460 362 460 416 300 L 400 600 L 112 600 Z"), ink.HAIR_DEEP, blur=22, alpha=0.85)
        pen.both(lambda: _back_strands(pen))
    pen.line(BACK, ink.HAIR_LINE, 3.4)


def _back_strands(pen: Pen) -> None:
    for strand in (
        "M 96 300 C 92 420 70 520 58 640",
        "M 112 330 C 112 440 96 540 80 632",
        "M 132 380 C 134 470 126 560 108 656",
        "M 152 420 C 156 500 150 570 132 660",
    ):
        pen.brush(shape(strand), ink.HAIR_DEEP, 4, alpha=0.55)
    for strand in ("M 84 320 C 82 420 60 520 50 620", "M 122 420 C 122 500 112 570 96 640"):
        pen.brush(shape(strand), "#8fe9f0", 5, alpha=0.5)
    pen.fill(shape("M 74 250 C 70 330 74 400 62 470 C 78 420 88 330 92 240 Z"), ink.HAIR_LIGHT, blur=5, alpha=0.5)


def front_hair(pen: Pen) -> None:
    """The top of her head, the fringe with gaps over her brows, and a lock beside each cheek."""
    pen.fill(FRINGE, down(52, 498, ink.HAIR_TOP, ink.VIOLET, "#6a62d4", ink.TEAL, ink.HAIR_TIP,
                          stops=(0, 0.4, 0.62, 0.88, 1)))  # fmt: skip
    with pen.inside(FRINGE):
        _shade(pen)
        _shine(pen)
    pen.line(FRINGE, ink.HAIR_LINE, 3.2)
    pen.fill(_AHOGE, across((240, 60), (310, 14), ink.VIOLET, ink.HAIR_TOP, ink.HAIR_LIGHT))
    pen.brush(_AHOGE_LIGHT, ink.SHINE, 5, alpha=0.8)
    pen.line(shape("M 246 64 C 228 34 246 4 292 12 C 300 14 306 18 310 24 C 288 18 262 28 266 64"), ink.HAIR_LINE, 3)


def _shade(pen: Pen) -> None:
    """Darker where the locks lie under one another, and lines that follow their fall."""
    for fold in (
        "M 152 232 C 140 190 160 140 196 108 C 172 150 168 200 162 262 Z",
        "M 191 205 C 184 170 196 130 224 96 C 206 140 204 190 208 246 Z",
        "M 245 206 C 242 170 246 130 254 96 C 256 140 254 190 254 240 Z",
        "M 281 205 C 284 170 280 130 272 96 C 292 140 294 190 290 244 Z",
        "M 322 205 C 328 170 316 130 288 96 C 318 130 332 180 340 250 Z",
        "M 360 232 C 372 190 352 140 316 108 C 350 150 360 200 356 262 Z",
    ):
        pen.fill(shape(fold), ink.HAIR_DARK, blur=3, alpha=0.5)
    for strand in _STRANDS:
        pen.brush(shape(strand), ink.HAIR_LINE, 4, thin="end", alpha=0.75)
    pen.both(lambda: _side_lock(pen))
    pen.fill(shape("M 70 250 C 80 110 160 50 256 50 C 352 50 432 110 442 250 C 420 130 340 74 256 74 "
                   "C 172 74 92 130 70 250 Z"), ink.HAIR_DEEP, blur=7, alpha=0.55)  # fmt: skip


def _side_lock(pen: Pen) -> None:
    pen.fill(shape("M 141 292 C 138 322 144 352 143 388 C 142 432 126 472 106 498 C 120 450 128 400 124 340 Z"),
             ink.HAIR_DARK, blur=4, alpha=0.45)  # fmt: skip
    for strand in _LOCKS:
        pen.brush(shape(strand), ink.HAIR_LINE, 3.4, alpha=0.55)
    pen.brush(shape("M 112 340 C 118 390 116 430 112 468"), "#b8fff6", 5, alpha=0.6)


def _shine(pen: Pen) -> None:
    """The ring of light on her hair: shards that follow the strands, over a soft glow."""
    ring = shape("M 118 196 C 148 118 364 118 394 196")
    pen.line(ring, ink.HAIR_LIGHT, 34, blur=9, alpha=0.75)
    for across_by, up, low in _SHINE:
        pen.fill(_shard(across_by, up, low), ink.SHINE, alpha=0.88)
    for x, y, radius in ((148, 214, 4), (336, 190, 4), (212, 186, 3.4)):
        pen.fill(shape(f"M {x} {y - 2 * radius} L {x + radius} {y} L {x} {y + 2 * radius} L {x - radius} {y} Z"),
                 ink.SHINE, alpha=0.7)  # fmt: skip


def _shard(across_by: float, up: float, low: float) -> skia.Path:
    x = 256 + across_by
    y = 140 + 50 * (across_by / 132) ** 2
    lean = across_by / 132
    top, bottom = (x - lean * up * 0.7, y - up), (x + lean * low * 0.45, y + low)
    return shape(
        f"M {top[0]:.2f} {top[1]:.2f} C {x + 7:.2f} {y - up * 0.3:.2f} {x + 7:.2f} {y + low * 0.2:.2f} "
        f"{bottom[0]:.2f} {bottom[1]:.2f} C {x - 7:.2f} {y + low * 0.2:.2f} {x - 7:.2f} {y - up * 0.3:.2f} "
        f"{top[0]:.2f} {top[1]:.2f} Z"
    )
