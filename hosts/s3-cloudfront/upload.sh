#!/bin/sh
# upload.sh BUCKET DISTRIBUTION: dist/ to S3 behind CloudFront, the build's files first, so that no
# page asks for what is not there yet. Earlier builds stay for pages that are still open.
set -eu
bucket=$1
distribution=$2
cd "$(dirname "$0")/../../dist"

# CloudFront compresses by itself.
sync() {
  aws s3 sync . "s3://$bucket" --exclude '*' "$@" --exclude '*.br' --exclude '*.gz'
}
sync --include 'v/*.wasm' --content-type application/wasm --cache-control 'public, max-age=31536000, immutable'
sync --include 'v/*' --exclude '*.wasm' --cache-control 'public, max-age=31536000, immutable'
sync --include '*' --exclude 'v/*' --exclude '*.webmanifest' --cache-control no-cache
sync --include '*.webmanifest' --content-type application/manifest+json --cache-control no-cache
aws cloudfront create-invalidation --distribution-id "$distribution" --paths '/' '/*.html' '/sw.js' '/*.json' '/*.webmanifest' '/embed/*'
