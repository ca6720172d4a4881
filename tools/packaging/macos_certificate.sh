#!/usr/bin/env bash
# Puts the Developer ID certificate of the environment into a keychain of its own and prints the
# lines for $GITHUB_ENV: att.spec signs with MACOS_IDENTITY, else ad hoc.
#   MACOS_CERTIFICATE            PKCS 12 with its key, in base64
#   MACOS_CERTIFICATE_PASSWORD   of that file
set -euo pipefail
keychain="${RUNNER_TEMP:?}/signing.keychain-db"
password="$(openssl rand -hex 16)"
file="$RUNNER_TEMP/certificate.p12"
trap 'rm -f "$file"' EXIT
base64 --decode <<<"${MACOS_CERTIFICATE:?}" >"$file"
{
  security create-keychain -p "$password" "$keychain"
  security set-keychain-settings -lut 3600 "$keychain"
  security unlock-keychain -p "$password" "$keychain"
  security import "$file" -k "$keychain" -P "${MACOS_CERTIFICATE_PASSWORD:?}" -T /usr/bin/codesign
  security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain"
  security list-keychains -d user -s "$keychain" login.keychain-db
} >&2
identity="$(security find-identity -v -p codesigning "$keychain" | sed -n 's/.*"\(Developer ID Application: .*\)"/\1/p' | head -n 1)"
[ -n "$identity" ] || { echo "The certificate is no Developer ID Application." >&2; exit 1; }
echo "MACOS_IDENTITY=$identity"
