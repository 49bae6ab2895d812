# Pythons: one that has JupyterLab, or a private environment. Sourced after common.sh.
# shellcheck shell=bash

: "${root:?}"
# The oldest that a JupyterLab of requirements.txt runs on.
readonly python_minor=9

# Whether program $1 is a Python 3 that is new enough.
is_python() {
  "$1" -c "import sys; sys.exit(sys.version_info < (3, $python_minor))" >/dev/null 2>&1
}

# Whether the Python $1 has a JupyterLab that is recent and can execute notebooks.
has_jupyterlab() {
  "$1" -c 'import jupyterlab, nbclient, nbformat, sys; sys.exit(int(jupyterlab.__version__.split(".")[0]) < 4)' >/dev/null 2>&1
}

# The interpreter in the first line of the `jupyter` on PATH: it may be an environment of its own, as pipx makes them.
python_of_jupyter() {
  local command line
  command=$(command -v jupyter) || return 0
  IFS= read -r line <"$command" 2>/dev/null || return 0
  case $line in
    '#!'/*python*) printf '%s' "${line#??}" ;;
  esac
}

# Sets `python` to a Python that has JupyterLab.
find_jupyterlab() {
  local candidate
  for candidate in "$(python_of_jupyter)" python3 python; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null && is_python "$candidate" && has_jupyterlab "$candidate"; then
      python=$(command -v "$candidate")
      return 0
    fi
  done
  make_environment "$root/.rayshell/venv" "$root/install/lib/requirements.txt"
}

# Sets `base` to a Python that environments can be made with: the first on PATH that is new enough and works.
find_python() {
  local candidate old=
  while IFS= read -r candidate; do
    if is_python "$candidate"; then
      base=$candidate
      return 0
    fi
    old="${old:-; found only $candidate, $("$candidate" --version 2>&1 | head -n 1 || true)}"
  done < <(type -aP python3 python3.14 python3.13 python3.12 python3.11 python3.10 python3.9 python || true)
  fail "no Python 3.$python_minor or newer on PATH$old: JupyterLab needs it; install python3 (https://www.python.org/downloads)"
}

# Debian takes ensurepip out of its Python.
provide_ensurepip() {
  "$base" -c 'import ensurepip, venv' >/dev/null 2>&1 && return 0
  local package
  package=$("$base" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing the package $package with apt-get: this Python cannot make environments without it …"
    if ! (apt-get install -y "$package" || { apt-get update && apt-get install -y "$package"; }) >"$root/.rayshell/apt.log" 2>&1; then
      fail "apt-get could not install $package, without which $base cannot make environments: see $root/.rayshell/apt.log"
    fi
    return 0
  fi
  fail "$base cannot make environments: install the package python3-venv (sudo apt-get install python3-venv)"
}

# Makes the environment $1 of the packages in file $2, if it is not there or not whole; sets `python` to its own. It is
# for $3, and whole when it can run the line $4; without them, for JupyterLab.
make_environment() {
  local venv=$1 pins=$2 purpose=${3:-JupyterLab} check=${4:-import jupyterlab, nbclient} log=$1.log instead=
  [ $# -gt 2 ] || instead='; with a JupyterLab on PATH none is needed'
  python=$venv/bin/python
  if [ "$(cat "$pins")" = "$(cat "$venv/made-of.txt" 2>/dev/null || true)" ] && "$python" -c "$check" >/dev/null 2>&1; then
    return 0
  fi
  find_python
  mkdir -p "$(dirname "$venv")" 2>/dev/null || fail "cannot write to $(dirname "$venv"): $purpose is to be installed there"
  provide_ensurepip
  say "Installing $purpose in a private environment, $venv …"
  "$base" -m venv --clear "$venv" >"$log" 2>&1 || fail "$base cannot make an environment in $venv: $(tail -n 1 "$log")"
  if ! "$python" -m pip install --disable-pip-version-check --no-input -r "$pins" >"$log" 2>&1; then
    if grep -q -E 'NewConnectionError|NameResolutionError|Temporary failure|ConnectTimeout|Network is unreachable|ProxyError|ReadTimeout|from versions: none' "$log"; then
      fail "$purpose cannot be downloaded: no network, or no way to Python's package index$instead (log: $log)"
    fi
    fail "$purpose cannot be installed: $(grep -m 1 '^ERROR' "$log" || tail -n 1 "$log") (log: $log)"
  fi
  # Or JupyterLab's first start asks whether to fetch news.
  mkdir -p "$venv/share/jupyter/lab/settings"
  say '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}' >"$venv/share/jupyter/lab/settings/overrides.json"
  cp "$pins" "$venv/made-of.txt"
}
