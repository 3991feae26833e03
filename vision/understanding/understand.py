"""A window and its words become what is told of them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alisa.protocol.sight import SightScreen
from vision.understanding.apps import category_of
from vision.understanding.errors import find_error
from vision.understanding.files import file_type_of
from vision.understanding.names import program
from vision.understanding.offer import offer_for
from vision.understanding.tasks import task_of

if TYPE_CHECKING:
    from vision.desktop.window import Window


def understand(window: Window | None, text: str) -> SightScreen:
    """What is done in this window, with what, and which error it shows. `text` are the words in it, as they were read.

    The title and the text are handed on as they are: what must not leave the eyes is taken out elsewhere.
    """
    app, title = (window.app, window.title) if window is not None else ("", "")
    category = category_of(app)
    file_type = file_type_of(title, in_browser=category == "browser")
    error = find_error(category, app, title, file_type, text)
    return SightScreen(
        task=task_of(category, app, title, file_type),
        app=program(app),
        category=category or "",
        file_type=file_type,
        window=title,
        text=text,
        error_kind=error.kind if error else "",
        error_message=error.message if error else "",
        error_file=error.file if error else "",
        error_line=error.line if error else None,
        offer=offer_for(error) if error else "",
    )
