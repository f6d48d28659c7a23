#!/bin/sh
# Builds what is handed out: a static binary, a tarball and a Debian package with
# the units and documents, an SBOM and checksums. The same source gives the same
# bytes; the second build checks it. Usage: deploy/release.sh [OUT] [ARCH]
set -eu
cd "$(dirname "$0")/.."
out=${1:-out/release}
arch=${2:-amd64}
go=${GO:-go}
version=$(git log -1 --format=%cd --date=format:%Y.%m.%d 2>/dev/null || echo 0)
export CGO_ENABLED=0 GOOS=linux GOARCH="$arch" SOURCE_DATE_EPOCH="$(git log -1 --format=%ct 2>/dev/null || echo 0)"
rm -rf "$out"
mkdir -p "$out/tree/usr/bin" "$out/tree/lib/systemd/system" "$out/tree/usr/share/doc/bonafide"

"$go" build -trimpath -ldflags "-s -w -buildid=" -o "$out/tree/usr/bin/bonafide" ./cmd/bonafide
if [ "${TWICE:-yes}" = yes ]; then
	"$go" build -trimpath -ldflags "-s -w -buildid=" -o "$out/again" ./cmd/bonafide
	cmp "$out/again" "$out/tree/usr/bin/bonafide" || { echo "two builds of one source differ" >&2; exit 1; }
	rm "$out/again"
fi
cp deploy/*.service "$out/tree/lib/systemd/system/"
cp README.md LICENSE docs/*.md api/openapi.yaml "$out/tree/usr/share/doc/bonafide/"
cp deploy/Dockerfile deploy/compose.yaml deploy/compose-roles.sh "$out/tree/usr/share/doc/bonafide/"

# What is inside: CycloneDX from what the binary itself says of its modules.
"$go" version -m "$out/tree/usr/bin/bonafide" | sh deploy/sbom.sh "$version" >"$out/tree/usr/share/doc/bonafide/sbom.cdx.json"
cp "$out/tree/usr/share/doc/bonafide/sbom.cdx.json" "$out/bonafide-$version.cdx.json"

find "$out/tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C "$out/tree" -cf - . | gzip -9n >"$out/bonafide-$version-linux-$arch.tar.gz"
if command -v dpkg-deb >/dev/null; then
	mkdir -p "$out/tree/DEBIAN"
	cat >"$out/tree/DEBIAN/control" <<CONTROL
Package: bonafide
Version: $version
Architecture: $arch
Maintainer: bonafide maintainers <maintainers@bonafide.example>
Section: admin
Priority: optional
Description: verifies that a remote hire is one real human being
 Screens applications, keeps cases with their evidence, serves an API and pages.
CONTROL
	touch -h -d "@$SOURCE_DATE_EPOCH" "$out/tree/DEBIAN" "$out/tree/DEBIAN/control"
	dpkg-deb --root-owner-group --build "$out/tree" "$out/bonafide_${version}_$arch.deb" >/dev/null
fi
cp "$out/tree/usr/bin/bonafide" "$out/bonafide"
rm -rf "$out/tree"
(cd "$out" && sha256sum bonafide* >SHA256SUMS)
ls -l "$out"
