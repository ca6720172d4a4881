#!/usr/bin/env bash
# The disk image of the frozen app, with the usual link beside it to drag it onto.
#   macos_dmg.sh "dist/Azeroth's Top Talent.app" OUT arm64|x64
# Signed when MACOS_IDENTITY names a certificate of the keychain, as the app in it is.
set -euo pipefail
app="$1" out="$2" arch="$3"
version="$(python3 -c 'from tools import release; print(release.app_version())')"
name="$(python3 -c 'import sys; from tools import release; print(release.file_name(*sys.argv[1:]))' "macos-$arch.dmg" "$version")"
staging="$(mktemp -d)"
trap 'rm -rf "$staging"' EXIT
ditto "$app" "$staging/$(basename "$app")"  # keeps links and attributes, which the signature covers
ln -s /Applications "$staging/Applications"
mkdir -p "$out"
hdiutil create -volname "Azeroth's Top Talent" -srcfolder "$staging" -fs HFS+ -format UDZO -ov "$out/$name"
if [ -n "${MACOS_IDENTITY:-}" ]; then
  codesign --sign "$MACOS_IDENTITY" --timestamp "$out/$name"
fi
