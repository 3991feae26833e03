"""What is never looked at, as data: programs by the words of their names, pages by the words of their titles.

Everything stands in small letters. A word that ends with `*` is the beginning of one. What is done with these
is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping

DENIED_APPS: Mapping[str, tuple[str, ...]] = {
    "a password manager": (
        "1password", "onepassword", "bitwarden", "vaultwarden", "keepass*", "lastpass", "dashlane", "proton pass",
        "protonpass", "enpass", "keychain", "keychain access", "passwords", "seahorse", "kwallet*", "gopass",
        "nordpass", "roboform", "keeper password", "keeperpasswordmanager", "passwordsafe", "pwsafe", "qtpass",
        "buttercup", "myki", "padloc", "psono", "passbolt", "strongbox", "zoho vault", "secrets", "password safe",
        "gnome secrets", "revelation", "sticky password", "logmeonce", "credential manager",
    ),
    "an authenticator": (
        "authenticator*", "authy", "ente auth", "aegis", "2fas", "yubico*", "yubioath", "otpclient", "winauth",
        "duo mobile", "step two", "otp auth", "keysmith",
    ),
    "a wallet": (
        "electrum", "metamask", "ledger live", "trezor*", "exodus", "wasabi wallet", "wasabi", "sparrow wallet",
        "monero wallet*", "bitcoin qt", "bitcoin core", "gnucash", "kmymoney", "quicken", "starmoney", "banking4*",
        "hibiscus", "jameica", "moneymoney", "homebank", "wiso*", "paypal",
    ),
    "a lock screen or a question for a password": (
        "lockapp", "logonui", "loginwindow", "login window", "screensaverengine", "gnome screensaver", "i3lock*",
        "swaylock", "hyprlock", "xscreensaver*", "kscreenlocker*", "light locker", "xlock", "xsecurelock", "slock",
        "gnome keyring*", "gdm*", "sddm*", "lightdm*", "pinentry*", "gcr prompter", "polkit*", "lxpolkit",
        "lxqt policykit*",
        "ssh askpass", "ksshaskpass", "consent", "credentialuibroker", "securityagent", "kdesu*", "gksu*",
        "mate screensaver", "cinnamon screensaver", "betterlockscreen", "physlock", "vlock", "winlogon",
    ),
    "a private browser": ("tor browser", "torbrowser", "mullvad browser", "firefox focus", "duckduckgo private*"),
    "Alisa herself": ("alisa",),
}  # fmt: skip
"""The words of the names of programs, by what they are. Matched as whole words of the name."""

DENIED_TITLES: Mapping[str, tuple[str, ...]] = {
    "a password manager": (
        "1password", "bitwarden", "vaultwarden", "keepass*", "lastpass", "dashlane", "proton pass", "enpass",
        "nordpass", "roboform", "passbolt", "google password manager", "password manager", "passwort manager",
        "passwortmanager", "gestionnaire de mots de passe", "gestor de contraseñas", "gestor de senhas",
        "gestore delle password", "chrome settings passwords", "about logins", "saved passwords",
        "gespeicherte passwörter", "gespeicherte zugangsdaten", "mots de passe enregistrés", "contraseñas guardadas",
        "kwallet*", "gopass", "pass show", "pass edit", "pass insert", "icloud passwords", "icloud keychain",
        "edge wallet", "settings passwords", "passwords settings", "einstellungen passwörter",
        "passwörter einstellungen",
        "paramètres mots de passe", "mots de passe paramètres", "configuración contraseñas",
        "contraseñas configuración", "менеджер паролей", "密码管理",
        "パスワード マネージャー", "パスワードマネージャー",
    ),
    "an authenticator": (
        "google authenticator", "microsoft authenticator", "two factor authentication", "2 factor authentication",
        "two step verification", "2 step verification", "zwei faktor authentifizierung", "recovery codes",
        "backup codes", "wiederherstellungscodes", "recovery phrase", "seed phrase", "one time password",
    ),
    "a lock screen or a question for a password": (
        "enter password", "enter your password", "enter passphrase", "enter pin", "password required",
        "authentication required", "unlock keyring", "unlock login keyring", "passwort eingeben", "kennwort eingeben",
        "passwort erforderlich", "kennwort erforderlich", "authentifizierung erforderlich",
        "legitimierung erforderlich", "schlüsselbund entsperren", "saisir le mot de passe", "mot de passe requis",
        "authentification requise", "introduzca la contraseña", "contraseña requerida", "autenticación requerida",
        "inserire la password", "autenticazione richiesta",
    ),
    "private browsing": (
        "tor browser", "mullvad browser", "inprivate", "incognito", "inkognito", "inkognitó",
        "private browsing", "private window", "private tab",
        "privates fenster", "privater modus", "privater tab", "privates surfen", "navigation privée",
        "fenêtre privée", "navegación privada", "ventana privada", "incógnito", "modo incógnito",
        "navigazione anonima", "navigazione privata", "finestra anonima", "in incognito", "navegação privativa",
        "navegação privada", "navegação anônima", "navegação anónima", "janela anônima", "janela privada",
        "anônima", "privénavigatie", "privé navigatie", "privévenster", "tryb prywatny", "prywatne przeglądanie",
        "okno prywatne", "приватный просмотр", "приватное окно", "частный доступ", "инкогнито",
        "приватний перегляд", "анонімний перегляд", "анонимен прозорец", "anonymní prohlížení", "anonymní režim",
        "anonymné prehliadanie", "privát böngészés", "gizli gezinti", "gizli pencere", "gizli mod",
        "privat surfning", "privat fönster", "privat browsing", "privat vindue", "privat nettlesing",
        "privat vindu", "yksityinen selaus", "yksityinen ikkuna", "navigare privată", "fereastră privată",
        "ιδιωτική περιήγηση", "ανώνυμη περιήγηση", "penjelajahan pribadi", "samaran", "jendela samaran",
        "duyệt web riêng tư", "ẩn danh", "निजी ब्राउज़िंग", "गुप्त",
    ),
}  # fmt: skip
"""The words of titles, by what they say. Matched as whole words of the title, whatever the program is."""

DENIED_LETTERS: Mapping[str, tuple[str, ...]] = {
    "private browsing": (
        "プライベートブラウジング", "プライベートウィンドウ", "シークレットモード", "シークレットウィンドウ",
        "シークレットタブ", "(シークレット)",
        "隐私浏览", "隐身模式", "隐身窗口", "无痕", "隱私瀏覽", "無痕", "私密浏览", "私密瀏覽", "비공개 브라우징",
        "시크릿 모드",
        "시크릿 창", "시크릿 탭", "(시크릿)", "사생활 보호", "ไม่ระบุตัวตน", "การเรียกดูแบบส่วนตัว", "تصفح خاص",
        "التصفح الخاص",
        "المتخفي", "גלישה פרטית", "גלישה בסתר", "חלון פרטי",
    ),
}  # fmt: skip
"""The same in scripts where words do not stand apart: matched anywhere in the title, spaces or not."""

DENIED_WHOLE: tuple[str, ...] = (
    "passwords", "passwörter", "kennwörter", "mots de passe", "contraseñas", "senhas", "wachtwoorden", "hasła",
    "password", "passphrase", "passwort", "kennwort", "mot de passe", "contraseña", "пароли", "пароль", "パスワード",
    "密码", "密碼", "비밀번호", "passwords and passkeys",
)  # fmt: skip
"""Titles that say nothing else: a page of settings, or a question."""

BRACKETED = ("private", "privat", "privé", "privado", "privata", "secret", "anonymous", "anonym", "gizli", "privada")
"""Words that mean private browsing only where they stand alone, in brackets or behind a dash at an end."""

MONEY_TITLES: tuple[str, ...] = (
    "bank", "banking", "onlinebanking", "online banking", "netbanking", "ebanking", "e banking", "homebanking",
    "internetbanking", "internet banking", "mobile banking", "my bank", "sparkasse", "volksbank*", "raiffeisen*",
    "commerzbank", "deutsche bank", "postbank", "comdirect", "n26", "revolut", "monzo", "starling bank", "bbva",
    "ing diba", "ing direct", "dkb", "santander", "barclays", "hsbc", "lloyds", "natwest", "citibank", "citi",
    "wells fargo", "chase bank", "chase com", "chase online", "chase sign in", "jpmorgan*", "j p morgan", "td bank",
    "td canada trust", "scotiabank", "cibc", "desjardins", "westpac", "commbank", "kiwibank", "icici", "hdfc",
    "itaú", "bradesco", "nubank", "ally bank", "sofi", "discover card", "interactive brokers", "fidelity investments",
    "fidelity com", "robinhood", "vanguard investor", "vanguard personal", "etoro", "degiro", "trade republic",
    "scalable capital", "flatex", "consorsbank", "targobank", "norisbank", "hypovereinsbank", "easybank",
    "erste bank",
    "bawag", "rabobank", "abn amro", "mijn ing", "ing com", "ing de", "bunq", "kbc", "belfius", "nordea", "swedbank",
    "handelsbanken", "jyske bank", "dnb", "avanza", "nordnet", "mbank", "pko", "ipko", "alior", "čsob", "moneta",
    "boursorama", "boursobank", "caisse d epargne", "lcl", "crédit mutuel", "fortuneo", "monabanq", "hello bank",
    "fineco", "bancoposta", "poste italiane", "millennium bcp", "novo banco", "sabadell", "bankinter", "openbank",
    "halifax", "first direct", "building society", "credit union", "maybank", "dbs", "ocbc", "акбарс", "втб",
    "альфа банк", "ziraat", "garanti bbva", "akbank", "yapi kredi", "paytm", "phonepe", "bitpanda",
    "bank of america", "capital one", "american express", "amex",
    "bnp paribas", "crédit agricole", "société générale", "la banque postale", "caixabank", "banco", "banque",
    "banca", "banka", "bankasi", "banku", "bankowość", "банк", "банка", "сбербанк", "тинькофф", "交通银行",
    "unicredit", "intesa sanpaolo", "postfinance", "ubs", "credit suisse", "schwab",
    "paypal", "venmo", "cash app", "wise com", "zelle", "klarna", "skrill", "coinbase", "binance", "kraken com",
    "checkout", "payment", "payments", "pay now", "secure payment", "credit card", "debit card",
    "card details", "billing", "billing details", "kasse", "zur kasse", "zahlung", "zahlungsart", "bezahlen",
    "bezahlung", "überweisung", "kontostand", "umsätze", "kontoauszug", "girokonto", "kreditkarte", "paiement",
    "payer", "carte bancaire", "virement", "relevé de compte", "mon compte bancaire", "pago", "pagar", "pagos",
    "tarjeta de crédito", "transferencia bancaria", "pagamento", "pagamenti", "pagamentos", "carta di credito",
    "cartão de crédito", "bonifico", "betaling", "betalen", "afrekenen", "płatność", "płatności", "przelew",
    "оплата", "платеж", "платёж", "ödeme", "betalning", "betaling", "maksu", "account balance", "bank statement",
    "account statement", "wire transfer", "money transfer", "tax return", "steuererklärung", "payslip", "payroll",
    "gehaltsabrechnung", "kreditkort", "3d secure", "verified by visa",
)  # fmt: skip
"""Words of the titles of banks and of pages where somebody pays. Not looked for where programs are written."""

MONEY_LETTERS: tuple[str, ...] = (
    "银行", "銀行", "网银", "网上银行", "支付", "付款", "支払い", "お支払い", "決済", "은행", "결제", "بنك", "مصرف",
    "الدفع", "בנק",
    "תשלום", "ธนาคาร", "ชำระเงิน", "बैंक", "भुगतान",
)  # fmt: skip

WORKSHOPS: tuple[str, ...] = (
    "code", "codium", "vscodium", "visual studio*", "devenv", "cursor", "windsurf", "zed", "pycharm*", "idea*",
    "intellij*", "jetbrains*", "webstorm*", "phpstorm*", "clion*", "goland*", "rider*", "rubymine*", "datagrip*",
    "rustrover*", "android studio", "studio64", "eclipse", "netbeans", "sublime*", "xcode", "emacs", "gvim", "nvim*",
    "neovide", "vim", "macvim", "kate", "kdevelop", "geany", "gedit", "notepad++", "qtcreator", "xterm", "uxterm",
    "terminal", "iterm*", "konsole", "kitty", "alacritty", "wezterm*", "foot", "ghostty", "tilix", "terminator",
    "windowsterminal", "cmd", "powershell", "pwsh", "conhost", "urxvt", "gnome terminal*", "ptyxis", "kgx",
)  # fmt: skip
"""Where programs are written: a file called `payment.py` is no page where somebody pays."""
