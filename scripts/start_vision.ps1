#Requires -Version 5.1
# Give her eyes: those that are open in the settings, and later ones; makes the environment first where there is none.
$ErrorActionPreference = 'Stop'
$start = Join-Path $PSScriptRoot 'start.py'
if (Get-Command 'py' -ErrorAction SilentlyContinue) {
    & py -3 $start --run vision '--' @args
}
elseif (Get-Command 'python' -ErrorAction SilentlyContinue) {
    & python $start --run vision '--' @args
}
else {
    [Console]::Error.WriteLine('Python 3.11 or newer is missing. Get it with: winget install Python.Python.3.13')
    exit 3
}
exit $LASTEXITCODE
