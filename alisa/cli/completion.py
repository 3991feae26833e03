"""`alisa completion`: what a shell needs to complete Alisa's commands."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import App, Parameter

from alisa.cli.output import say

app = App(
    name="completion",
    help_epilogue="""Examples:
  alisa completion bash > ~/.local/share/bash-completion/completions/alisa
  alisa completion zsh > ~/.zsh/completions/_alisa    (a folder of your fpath)
  alisa completion fish > ~/.config/fish/completions/alisa.fish
  alisa completion powershell >> $PROFILE""",
)


@app.default
def completion(shell: Annotated[Literal["bash", "zsh", "fish", "powershell"], Parameter(show_choices=True)], /) -> int:
    """Print completions for your shell.

    Parameters
    ----------
    shell
        The shell to print them for.
    """
    from alisa.cli.main import make_app

    say(make_app().generate_completion(prog_name="alisa", shell=shell))
    return 0
