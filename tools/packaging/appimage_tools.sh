#!/usr/bin/env bash
# Fetches appimagetool and the runtime that an AppImage starts with into a folder. Both are
# releases with a fixed content; without --runtime-file the tool would fetch a moving one.
set -euo pipefail
mkdir -p "${1:?usage: $0 FOLDER}"
cd "$1"
get() {
  curl --fail --silent --show-error --location --retry 3 --output "$1" \
    "https://github.com/AppImage/$2"
  echo "$3  $1" | sha256sum --check --quiet
}
get appimagetool appimagetool/releases/download/1.9.1/appimagetool-x86_64.AppImage \
  ed4ce84f0d9caff66f50bcca6ff6f35aae54ce8135408b3fa33abfc3cb384eb0
get runtime type2-runtime/releases/download/20251108/runtime-x86_64 \
  2fca8b443c92510f1483a883f60061ad09b46b978b2631c807cd873a47ec260d
chmod +x appimagetool
