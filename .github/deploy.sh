#!/usr/bin/env bash
# Deploys one service of a release: finds its image by the release's commit, copies it where it has to be, and rolls it out by
# digest, after the migrations that came since what runs now.
# ENVIRONMENT SERVICE REGISTRY RELEASE SINCE WITH_MIGRATIONS [COPY_FROM]
set -euo pipefail

if [[ ! "$RELEASE" =~ ^[0-9a-f]{40}$ ]]; then
  echo "RELEASE is the full commit of a release, not $RELEASE" >&2
  exit 2
fi

# The digest of an image, so that what is rolled out is what was tested.
digest() { docker buildx imagetools inspect "$1" --format '{{.Manifest.Digest}}'; }

# The image of this release in the registry of the environment, as repository@digest.
image() {
  local repository="frontdesk/$1"
  if [[ -n "${COPY_FROM:-}" ]]; then
    docker buildx imagetools create --prefer-index=false --tag "$REGISTRY/$repository:$RELEASE" "$COPY_FROM/$repository:$RELEASE" >&2
    if [[ "$(digest "$REGISTRY/$repository:$RELEASE")" != "$(digest "$COPY_FROM/$repository:$RELEASE")" ]]; then
      echo "the copy of $repository is another image than the one that was tested" >&2
      exit 1
    fi
  fi
  echo "$REGISTRY/$repository@$(digest "$REGISTRY/$repository:$RELEASE")"
}

words=("$SERVICE" --environment "$ENVIRONMENT" --image "$(image "$SERVICE")" --since "$SINCE" --yes)
if [[ "$WITH_MIGRATIONS" == true ]]; then
  words+=(--migrations-image "$(image migrations)")
fi
npm run deploy:svc -- "${words[@]}"
