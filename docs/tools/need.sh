#!/bin/sh
# Installs what tests need beyond Go (a browser, node, PostgreSQL, strace) where that is allowed,
# and otherwise prints the one command. Tests skip loudly without it.
have() { command -v "$1" >/dev/null 2>&1; }
missing=""
have chromium || have chromium-browser || have google-chrome || missing="$missing chromium"
have node || missing="$missing nodejs"
have npm || missing="$missing npm"
have pdftoppm || missing="$missing poppler-utils"
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || have postgres || missing="$missing postgresql"
have strace || [ "$(uname)" != Linux ] || missing="$missing strace"
[ -z "$missing" ] && exit 0
get="apt-get update && apt-get install -y --no-install-recommends$missing fonts-noto-core"
if have apt-get && [ "$(id -u)" = 0 ]; then
	echo "Installing$missing for the tests of pages, of the database and of crashes …"
	if DEBIAN_FRONTEND=noninteractive timeout 240 sh -c "$get" >/dev/null 2>&1; then
		exit 0
	fi
fi
if have apt-get; then
	echo "Some tests will be skipped. To run them: sudo sh -c '$get'"
elif have brew; then
	echo "Some tests will be skipped. To run them: brew install node postgresql && brew install --cask chromium"
else
	echo "Some tests will be skipped: they need$missing"
fi
exit 0
