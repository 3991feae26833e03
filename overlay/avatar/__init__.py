"""Sets of pictures that she can be made of: read from a folder, checked file by file."""

from overlay.avatar.library import avatar_folders, choose_avatar, load_avatar
from overlay.avatar.sets import AvatarError, AvatarSet

__all__ = ["AvatarError", "AvatarSet", "avatar_folders", "choose_avatar", "load_avatar"]
