"""Which program is what kind of program, as data: executables of Windows, window classes of X11, names of macOS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from vision.understanding.names import look_up, program

Category: TypeAlias = Literal[
    "editor", "terminal", "browser", "office", "notes", "chat", "mail", "meeting", "video", "music", "game",
    "design", "3d", "reader", "files", "settings", "system", "database", "virtual_machine", "calendar", "finance",
    "other",
]  # fmt: skip

APPS: Mapping[Category, tuple[str, ...]] = {
    "meeting": (
        "zoom", "zoom us", "zoommtg", "teams", "ms teams", "msteams", "teams for linux", "microsoft teams", "webex*",
        "skype*", "jitsi*", "facetime", "gotomeeting", "bluejeans", "whereby", "google meet", "ringcentral*",
        "mumble",
    ),
    "virtual_machine": (
        "virtualbox*", "vmware*", "vmplayer", "virt manager", "qemu*", "parallels*", "utm", "gnome boxes",
        "vmconnect", "remote viewer", "remmina*", "mstsc", "anydesk", "teamviewer", "rustdesk", "vncviewer",
        "tigervnc",
    ),
    "database": (
        "dbeaver*", "datagrip*", "pgadmin*", "tableplus", "mysql workbench*", "mysqlworkbench*", "ssms",
        "azuredatastudio", "sqlitebrowser", "db browser*", "heidisql", "sequel*", "mongodb compass",
        "mongodbcompass", "redisinsight",
        "beekeeper studio",
    ),
    "editor": (
        "code", "code oss", "code insiders", "vscodium", "codium", "visual studio*", "devenv", "cursor", "windsurf",
        "zed", "dev zed zed", "pycharm*", "idea", "idea64", "intellij*", "jetbrains*", "webstorm*", "phpstorm*",
        "clion*", "goland*", "rider", "rider64", "rubymine*", "rustrover*", "fleet", "android studio", "studio64",
        "androidstudio", "eclipse*", "netbeans*", "sublime*", "subl", "xcode", "emacs*", "gvim", "macvim", "vim",
        "nvim*", "neovide", "kate", "kdevelop", "geany", "gedit", "gnome text editor", "texteditor", "notepad++",
        "qtcreator*", "atom", "pulsar", "bbedit", "nova", "textmate", "lapce", "helix", "spyder*", "thonny", "idle",
        "arduino*", "rstudio*", "matlab*", "jupyter*", "octave*", "unityeditor", "codeblocks", "bluej", "mousepad",
        "pluma", "xed", "kwrite", "leafpad", "brackets", "lite xl", "code blocks", "devcpp", "texstudio", "texmaker",
        "lyx", "texshop", "unity hub", "godot*",
    ),
    "terminal": (
        "xterm", "uxterm", "terminal", "iterm*", "konsole", "kitty", "alacritty", "wezterm*", "foot", "footclient",
        "ghostty", "tilix", "terminator", "windowsterminal", "wt", "cmd", "powershell*", "pwsh", "conhost",
        "openconsole", "urxvt*", "rxvt*", "gnome terminal*", "xfce4 terminal", "mate terminal", "lxterminal",
        "qterminal", "deepin terminal", "ptyxis", "kgx", "console", "st", "st 256color", "guake", "yakuake", "tilda",
        "hyper", "warp", "tabby", "cool retro term", "mintty", "conemu*", "cmder", "putty", "kitty portable",
        "termius", "securecrt", "mobaxterm*", "terminology", "sakura", "rio",
    ),
    "browser": (
        "firefox*", "navigator", "mozilla firefox", "librewolf", "waterfox*", "palemoon", "chrome", "google chrome*",
        "chromium*", "msedge", "microsoft edge*", "microsoftedge", "safari", "opera*", "brave*", "vivaldi*", "arc",
        "zen", "zen browser", "epiphany", "gnome web", "falkon", "konqueror", "qutebrowser", "midori", "thorium*",
        "yandex*", "floorp", "ladybird", "orion", "iexplore", "duckduckgo", "seamonkey", "ungoogled chromium",
        "nyxt", "luakit",
    ),
    "design": (
        "photoshop*", "adobe photoshop*", "illustrator*", "adobe illustrator*", "indesign*", "adobe xd", "figma*",
        "sketch", "gimp*", "inkscape*", "krita*", "affinity*", "canva", "scribus", "darktable", "rawtherapee",
        "lightroom*", "paint", "mspaint", "paint net", "paintdotnet", "pixelmator*", "procreate", "clipstudiopaint",
        "mypaint", "aseprite", "drawio", "draw io", "dia", "penpot", "pinta", "kolourpaint", "digikam",
        "capture one*", "corel*", "afterfx", "after effects", "premiere*", "adobe premiere*", "davinci resolve",
        "resolve", "kdenlive", "shotcut", "openshot", "final cut pro", "finalcut", "imovie", "capcut", "obs",
        "obs64", "audacity", "ardour*", "reaper", "ableton*", "fl64", "fl studio", "logic pro*", "garageband",
        "lmms", "bitwig*", "musescore*",
    ),
    "3d": (
        "blender", "maya", "3dsmax", "cinema 4d", "zbrush", "freecad", "autocad", "acad", "fusion360", "fusion 360",
        "solidworks", "sldworks", "openscad", "sketchup", "houdini", "unity", "ue4editor", "unrealeditor", "kicad",
        "eeschema", "pcbnew", "cura", "prusa slicer", "bambu studio", "orcaslicer", "rhino",
    ),
    "office": (
        "winword", "microsoft word", "word", "excel", "microsoft excel", "powerpnt", "powerpoint",
        "microsoft powerpoint", "libreoffice*", "soffice", "openoffice*", "onlyoffice*", "desktopeditors", "wps",
        "wpsoffice", "et", "wpp", "pages", "numbers", "keynote", "abiword", "gnumeric", "calligra*", "scrivener",
        "focuswriter", "ghostwriter", "ulysses", "ia writer", "manuskript", "typora", "wordpad", "textedit",
        "textmaker", "notepad", "wordperfect", "bibisco", "zettlr", "marktext", "mark text", "apostrophe",
    ),
    "notes": (
        "obsidian", "notion", "onenote*", "evernote", "joplin*", "logseq", "simplenote", "standard notes", "notes",
        "gnome notes", "bijiben", "tomboy*", "zim", "cherrytree", "roam*", "anytype", "trilium*", "bear", "craft",
        "xournal*", "rnote", "stickynotes", "sticky notes", "todoist", "ticktick", "things", "trello", "omnifocus",
        "todo",
    ),
    "chat": (
        "slack", "discord*", "telegram*", "telegramdesktop", "whatsapp*", "signal", "signal desktop", "element*",
        "fractal", "messages", "messenger", "wechat", "weixin", "qq", "line", "viber", "mattermost*", "rocketchat",
        "rocket chat", "zulip", "hexchat", "konversation", "irssi", "weechat", "pidgin", "gajim", "dino", "nheko",
        "neochat", "threema", "wire", "ferdium", "rambox", "franz", "caprine", "vesktop", "guilded", "revolt",
        "session", "beeper",
    ),
    "mail": (
        "thunderbird*", "mail", "apple mail", "outlook", "microsoft outlook", "olk", "hxoutlook", "evolution",
        "geary", "kmail*", "mailspring", "spark", "airmail", "proton mail", "protonmail*", "tutanota*", "claws mail",
        "sylpheed", "betterbird", "hxmail", "mutt", "neomutt", "trojita", "emclient", "em client", "mimestream",
        "superhuman", "canary mail",
    ),
    "calendar": ("gnome calendar", "calendar", "fantastical", "korganizer", "hxcalendarappimm", "merkuro*"),
    "video": (
        "vlc*", "mpv", "mplayer", "smplayer", "totem", "videos", "celluloid", "kodi", "plex*", "jellyfin*",
        "netflix", "iina", "quicktime player", "potplayer*", "mpc hc*", "mpc be*", "wmplayer", "media player",
        "microsoft media player", "haruna", "dragon", "parole", "clapper", "showtime", "stremio", "freetube",
        "infuse", "elmedia*", "disney*", "primevideo", "prime video", "tv", "apple tv", "hypnotix", "video ui",
    ),
    "music": (
        "spotify*", "music", "apple music", "itunes", "rhythmbox", "amarok", "clementine", "strawberry", "lollypop",
        "elisa", "audacious", "deadbeef", "foobar2000", "winamp", "aimp", "musicbee", "tidal*", "deezer",
        "youtube music", "cider", "gnome music", "ncspot", "cmus", "quodlibet", "mopidy", "plexamp", "feishin",
        "swinsian", "vox", "amberol", "gpodder", "podcasts",
    ),
    "game": (
        "steam*", "lutris", "heroic*", "epicgameslauncher", "gog galaxy", "battle net", "minecraft*", "dota*", "cs2",
        "csgo", "hl2*", "league of legends", "leagueclient*", "valorant*", "fortnite*", "gta*", "wow",
        "world of warcraft", "factorio", "terraria", "stardew*", "retroarch", "dolphin emu", "pcsx2*", "rpcs3",
        "yuzu", "ryujinx", "citra*", "scummvm", "dosbox*", "supertuxkart", "0ad", "pyrogenesis", "wesnoth",
        "freeciv*", "gnome chess", "aisleriot", "gnome mines", "kpat", "roblox*", "genshinimpact", "eldenring",
        "baldur*", "bg3*", "cyberpunk*", "civilization*", "civ6*", "rimworld*", "hades*", "celeste", "hollow knight",
        "overwatch*", "apex*", "r5apex", "rocketleague", "osu*", "xonotic", "openttd", "luanti", "minetest",
        "supertux*", "solitaire", "prismlauncher", "multimc", "bottles",
    ),
    "reader": (
        "evince", "okular", "papers", "zathura", "acrobat*", "acrord32", "acroread", "adobe acrobat*", "sumatrapdf*",
        "foxit*", "preview", "xreader", "atril", "mupdf*", "qpdfview", "skim", "calibre*", "ebook viewer", "foliate",
        "kindle*", "books", "fbreader", "thorium reader", "zotero", "mendeley*", "yacreader", "komikku", "newsflash",
        "liferea", "akregator", "feedly", "netnewswire", "reeder", "bookworm", "koreader", "djview*", "xdvi", "yelp",
        "zeal", "dash", "eog", "gwenview", "loupe", "feh", "imv", "nomacs", "shotwell", "gthumb", "photos",
        "irfanview", "i view64", "xnview*", "imageglass", "devhelp",
    ),
    "files": (
        "nautilus", "org gnome nautilus", "dolphin", "thunar", "nemo", "caja", "pcmanfm*", "explorer", "finder",
        "doublecmd", "double commander", "krusader", "totalcmd*", "total commander", "freecommander", "ranger",
        "nnn", "mc", "yazi", "vifm", "filezilla", "winscp", "cyberduck", "path finder", "forklift", "files",
        "file roller", "ark", "7zfm", "winrar", "spacefm", "xfe", "qbittorrent", "transmission*", "dropbox",
        "nextcloud",
    ),
    "settings": (
        "gnome control center", "systemsettings*", "xfce4 settings*", "systempreferences", "system preferences",
        "system settings", "systemsettings", "control", "control panel", "immersivecontrolpanel", "mmc", "regedit",
        "unity control center", "lxappearance", "gnome tweaks", "pavucontrol*", "blueman*", "nm connection editor",
        "arandr", "cinnamon settings", "mate control center", "dconf editor", "settings", "qt5ct", "qt6ct",
        "kcmshell*", "gnome software", "discover", "plasma discover", "pamac*", "synaptic", "app store", "msstore",
        "winstore*", "software", "update manager", "gparted", "gnome disks", "disk utility",
    ),
    "system": (
        "taskmgr", "activity monitor", "gnome system monitor", "ksysguard", "plasma systemmonitor", "htop", "btop",
        "top", "mission center", "resources", "stacer", "procexp*", "resmon", "perfmon", "eventvwr", "console log",
        "gnome logs", "ksystemlog", "baobab", "filelight",
    ),
    "finance": ("gnucash", "homebank", "kmymoney", "quicken", "ynab", "moneydance", "beancount*", "turbotax*"),
}  # fmt: skip

_DIALOGS = ("zenity", "kdialog", "xmessage", "yad", "werfault", "apport*", "drkonqi*", "abrt*", "csrss")


def category_of(app: str) -> Category | None:
    """What kind of program this is; None: nobody knows."""
    return look_up(APPS, program(app))


def shows_dialogs(app: str) -> bool:
    """Is this a program that does nothing but show messages?"""
    return look_up({"dialog": _DIALOGS}, program(app)) is not None
