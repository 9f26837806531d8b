/** Who changes the delivery of a text, in the audit log: the service that alone may. */
export const actor = 'messaging-worker';
