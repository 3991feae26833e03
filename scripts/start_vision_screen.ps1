#Requires -Version 5.1
# Let her read the window in front; makes the environment first where there is none.
$ErrorActionPreference = 'Stop'
$start = Join-Path $PSScriptRoot 'start.py'
if (Get-Command 'py' -ErrorAction SilentlyContinue) {
    & py -3 $start --run vision '--' --screen @args
}
elseif (Get-Command 'python' -ErrorAction SilentlyContinue) {
    & python $start --run vision '--' --screen @args
}
else {
    [Console]::Error.WriteLine('Python 3.11 or newer is missing. Get it with: winget install Python.Python.3.13')
    exit 3
}
exit $LASTEXITCODE
