#!/bin/sh
# Makes a checkout ready to run: installs the dependencies and builds the dashboard, each only when it is missing or
# older than what it is made from. Silent when there is nothing to do.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"

# npm runs on the Node it came with: the one in node_modules goes away while npm installs.
path_without_modules() {
  printf '%s' "$PATH" | tr ':' '\n' | grep -v -F "$root/node_modules/" | paste -s -d ':' -
}

# Runs a command with one line about it; what it said is shown only if it fails.
do_once() {
  what=$1
  shift
  printf '%s … ' "$what"
  started=$(date +%s)
  if ! said=$(PATH=$(path_without_modules) "$@" 2>&1); then
    printf 'failed.\n%s\n' "$said" >&2
    exit 3
  fi
  printf 'done in %s s\n' "$(($(date +%s) - started))"
}

is_newer() { # is anything in the paths $2… newer than the file $1?
  made=$1
  shift
  [ ! -e "$made" ] || [ -n "$(find "$@" -newer "$made" -print 2>/dev/null | head -n 1)" ]
}

if ! command -v npm >/dev/null; then
  echo 'npm is missing: install Node 20 or newer, which brings it' >&2
  exit 3
fi

if is_newer node_modules/.package-lock.json package-lock.json; then
  do_once 'Installing the dependencies' npm ci --include=dev --no-audit --no-fund --loglevel=error
fi

if is_newer web/dist/index.html web/src web/index.html web/vite.config.ts web/package.json src/model src/contract package-lock.json; then
  do_once 'Building the dashboard' npm run build --workspace web
fi
