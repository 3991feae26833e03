"""Her body: a hoodie that is too large for her, with a heart, and the legs that it stands on."""

from __future__ import annotations

from overlay.art import palette as ink
from overlay.art.pen import Pen, across, box, down, heart, mirrored, oval, shape, union

_NECK = shape("M 230 400 L 230 456 C 234 474 278 474 282 456 L 282 400 Z")
_TORSO_HALF = shape(
    "M 258 452 C 216 452 192 460 174 474 C 158 490 154 520 152 552 C 150 590 148 616 152 650 "
    "C 190 662 230 664 258 664 Z"
)
_TORSO = union(_TORSO_HALF, mirrored(_TORSO_HALF))
_SLEEVE = shape(
    "M 188 466 C 152 472 128 506 114 552 C 105 582 100 606 102 630 C 116 644 144 648 162 638 C 166 612 170 584 178 552 "
    "C 186 524 194 504 198 488 Z"
)
_CUFF = shape("M 101 618 C 118 630 146 634 164 626 L 161 645 C 144 654 116 650 102 637 Z")
_HEM = shape("M 151 634 C 186 648 326 648 361 634 L 361 652 C 326 668 186 668 151 652 Z")
_HOOD = shape(
    "M 256 500 C 196 498 158 474 164 446 C 170 424 206 424 232 446 C 240 456 272 456 280 446 C 306 424 342 424 348 446 "
    "C 354 474 316 498 256 500 Z"
)
_HOOD_BACK = shape("M 168 456 C 172 412 340 412 344 456 C 344 480 168 480 168 456 Z")
_POCKET = shape("M 206 586 L 306 586 C 318 600 328 614 332 632 C 300 640 212 640 180 632 C 184 614 194 600 206 586 Z")
_SKIRT = shape("M 160 648 C 200 662 312 662 352 648 L 368 694 C 320 708 192 708 144 694 Z")


def legs(pen: Pen) -> None:
    """Legs, socks and shoes: they stand still while she breathes."""
    pen.both(lambda: _leg(pen))


def _leg(pen: Pen) -> None:
    leg = shape("M 190 640 L 190 742 L 240 742 L 246 640 Z")
    pen.fill(leg, across((188, 0), (246, 0), ink.SKIN, ink.SKIN_WARM))
    with pen.inside(leg):
        pen.fill(shape("M 184 690 C 200 704 230 704 250 692 L 250 712 L 184 712 Z"), ink.SKIN_SHADE, blur=3, alpha=0.8)
    sock = shape("M 188 712 C 204 718 228 718 244 712 L 242 746 L 190 746 Z")
    pen.fill(sock, across((188, 0), (244, 0), ink.HAIR_DARK, ink.HAIR_DEEP))
    pen.line(shape("M 189 720 C 204 726 228 726 243 720"), ink.ACCENT, 4)
    pen.line(shape("M 190 640 L 189 712 M 245 640 L 243 712"), ink.SKIN_LINE, 2.8)
    pen.line(sock, ink.HAIR_LINE, 2.8)
    shoe = shape("M 186 738 C 174 740 168 750 170 760 L 246 760 C 248 748 248 740 242 736 C 228 744 202 746 186 738 Z")
    pen.fill(shoe, down(736, 760, ink.WHITE, ink.LAVENDER))
    pen.fill(shape("M 170 753 L 247 753 L 246 762 L 169 762 Z"), ink.ACCENT)
    pen.line(shape("M 200 746 L 216 749 M 196 751 L 212 755"), ink.HEART, 3)
    outline = "M 186 738 C 174 740 167 750 169 762 L 247 762 C 249 750 248 740 242 736 C 228 744 202 746 186 738 Z"
    pen.line(shape(outline), ink.CLOTH_LINE, 3)


def body(pen: Pen) -> None:
    """From the neck to the skirt."""
    _skirt(pen)
    pen.fill(_HOOD_BACK, down(420, 480, ink.HAIR_DARK, ink.HAIR_DEEP))
    pen.line(_HOOD_BACK, ink.HAIR_LINE, 3)
    pen.fill(_NECK, down(410, 470, ink.SKIN_SHADE, "#f9cdbd", ink.SKIN, stops=(0, 0.6, 1)))
    pen.line(_NECK, ink.SKIN_LINE, 2.8)
    _torso(pen)
    pen.both(lambda: _sleeve(pen))
    _hood(pen)


def _skirt(pen: Pen) -> None:
    pen.fill(_SKIRT, down(650, 704, ink.HAIR_DEEP, "#5a48bd"))
    with pen.inside(_SKIRT):
        for x in range(166, 356, 27):
            lean = (x - 256) * 0.12
            fold = shape(f"M {x} 644 L {x + lean} 712 L {x + lean + 12} 712 L {x + 5} 644 Z")
            pen.fill(fold, ink.HAIR_LINE, alpha=0.55)
        pen.line(shape("M 144 686 C 192 700 320 700 368 686"), ink.ACCENT, 4, alpha=0.9)
    pen.line(_SKIRT, ink.HAIR_LINE, 3)


def _torso(pen: Pen) -> None:
    pen.fill(_TORSO, across((170, 470), (340, 660), ink.WHITE, ink.CLOTH, ink.CLOTH_SHADE, stops=(0, 0.45, 1)))
    with pen.inside(_TORSO):
        pen.fill(shape("M 150 466 C 190 520 322 520 362 466 L 362 500 C 320 540 192 540 150 500 Z"),
                 ink.CLOTH_DEEP, blur=8, alpha=0.75)  # fmt: skip
        pen.both(lambda: pen.fill(shape("M 140 500 L 186 520 C 176 570 172 610 172 660 L 140 660 Z"),
                                  ink.CLOTH_DEEP, blur=7, alpha=0.7))  # fmt: skip
        pen.fill(_POCKET, down(586, 640, ink.CLOTH, ink.CLOTH_SHADE))
        pen.line(_POCKET, ink.CLOTH_LINE, 2.6)
        pen.both(lambda: pen.brush(shape("M 208 592 C 196 606 190 616 187 630"), ink.CLOTH_DEEP, 6))
        pen.fill(_HEM, down(634, 664, ink.CLOTH_SHADE, ink.CLOTH_DEEP))
        for x in range(160, 360, 10):
            pen.line(shape(f"M {x} 640 L {x} 664"), ink.CLOTH_LINE, 1.6, alpha=0.4)
        pen.line(shape("M 151 634 C 186 648 326 648 361 634"), ink.CLOTH_LINE, 2.4)
    pen.line(_TORSO, ink.CLOTH_LINE, 3.2)
    _badge(pen)


def _badge(pen: Pen) -> None:
    """The heart on her chest."""
    whole = heart(256, 546, 29)
    pen.fill(heart(258, 550, 29), ink.CLOTH_DEEP, blur=3, alpha=0.8)
    pen.fill(whole, down(522, 576, "#ff8fab", ink.HEART, "#f04e78"))
    with pen.inside(whole):
        pen.fill(oval(243, 537, 9, 6), ink.WHITE, blur=1.6, alpha=0.85)
        pen.brush(shape("M 262 570 C 276 560 282 550 281 538"), "#ffb3c6", 5, alpha=0.8)
    pen.line(whole, "#a8305a", 2.8)


def _sleeve(pen: Pen) -> None:
    hand = union(oval(132, 648, 19, 14), shape("M 116 646 L 148 646 L 146 662 C 140 668 124 668 118 661 Z"))
    pen.fill(hand, down(640, 668, ink.SKIN, ink.SKIN_WARM))
    pen.line(hand, ink.SKIN_LINE, 2.8)
    pen.line(shape("M 127 656 L 127 665 M 137 656 L 137 664"), ink.SKIN_LINE, 2)
    pen.fill(_SLEEVE, across((104, 560), (184, 590), ink.WHITE, ink.CLOTH, ink.CLOTH_SHADE, stops=(0, 0.4, 1)))
    with pen.inside(_SLEEVE):
        pen.brush(shape("M 172 520 C 164 560 156 590 152 630"), ink.CLOTH_DEEP, 20, blur=5, alpha=0.8)
        for fold in ("M 120 566 C 134 576 142 578 156 574", "M 112 594 C 126 606 140 608 158 602"):
            pen.brush(shape(fold), ink.CLOTH_LINE, 3, alpha=0.6)
        pen.line(shape("M 126 520 C 146 534 164 540 186 540"), ink.ACCENT, 6, alpha=0.95)
    pen.line(_SLEEVE, ink.CLOTH_LINE, 3.2)
    pen.fill(_CUFF, down(618, 652, ink.VIOLET, ink.HAIR_DARK))
    pen.line(_CUFF, ink.HAIR_LINE, 2.8)


def _hood(pen: Pen) -> None:
    """The hood that lies on her shoulders, and its strings."""
    pen.fill(_HOOD, down(430, 500, ink.WHITE, ink.CLOTH, ink.CLOTH_SHADE))
    lining = shape("M 176 446 C 186 432 214 438 234 456 C 244 464 268 464 278 456 C 298 438 326 432 336 446 "
                   "C 320 480 192 480 176 446 Z")  # fmt: skip
    pen.fill(lining, down(436, 476, ink.VIOLET, ink.HAIR_DARK))
    pen.line(lining, ink.HAIR_LINE, 2.6)
    pen.fill(shape("M 231 440 L 281 440 C 281 466 231 466 231 440 Z"), "#f9cdbd")
    pen.line(shape("M 230 440 C 232 470 280 470 282 440"), ink.SKIN_LINE, 2.6)
    pen.line(_HOOD, ink.CLOTH_LINE, 3)
    for side, length in ((-1, 34), (1, 42)):
        x = 256 + side * 46
        string = shape(f"M {x} 482 Q {x + side * 4} {486 + length / 2} {x - side} {486 + length}")
        tip = box(x - side - 5, 484 + length, x - side + 5, 502 + length, 4)
        pen.line(string, ink.CLOTH_LINE, 8)
        pen.line(string, ink.ACCENT, 4.6)
        pen.fill(tip, ink.ACCENT)
        pen.line(tip, ink.CLOTH_LINE, 2.2)
