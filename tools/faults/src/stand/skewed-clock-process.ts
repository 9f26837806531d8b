/** Loaded into a service before its own code: its clock is wrong by CLOCK_SKEW_MS. */
const skewMs = Number(process.env['CLOCK_SKEW_MS'] ?? 0);
const { now } = Date;
const { instant } = Temporal.Now;
Date.now = () => now() + skewMs;
Temporal.Now.instant = () => instant().add({ milliseconds: skewMs });

export {};
