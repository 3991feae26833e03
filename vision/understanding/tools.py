"""Errors of the shell and of the tools that one runs in it: build tools, package managers, git, docker. A table. Pure."""

# ruff: noqa: E501 - a pattern reads best on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from vision.understanding.error import LINE, NUMBER, START, Found, number, path, sentence, soft

_SHELLS = r"-?(?:ba|z|k|da|a|c|tc|fi)?sh(?:\.exe)?"
_NO_FILE = re.compile(rf"(?:\S*/)?{_SHELLS}|line")
"""What stands where a script's name would: `bash -c`, and PowerShell's prompt."""
_REASONS = (
    r"No such file or directory|Permission denied|Is a directory|Not a directory|File exists|No space left on device|"
    r"Operation not permitted|Directory not empty|Too many open files|Read-only file system|Device or resource busy|"
    r"Connection refused|Connection timed out|No route to host|Name or service not known|Host key verification failed|"
    r"Exec format error|Argument list too long|cannot execute(?: binary file)?[^\n]*|command not found|not found|"
    r"Could not resolve host[^\n]*|Temporary failure in name resolution|Datei oder Verzeichnis nicht gefunden|Keine Berechtigung|"
    r"Aucun fichier ou dossier de ce type|No existe el archivo o el directorio"
)

_SUMS_UP: tuple[tuple[str, str], ...] = (
    ("make", rf"{START}g?make(?:\.exe)?(?:\[\d+\])?: \*\*\* \[(?:(?P<file>[\w./-]+):(?P<line>{NUMBER}): )?(?P<message>[^\n]*?)\] (?:Error|Segmentation|Killed)[^\n]*"),
    ("make", rf"{START}(?P<message>ninja: build stopped: [^\n]+)"),
    ("linker", rf"{START}collect2(?:\.exe)?: error: (?P<message>ld returned[^\n]+)"),
    ("linker", rf"{START}(?:clang|clang\+\+|gcc|g\+\+): error: (?P<message>linker command failed[^\n]*)"),
    ("cargo", rf"{START}error: (?P<message>(?:could not compile|aborting due to|test failed|build failed)[^\n]*)"),
    ("npm", rf"{START}npm (?:ERR.?|error) (?:code )?(?P<message>ELIFECYCLE|Lifecycle script[^\n]*|Exit status \d+|command failed|Failed at[^\n]*)"),
    ("npm", rf"{START}(?:error |\u2009?ELIFECYCLE\u2009? )(?P<message>Command failed with exit code \d+\.?)"),
    ("gradle", rf"{START}(?:> )?(?P<message>BUILD FAILED(?: in \S+)?)[ \t]*$"),
    ("maven", rf"{START}\[ERR[O0]R\] (?P<message>Failed to execute goal [^\n]+)"),
    ("gradle", r"\* What went wrong:\s*\n[ \t|]*(?P<message>Execution failed for task[^\n]+(?:\n[ \t]*> [^\n]+)?)"),
    ("cmake", rf"{START}-- (?P<message>Configuring incomplete, errors occurred!)"),
    ("pip", rf"{START}(?:[x\u00d7] )?error: (?P<message>(?:subprocess-exited-with-error|metadata-generation-failed|legacy-install-failure))"),
)  # fmt: skip

_TOOLS: tuple[tuple[str, str], ...] = (
    ("make", rf"{START}g?make(?:\.exe)?(?:\[\d+\])?: \*\*\* (?!\[)(?P<message>[^\n]+?)(?:\. +Stop\.?)?[ \t]*$"),
    ("make", rf"{START}(?P<file>[\w./-]*[Mm]akefile[\w.]*|[\w./-]+\.mk):(?P<line>{NUMBER}): \*\*\* (?P<message>[^\n]+?)(?:\. +Stop\.?)?[ \t]*$"),
    ("make", rf"{START}ninja: (?:error|fatal): (?P<message>[^\n]+)"),
    ("cmake", rf"{START}CMake Err[o0]r ?at (?P<file>[^\s:]+):(?P<line>{NUMBER}) \((?P<command>\w+)\):\s*\n\s*(?P<message>[^\n]+)"),
    ("meson", rf"{START}(?P<file>[\w./-]*meson\.build):(?P<line>{NUMBER}):\d+: ERR[O0]R: (?P<message>[^\n]+)"),
    ("bazel", rf"{START}ERR[O0]R: (?P<file>\S*BUILD(?:\.bazel)?):(?P<line>{NUMBER}):\d+: (?P<message>[^\n]+)"),
    ("msbuild", rf"{START}(?:\d+>)?(?:(?:[A-Za-z]:)?[^\n:]{{1,160}}: )?error (?P<message>(?:MSB|NETSDK|NU)\d{{4}}: [^\n]+)"),
    ("java", rf"{START}Error: (?P<message>(?:Could not find or load main class|Main method not found in|Unable to access jarfile|LinkageError occurred|A JNI error has occurred)[^\n]*)"),
    ("java", r"APPLICATION FAILED TO START\s*\n[^\n]*\n\s*Description:\s*\n\s*(?P<message>[^\n]+)"),
    ("javascript", rf"{START}\[!\] (?:\([^)\n]*\) )?(?P<message>\w*Error: [^\n]+)"),
    ("javascript", rf"{START}\[?(?P<message>UnhandledPromiseRejection\w*: [^\n\]]+)"),
    ("cmake", rf"{START}CMake Err[o0]r: (?P<message>[^\n]+)"),
    ("npm", rf"{START}npm (?:ERR.?|error) (?P<message>Missing script: [^\n]+|(?:code )?(?:E[A-Z0-9]{{3,}}|EJSONPARSE)\b[^\n]*|404 [^\n]+|could not determine executable[^\n]*|Could not resolve dependency:[^\n]*|Cannot find module[^\n]*)"),
    ("npm", rf"{START}(?:\u2009|\[)?(?P<message>ERR_PNPM_\w+[^\n]*)"),
    ("npm", rf"{START}error (?P<message>Command \"[^\n]+\" not found\.|Couldn't find [^\n]+|An unexpected error occurred: [^\n]+)"),
    ("javascript", rf"{START}(?:ERROR in [^\n]*\n)?(?P<message>Module not found: (?:Error: )?[^\n]+)"),
    ("cargo", rf"{START}err[o0]r: (?P<message>(?:could not find .?Cargo|no such (?:sub)?command|failed to (?:parse|select|load|download|resolve|run|get|read)|package ID|no matching package|the lock file|toolchain|a bin target|no bin target|manifest path|found a virtual|linker `[^\n]*not found|Unable to update)[^\n]*)"),
    ("go", rf"{START}(?:go: |no required module|package \S+ is not in)(?P<message>(?:go\.mod file not found|cannot find|module|no required|updates to go|unknown|finding|build|errors parsing|provides)[^\n]*)"),
    ("gradle", rf"\* Where:\s*\n[^\n]*'(?P<file>[^'\n]+)' {LINE}: (?P<line>{NUMBER})\s*\n\s*\* What went wrong:\s*\n[ \t|]*(?P<message>[^\n]+(?:\n[ \t]*> [^\n]+)?)"),
    ("gradle", r"\* What went wrong:\s*\n[ \t|]*(?P<message>(?!Execution failed for task)[^\n]+(?:\n[ \t]*> [^\n]+)?)"),
    ("maven", rf"{START}\[ERR[O0]R\] (?P<message>(?!Failed to execute goal|To see|Re-run|For more|After correcting|\[Help|COMPILATION ERROR|Tests run|-> |\s*/)(?:The|No|Non-resolvable|Plugin|Could|Cannot|Unknown|Malformed|Unresolveable|'|Missing|Source option|Error|Invalid|Unable)[^\n]{{6,}})"),
    ("pip", rf"{START}ERR[O0]R: (?P<message>(?:Could not (?:find|install|open|build)|No matching distribution|Cannot install|Package|Invalid requirement|Failed building|ResolutionImpossible|Failed to build|pip's dependency|Ignored|Exception|Directory|HTTP error|file:)[^\n]*)"),
    ("pip", rf"{START}(?:[x\u00d7] )?error: (?P<message>externally-managed-environment)"),
    ("pip", rf"{START}(?:[x\u00d7] )(?P<message>No solution found[^\n]*|Failed to (?:build|download|fetch|resolve)[^\n]*)"),
    ("conda", rf"{START}(?P<message>(?:PackagesNotFoundError|ResolvePackageNotFound|CondaHTTPError|UnsatisfiableError|EnvironmentLocationNotFound|LibMambaUnsatisfiableError|CondaError|NoWritableEnvsDirError)\b[^\n]*)"),
    ("docker", rf"{START}(?:docker: |ERROR: |permission denied while|Got )?(?P<message>Error response from daemon: [^\n]+|Cannot connect to the Docker daemon[^\n]*|failed to (?:solve|build|compute cache key)[^\n]*|unable to prepare context[^\n]*|manifest for [^\n]+ not found[^\n]*|pull access denied[^\n]*|port is already allocated[^\n]*|service \"[^\n]*\" (?:failed|depends|refers)[^\n]*|no configuration file provided[^\n]*)"),
    ("docker", rf"{START}(?P<file>[\w./-]*Dockerfile[\w.-]*):(?P<line>{NUMBER})[ \t]*\n-{{4,}}(?:\n[^\n]*){{0,9}}?\nERROR: (?P<message>[^\n]+)"),
    ("kubernetes", rf"{START}(?:E\d{{4}} [^\]]+\] |error: )?(?P<message>Error from server[^\n]+|The connection to the server \S+ was refused[^\n]*|error validating [^\n]+|unable to recognize [^\n]+)"),
    ("git", rf"{START}fatal: (?!error:)(?P<message>[^\n]+)"),
    ("git", rf"{START}(?:error|hint): (?P<message>(?:failed to push|Your local changes|pathspec|src refspec|cannot (?:pull|rebase|lock|delete|update)|The following untracked|could not apply|Pulling is not possible|Committing is not possible|you need to resolve|commit is not possible|Merging is not possible|unable to (?:create|read|unlink|write)|RPC failed|remote ref|patch failed|The branch|no such remote|branch|merge is not possible|The current branch|You have not concluded|Updates were rejected)[^\n]*)"),
    ("git", rf"{START}(?P<message>CONFLICT \([^)\n]+\): (?:Merge conflict in (?P<file>\S+)|[^\n]+))"),
    ("git", rf"{START}(?P<message>Automatic merge failed; fix conflicts[^\n]*)"),
    ("git", rf"{START}(?P<message>! \[(?:remote )?rejected\][^\n]+)"),
    ("git", rf"{START}(?:\S+@\S+: |remote: )(?P<message>Permission denied \(publickey[^\n]*|Repository not found\.?|Support for password authentication was removed[^\n]*)"),
    ("apt", rf"{START}E: (?P<message>(?:Unable|Could|Package|Sub-process|The|Failed|Unmet|You|dpkg|Version|Release|Some|Invalid|Type|Conflicting)[^\n]+)"),
    ("brew", rf"{START}Error: (?P<message>(?:No (?:available formula|such keg|formulae|previously)|Cannot install|Permission denied @|The `?brew|\S+: (?:no bottle|undefined method)|Your)[^\n]*)"),
    ("pacman", rf"{START}error: (?P<message>(?:target not found|failed to (?:commit|prepare|init|synchronize|retrieve)|could not (?:lock|satisfy|open)|unresolvable)[^\n]*)"),
    ("ssh", rf"{START}ssh: (?P<message>(?:connect to host|Could not resolve hostname)[^\n]+)"),
    ("curl", rf"{START}curl: \(\d+\) (?P<message>[^\n]+)"),
    ("systemd", rf"{START}(?P<message>Job for \S+ failed[^\n]*|Failed to (?:start|restart|enable|stop) \S+\.(?:service|socket|timer|mount)[^\n]*)"),
    ("terraform", rf"{START}(?:[^\w\n] )?Error: (?P<message>(?:Invalid|Unsupported|Missing|Reference|No valid|Failed to|Error acquiring|Provider|Duplicate|Inconsistent|Cycle)[^\n]*)"),
    ("ansible", rf"{START}(?:fatal: \[[^\]]+\]: (?:FAILED|UNREACHABLE)! =>|ERROR!) (?P<message>[^\n]+)"),
    ("shell", rf"{START}(?:{_SHELLS}: )?(?P<file>[\w./~-]+?): (?:{LINE} )?(?P<line>{NUMBER}): (?P<message>(?:[^\n:]{{1,120}}: ){{0,2}}(?:{_REASONS}|syntax error[^\n]*|Syntax error[^\n]*|unbound variable|bad substitution|unexpected EOF[^\n]*|parameter not set|\[[^\n]*expected|integer expression expected|unary operator expected|binary operator expected|\[: missing [^\n]*|missing [`'\u2018]\][^\n]*|readonly variable|not a valid identifier|numeric argument required|division by 0[^\n]*|ambiguous redirect|too many arguments|Bad substitution))"),
    ("shell", rf"{START}{_SHELLS}: (?P<message>(?:[^\n:]{{1,160}}: ){{0,3}}(?:(?:permission denied|command not found|no such file or directory): [^\n]+|{_REASONS}|syntax error[^\n]*|no matches found[^\n]*|event not found|[Uu]nknown command[^\n]*|bad pattern[^\n]*|parse error[^\n]*|unexpected EOF[^\n]*|not enough memory))"),
    ("shell", rf"{START}(?:[\w./+-]{{1,40}}): (?P<message>(?:[^\n:]{{1,160}}: ){{0,2}}(?:cannot [^\n:]{{1,160}}: )?(?:{_REASONS}))[ \t.]*$"),
    ("shell", rf"{START}(?P<message>Command '[^'\n]+' not found[^\n]*)"),
    ("shell", rf"{START}fish: (?P<message>(?:Unknown command|Expected)[^\n]*)"),
    ("shell", rf"{START}(?P<message>(?:\S+ is not in the sudoers file|sudo: [^\n]+: command not found|sudo: \d incorrect password attempts?)[^\n]*)"),
    ("shell", rf"{START}(?P<message>'[^'\n]+' ?is not recognized as an internal or external command[^\n]*|Der Befehl \"[^\"\n]+\" ist entweder falsch geschrieben[^\n]*|The system cannot find the (?:path|file) specified\.?|Access is denied\.?)[ \t]*"),
    ("shell", rf"{START}(?:[^\n:]{{1,80}}: )?(?P<message>The term '[^\n']+' is not recognized as (?:a|the) name of[^\n]*)(?:(?:\n[^\n]*){{0,5}}?\nAt (?P<file>[^\n:]*[.]ps1|line):(?P<line>{NUMBER}) char:\d+)?"),
    ("shell", rf"{START}(?P<command>[\w-]+) ?: (?P<message>[^\n]+)\n(?:[^\n]*\n){{0,4}}?At (?P<file>[A-Za-z]:[^\n:]*[.]ps1|line):(?P<line>{NUMBER}) char:\d+"),
    ("shell", rf"{START}(?P<command>[\w-]+): (?:(?P<file>[^\s:]+[.]ps1):(?P<line>{NUMBER}))?[ \t]*\n[ \t]*Line \|[ \t]*\n(?:[^\n]*\n){{1,4}}?[ \t]*\| +(?P<message>[^~\s][^\n]*)"),
    ("shell", rf"{START}(?P<message>[^\n]{{0,120}}cannot be loaded because running scripts is disabled on this system[^\n]*)"),
)  # fmt: skip
_COMPILED = tuple(
    (kind, soft(pattern), sums_up) for table, sums_up in ((_TOOLS, False), (_SUMS_UP, True)) for kind, pattern in table
)


def tools(text: str) -> Iterator[Found]:
    """What the shell, and the tools in it, say went wrong."""
    for kind, pattern, sums_up in _COMPILED:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            file = "" if _NO_FILE.fullmatch(parts.get("file") or "") else path(parts.get("file"))
            line = number(parts.get("line")) if file else None
            at = match.start("message") if kind == "gradle" else match.start()
            yield Found(kind, sentence(match["message"]), file, line, at, sums_up)
