/** How long ago, in the two units that matter: `3 d 4 h`, `12 m 5 s`. */
export function ageOf(since: Temporal.Instant, now: Temporal.Instant): string {
  const { days, hours, minutes, seconds } = now
    .since(since)
    .round({ largestUnit: 'day', smallestUnit: 'second', relativeTo: '1970-01-01' });
  const parts = [
    [days, 'd'],
    [hours, 'h'],
    [minutes, 'm'],
    [seconds, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
