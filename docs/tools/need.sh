#!/bin/sh
# Installs what the tests need beyond Go (a browser) where that is allowed,
# and otherwise prints the one command. Tests skip loudly without it.
have() { command -v "$1" >/dev/null 2>&1; }
missing=""
have chromium || have chromium-browser || missing="$missing chromium"
have npm || missing="$missing npm"
[ -z "$missing" ] && exit 0
if have apt-get && [ "$(id -u)" = 0 ]; then
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing fonts-noto-core >/dev/null && exit 0
fi
echo "Some tests of pages will be skipped. To run them: sudo apt-get install$missing"
exit 0
