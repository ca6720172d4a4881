#!/bin/sh
# Puts this folder into your home and the app into your desktop's menu; no root is needed.
#   ./install.sh             install, or update an older one
#   ./install.sh --remove    remove it again; settings, results and the addon stay
# PREFIX, by default ~/.local, is where programs of one user live (XDG base directories).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${PREFIX:-$HOME/.local}
mkdir -p "$prefix"
prefix=$(cd "$prefix" && pwd)   # links and the menu's entry want a full path
home=$prefix/lib/azeroths-top-talent

remove() {
    # Only what this script has put there: the shared files are those that $home lists.
    [ -d "$home/share" ] && (cd "$home/share" && find . -type f) | while read -r file; do
        rm -f "$prefix/share/$file"
    done
    rm -f "$prefix/bin/att-desktop"
    rm -rf "$home"
}

if [ "${1:-}" = --remove ]; then
    remove
    echo "Removed from $prefix."
    exit 0
fi
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share"
rm -rf "$home.new"
cp -R "$here" "$home.new"   # fails on a full disk before anything of the old one is touched
remove
mv "$home.new" "$home"
cp -R "$home/share/." "$prefix/share/"
ln -s "$home/att-desktop" "$prefix/bin/att-desktop"
# A menu's PATH may lack ~/.local/bin: the entry names the program by its full path, escaped as the
# Desktop Entry specification has it ('The Exec key').
exec=$(printf %s "$home/att-desktop" | sed 's/["`$]/\\\\&/g; s/%/%%/g')
for entry in "$home"/share/applications/*.desktop; do
    while IFS= read -r line; do
        case $line in
            Exec=att-desktop*) line="Exec=\"$exec\"${line#Exec=att-desktop}" ;;
            TryExec=att-desktop) line="TryExec=$home/att-desktop" ;;
        esac
        printf '%s\n' "$line"
    done <"$entry" >"$prefix/share/applications/$(basename "$entry")"
done
echo "Installed: Azeroth's Top Talent is in your menu, and att-desktop in $prefix/bin."
