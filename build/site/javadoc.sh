# The API reference. Sourced after common.sh; expects `root`, `jdk` and the build.
# shellcheck shell=bash

: "${root:?}"

# What notebooks, programs and libraries call: makes the pages in folder $1; a mistake in a comment ends it.
api_reference() {
  local runtime=$root/runtime/src/main/java kernel=$root/kernel/src/main/java/org/rayshell/kernel
  "${jdk:?}/bin/javadoc" -quiet -Werror -Xdoclint:all,-missing --release "${java_release:?}" -encoding UTF-8 -notimestamp \
    -windowtitle RayShell -doctitle 'RayShell: the API' -nohelp -nodeprecatedlist \
    -header '<a style="color: #fff; font-size: 14px" href="{@docRoot}/../index.html">RayShell</a>' -noqualifier 'java.*:io.github.spencerpark.*' \
    -d "$1" -cp "$root/install/target/lib/*" \
    "$runtime"/org/rayshell/*.java \
    "$kernel"/{display,magic,comm,compat}/package-info.java \
    "$kernel"/display/{Display,Input,RichValues,ValueRenderer}.java \
    "$kernel"/magic/{Magic,MagicCall,MagicException,MagicResult}.java \
    "$kernel"/comm/Comms.java \
    "$kernel"/compat/{NotebookFunctions,NotebookKernel}.java
}
