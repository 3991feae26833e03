"""Which windows are looked at, and which never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.desktop.window import Window
from vision.privacy import Rules, may_look
from vision.settings import VisionSettings


def window(app: str = "", title: str = "") -> Window:
    return Window(title, app, None, (0, 0, 800, 600), False)


@pytest.mark.parametrize(
    ("app", "title"),
    [
        ("1Password", "1Password"),
        ("com.1password.1password", "Vault"),
        ("1Password.exe", ""),
        ("Bitwarden", "My vault"),
        ("KeePassXC", "Passwords.kdbx [Locked] - KeePassXC"),
        ("keepassxc", "private.kdbx"),
        ("KeePass.exe", "Database"),
        ("C:\\Program Files\\KeePass2\\KeePass2.exe", "x"),
        ("LastPass", ""),
        ("Dashlane.app", ""),
        ("Proton Pass", ""),
        ("Enpass", ""),
        ("Keychain Access", "login"),
        ("Passwords", "All"),
        ("org.gnome.seahorse.Application", "Passwords and Keys"),
        ("kwalletmanager5", "kdewallet"),
        ("gopass", ""),
        ("org.gnome.World.Secrets", ""),
        ("firefox", "Bitwarden - Mozilla Firefox"),
        ("chrome.exe", "LastPass Vault"),
        ("xterm", "gopass show work"),
        ("Authy Desktop", ""),
        ("Yubico Authenticator", ""),
        ("LockApp.exe", "Windows Default Lock Screen"),
        ("loginwindow", ""),
        ("i3lock", ""),
        ("polkit-gnome-authentication-agent-1", "Authenticate"),
        ("pinentry-gtk-2", ""),
        ("SecurityAgent", ""),
        ("Tor Browser", "Welcome"),
        ("firefox", "DuckDuckGo — Tor Browser"),
        ("zenity", "Enter password"),
        ("gnome-keyring-prompt", "x"),
        ("unknown", "Authentifizierung erforderlich"),
        ("chrome", "Settings - Passwords"),
        ("msedge", "Einstellungen - Passwörter - Microsoft Edge"),
        ("System Settings", "Passwords"),
        ("safari", "Passwörter"),
        ("Electrum", "default_wallet"),
        ("Alisa", "Alisa"),
        ("firefox", "Alisa"),
    ],
)
def test_never_looked_at(app: str, title: str) -> None:
    """Password managers, authenticators, wallets, lock screens and she herself are not looked at."""
    verdict = may_look(window(app, title), Rules())
    assert not verdict
    assert verdict.why


@pytest.mark.parametrize(
    "title",
    [
        "News — Mozilla Firefox Private Browsing",
        "News - Mozilla Firefox (Private Browsing)",
        "Nachrichten — Mozilla Firefox (Privater Modus)",
        "Actualités — Navigation privée de Mozilla Firefox",
        "Noticias — Navegación privada de Mozilla Firefox",
        "Notizie — Mozilla Firefox (Navigazione anonima)",
        "Notícias — Navegação privativa",
        "Nieuws — Mozilla Firefox (Privénavigatie)",
        "Wiadomości — Mozilla Firefox (Tryb prywatny)",
        "Новости — Mozilla Firefox (Приватный просмотр)",
        "ニュース — Mozilla Firefox プライベートブラウジング",
        "新闻 — Mozilla Firefox 隐私浏览",
        "Haberler — Mozilla Firefox (Gizli Gezinti)",
        "New Incognito tab - Google Chrome (Incognito)",
        "Neuer Tab - Google Chrome (Inkognito)",
        "Nueva pestaña - Google Chrome (Incógnito)",
        "Новая вкладка - Google Chrome (Инкогнито)",
        "新しいタブ - Google Chrome (シークレット)",
        "新标签页 - Google Chrome (无痕)",
        "新しいシークレット タブ - Google Chrome",
        "x - Google Chrome (シークレット モード)",
        "새 시크릿 탭 - Chrome",
        "علامة تبويب جديدة للتصفح المتخفي",
        "새 탭 - Chrome (시크릿 모드)",
        "Start - [InPrivate] - Microsoft Edge",
        "Example — Private",
        "Example (Private) - Vivaldi",
        "x (Inco\u200bgnito)",
        "x (\uff29\uff2e\uff23\uff2f\uff27\uff2e\uff29\uff34\uff2f)",
    ],
)
def test_private_browsing_is_private(title: str) -> None:
    """A private window is not looked at, in the words of the common browsers and languages."""
    assert may_look(window("some-browser", title), Rules()).why == "private browsing"


@pytest.mark.parametrize(
    "title",
    [
        "Online Banking \u2013 Sparkasse Musterstadt — Mozilla Firefox",
        "PayPal: Pay now",
        "Checkout - Shop",
        "Zur Kasse - Laden",
        "Paiement sécurisé",
        "Überweisung - Meine Bank",
        "Оплата заказа",
        "网上银行 - Chrome",
        "Log in | Bank of America",
        "Chase Online",
        "Mijn ING",
        "Rabobank",
        "Millennium bcp",
        "Caisse d'Epargne - Mon espace",
        "Itaú",
        "Trade Republic",
        "お支払い方法 - Amazon",
        "Credit card details - Stripe",
    ],
)
def test_money_is_nobodys_business(title: str) -> None:
    """Pages of banks and pages where somebody pays are not looked at."""
    assert may_look(window("firefox", title), Rules()).why == "a bank or a payment"


@pytest.mark.parametrize(
    ("app", "title"),
    [
        ("code", "payment.py - shop - Visual Studio Code"),
        ("pycharm", "bank_account.py \u2013 project"),
        ("xterm", "vim checkout.ts"),
        ("firefox", "git checkout - Stack Overflow — Mozilla Firefox"),
        ("firefox", "asyncio — Python 3.13 documentation"),
        ("chrome.exe", "Embankment (London) - Wikipedia"),
        ("code", "private.py - Visual Studio Code"),
        ("firefox", "Private methods in classes - JavaScript | MDN"),
        ("Slack", "general - Acme - Slack"),
        ("", "Untitled document"),
        ("gedit", ""),
        ("libreoffice-writer", "Letter to Alisa.odt - LibreOffice Writer"),
        ("code", "passwords.py - Visual Studio Code"),
        ("firefox", "🦊 مرحبا بالعالم — Mozilla Firefox"),
    ],
)
def test_ordinary_windows_are_looked_at(app: str, title: str) -> None:
    """What is not private is not held for it: least of all the files of somebody who programs."""
    assert may_look(window(app, title), Rules()) == may_look(window("gedit", "notes"), Rules())


@pytest.mark.parametrize("unknown", [None, window(), window("  ", "\t")])
def test_unknown_windows_are_not_looked_at(unknown: Window | None) -> None:
    """A window that nobody can name might be any."""
    assert not may_look(unknown, Rules())


def test_the_user_may_deny_more() -> None:
    """Applications and titles of the user's own are denied by a part of their names, however they are written."""
    rules = Rules.from_settings(VisionSettings(deny_apps=["Thunder Bird", "steam"], deny_titles=["Diary", "пРоЕкт"]))
    assert may_look(window("thunder-bird", "Inbox"), rules).why == "an application that you denied"
    assert not may_look(window("SteamWebHelper", "x"), rules)
    assert may_look(window("gedit", "my diary.txt"), rules).why == "a title that you denied"
    assert not may_look(window("gedit", "Секретный проект"), rules)
    assert may_look(window("gedit", "other"), rules)


def test_an_allow_list_narrows_and_never_opens() -> None:
    """With an allow-list nothing else is looked at, and what is always denied stays so."""
    rules = Rules(allow_apps=("code", "keepass"))
    assert may_look(window("Code", "main.py"), rules)
    assert may_look(window("firefox", "News"), rules).why == "an application that you did not allow"
    assert not may_look(window("", "main.py"), rules)
    assert not may_look(window("keepassxc", "x"), rules)
    assert not may_look(window("code", "x (Incognito)"), rules)


def test_an_empty_part_means_nothing() -> None:
    """An empty line in a deny-list denies nothing; one in an allow-list allows nothing."""
    assert may_look(window("gedit", "x"), Rules(deny_apps=("", " "), deny_titles=("",)))
    assert not may_look(window("gedit", "x"), Rules(allow_apps=("",)))


def test_a_long_title_is_read_to_its_end() -> None:
    """A title of ten thousand letters hides nothing behind them."""
    assert not may_look(window("firefox", "a b " * 2500 + "(Private Browsing)"), Rules())


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_window_gets_a_verdict(app: str, title: str) -> None:
    """Whatever a window is called, there is an answer, and a reason that does not quote it."""
    verdict = may_look(window(app, title), Rules(deny_titles=(title[:5],)))
    assert verdict.allowed == (verdict.why == "")
