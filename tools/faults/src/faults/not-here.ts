/** Faults that no test on one machine can inject, with the reason; they are listed with the rest, so that nobody looks for them. */
export const notHere: readonly { name: string; injects: string; reason: string }[] = [
  {
    name: 'disk-is-full',
    injects: 'the disk of Postgres or of its log is full',
    reason: 'it takes a small file system of its own, which only root may mount',
  },
  {
    name: 'standby-is-promoted',
    injects: 'a standby takes over and the newest asynchronous commits are lost',
    reason: 'it takes a second server with streaming replication; RDS Multi-AZ replicates synchronously',
  },
  {
    name: 'old-transaction-holds-back-vacuum',
    injects: 'a session idles in a transaction for half an hour',
    reason: 'it takes half an hour; sessions of the services are ended by Postgres after 30 seconds',
  },
  {
    name: 'sqs-forgets-after-five-minutes',
    injects: 'a relay is down for longer than SQS remembers deduplication ids',
    reason: "the emulator's memory cannot be shortened; every-message-comes-twice shows what then happens",
  },
  {
    name: 'second-carrier-takes-over',
    injects: 'the first carrier is away for long and the second takes over',
    reason: 'the desk has one carrier',
  },
  {
    name: 'webhook-key-is-rotated-under-load',
    injects: 'the key of the webhooks is changed while they come',
    reason:
      'both keys are good while it is rotated, as the tests of webhook signatures show; a service learns them when it starts, which is a rolling restart',
  },
  {
    name: 'name-resolution-and-certificates',
    injects: "a provider's name does not resolve, or its certificate has run out",
    reason:
      'the simulators speak plain HTTP by address; the classes of these failures are tested in packages/providers',
  },
  {
    name: 'a-million-rows-wait',
    injects: 'a backlog of a million events, and a clinic that sends a hundred thousand texts',
    reason: 'it measures rather than breaks: see docs/benchmarks.md',
  },
];
