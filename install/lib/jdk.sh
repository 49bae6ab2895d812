# Messages, and the search for a JDK: what the launchers and the packages share. Sourced; calls few programs, since a
# kernel's start waits for it.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }

# One line, and out.
fail() {
  printf '%s: %s\n' "${program:-install}" "$*" >&2
  exit 1
}

# For a mistake on the command line.
misuse() {
  printf '%s: %s (see --help)\n' "${program:-install}" "$*" >&2
  exit 2
}

# Sets `release` to the feature release of the JDK in folder $1; to nothing if it is no JDK.
jdk_release() {
  local home=$1 line=
  release=
  [ -x "$home/bin/java" ] && [ -x "$home/bin/javac" ] || return 0
  if [ -r "$home/release" ]; then
    while IFS= read -r line || [ -n "$line" ]; do
      case $line in JAVA_VERSION=*) break ;; esac
      line=
    done <"$home/release"
  else
    line=$("$home/bin/javac" -version 2>&1 || true)
  fi
  if [[ $line =~ [0-9]+ ]]; then release=${BASH_REMATCH[0]}; fi
}

# The folder that the command `java` on PATH lives in, links resolved.
java_on_path() {
  local command target
  command=$(command -v java) || return 0
  while [ -L "$command" ]; do
    target=$(readlink "$command")
    case $target in
      /*) command=$target ;;
      *) command=$(dirname "$command")/$target ;;
    esac
  done
  (cd "$(dirname "$command")/.." && pwd -P)
}

# Sets `jdk` to the home of the first JDK of release $1 or newer.
find_jdk() {
  local wanted=$1 home release
  for home in \
    "${JAVA_HOME:-}" "$(java_on_path)" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/*jdk* /opt/*jdk* /opt/*/*jdk* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.jbang/cache/jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] || continue
    jdk_release "$home"
    if [ -n "$release" ] && [ "$release" -ge "$wanted" ]; then
      jdk=$(cd "$home" && pwd -P)
      return 0
    fi
  done
  fail "no JDK $wanted or newer in JAVA_HOME, on PATH, or in the usual folders (/usr/lib/jvm, /opt," \
    "$HOME/.sdkman, $HOME/.jdks, /Library/Java): install one, for instance from https://adoptium.net, or set JAVA_HOME"
}
