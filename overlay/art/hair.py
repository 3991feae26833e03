"""Her hair: the mass behind her, that sways, and the fringe with its side locks, that moves with her head."""

from __future__ import annotations

from overlay.art import palette as ink
from overlay.art.pen import Pen, across, down, mirrored, shape, union

_BACK_HALF = shape(
    "M 258 50 C 148 46 80 130 74 240 C 69 320 74 396 58 478 C 48 528 36 574 40 616 C 42 640 34 658 20 672 "
    "C 52 670 72 654 82 630 C 86 654 84 674 74 696 C 106 682 122 656 127 624 C 134 648 136 664 132 688 "
    "C 160 664 174 630 178 590 L 258 560 Z"
)
BACK = union(_BACK_HALF, mirrored(_BACK_HALF))

FRINGE = shape(
    "M 256 52 C 158 48 86 122 83 240 C 82 300 92 340 92 384 C 92 426 84 462 100 506 C 122 478 138 434 138 388 "
    "C 138 352 131 322 134 292 C 136 266 140 248 146 228 C 143 246 142 264 148 284 C 168 262 184 238 190 206 "
    "C 192 232 196 252 206 272 C 230 256 243 230 247 202 C 246 228 245 254 251 280 C 273 262 286 232 289 202 "
    "C 292 226 298 246 311 266 C 320 248 326 228 327 206 C 334 238 346 264 365 284 C 371 264 370 246 367 228 "
    "C 373 248 377 266 378 292 C 381 322 374 352 374 388 C 374 434 390 478 412 506 C 428 462 420 426 420 384 "
    "C 420 340 430 300 429 240 C 426 122 354 48 256 52 Z"
)
_AHOGE = shape("M 246 62 C 228 34 246 4 292 12 C 300 14 306 18 310 24 C 288 18 262 28 266 62 Z")
_AHOGE_LIGHT = shape("M 249 50 C 242 28 262 14 288 16")

_SHINE = (
    (
        "M 112 204 C 118 190 126 180 134 172 L 140 196 C 146 178 154 164 164 156 L 168 178 C 174 162 182 152 190 146 "
        "L 186 168 C 178 176 174 182 172 196 L 160 184 C 154 192 150 200 150 212 L 136 198 C 128 204 122 210 118 218 Z"
    ),
    (
        "M 200 150 C 206 140 212 134 220 130 L 224 156 C 230 138 238 128 246 125 L 248 148 C 254 134 262 126 270 126 "
        "L 276 154 C 280 138 288 130 296 132 L 298 158 C 290 164 286 172 284 184 L 270 160 C 262 168 258 178 256 190 "
        "L 244 162 C 234 170 230 180 228 194 L 216 164 C 210 168 204 174 200 182 Z"
    ),
    (
        "M 310 138 C 318 140 324 144 330 150 L 334 172 C 340 158 348 158 354 164 L 364 190 C 370 184 378 188 384 198 "
        "L 392 214 C 384 206 376 202 368 202 L 366 214 C 360 198 354 190 346 186 L 340 198 C 334 182 326 172 314 168 Z"
    ),
)
"""the ring of light: three pieces with jagged edges, as locks break it"""

_STRANDS = (
    "M 190 208 C 184 164 200 116 236 78",
    "M 247 205 C 242 164 250 114 266 74",
    "M 289 205 C 292 164 288 114 280 76",
    "M 327 208 C 332 164 322 116 298 80",
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
        "M 190 206 C 182 170 196 130 228 96 C 204 140 198 190 203 256 Z",
        "M 247 202 C 240 170 248 130 262 96 C 258 140 250 190 250 262 Z",
        "M 289 202 C 292 170 288 130 280 96 C 300 140 300 190 302 248 Z",
        "M 327 206 C 332 170 322 130 300 96 C 330 130 340 190 350 262 Z",
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
    """The ring of light on her hair, over a soft glow."""
    pen.line(shape("M 118 200 C 148 120 364 120 394 200"), ink.HAIR_LIGHT, 36, blur=10, alpha=0.7)
    for piece in _SHINE:
        pen.fill(shape(piece), down(124, 206, "#fbf8ff", "#d5c9ff", "#a897fa"), alpha=0.8)
    for x, y in ((176, 222), (214, 212), (268, 214), (338, 218)):
        pen.brush(shape(f"M {x} {y - 12} L {x + (x - 256) * 0.03} {y + 12}"), ink.HAIR_LIGHT, 5, alpha=0.85)
