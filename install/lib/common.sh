# What the launchers share: messages, the search for a JDK, the build. Sourced; expects `root`, the clone.
# shellcheck shell=bash

: "${root:?}"
# The launchers ask for it.
# shellcheck disable=SC2034
readonly java_release=25
# shellcheck source-path=SCRIPTDIR source=jdk.sh
. "$root/install/lib/jdk.sh"

# Whether the jars are there and no source is newer.
is_built() {
  local jar=$root/install/target/rayshell-install.jar
  [ -f "$jar" ] && [ -d "$root/install/target/lib" ] || return 1
  [ -z "$(find "$root/pom.xml" "$root"/{runtime,rayapi,cluster,kernel,install}/{pom.xml,src/main} -newer "$jar" 2>/dev/null | head -n 1)" ]
}

# Builds the jars where that is due. Expects `jdk`.
build() {
  local log=$root/.rayshell/build.log
  is_built && return 0
  command -v mvn >/dev/null || fail "no mvn on PATH: RayShell is built with Maven 3.8 or newer; install it" \
    "(package maven of your system, or https://maven.apache.org)"
  if ! { mkdir -p "$root/.rayshell" && : >"$log"; } 2>/dev/null; then
    fail "cannot write to $root: the build needs to"
  fi
  say "Building RayShell (the first time, Maven downloads what it needs) …"
  # Maven may run on another JDK by default; on this one the toolchain is found for certain.
  if ! (cd "$root" && JAVA_HOME=$jdk mvn -B -pl install -am package -Dmaven.test.skip=true >"$log" 2>&1); then
    if grep -q -E 'Could not transfer|offline mode|Unknown host|UnknownHost' "$log"; then
      fail "Maven cannot download what the build needs: no network, or no way to a repository (log: $log)"
    fi
    fail "the build failed: $( (grep '^\[ERROR\] Failed' "$log" || grep '^\[ERROR\]' "$log" || tail -n 1 "$log") |
      head -n 1 | cut -c 1-400) (all of it: $log)"
  fi
  # Maven leaves a jar as it is when it would be the same again, and this one's time tells how new all of them are.
  touch "$root/install/target/rayshell-install.jar"
}

# The installer, with the arguments. Expects `jdk` and the build.
installer() {
  local target=$root/install/target
  "$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
    -cp "$target/rayshell-install.jar:$target/lib/*" org.rayshell.install.Main "$@"
}

# Installs the kernel of this clone in folder $1 where it is missing or older than its jars; sets `prefix` to the folder.
kernel_of_clone() {
  prefix=$1
  local spec=$prefix/share/jupyter/kernels/rayshell/kernel.json
  if [ ! "$spec" -nt "$root/install/target/rayshell-install.jar" ] || ! grep -q -F "\"$jdk/bin/java\"" "$spec"; then
    installer --prefix "$prefix"
  fi
}
