#!/bin/sh
# Writes the database to BACKUP_FOLDER and removes what is older than BACKUP_KEEP_DAYS. `backup.sh` once; `backup.sh daily` for ever.
set -eu

backup() {
  name="frontdesk-$(date -u +%Y%m%dT%H%M%SZ).dump"
  # A dump that was cut off never looks like one that is whole.
  pg_dump --format=custom --file="$BACKUP_FOLDER/.$name.part" "$BACKUP_DATABASE_URL"
  mv "$BACKUP_FOLDER/.$name.part" "$BACKUP_FOLDER/$name"
  find "$BACKUP_FOLDER" -name 'frontdesk-*.dump' -mtime "+$BACKUP_KEEP_DAYS" -delete
  find "$BACKUP_FOLDER" -name '.frontdesk-*.part' -mtime +1 -delete
  echo "wrote $name"
}

umask 077
if [ "${1:-once}" != daily ]; then
  backup
  exit 0
fi
trap 'exit 0' TERM INT
while true; do
  backup || echo 'the backup failed; the next try comes in ten minutes' >&2
  newest=$(find "$BACKUP_FOLDER" -name 'frontdesk-*.dump' -mmin -60)
  if [ -n "$newest" ]; then pause=86400; else pause=600; fi
  sleep "$pause" &
  wait $!
done
