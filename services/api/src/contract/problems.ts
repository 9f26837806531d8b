/** Every refusal there is: its status, and what it means whatever the request was. */
export const problems = {
  unreadable: { status: 400, title: 'The request cannot be read' },
  'idempotency-key-missing': { status: 400, title: 'The Idempotency-Key header is missing or malformed' },
  'token-missing': { status: 401, title: 'No token was given' },
  'token-invalid': { status: 401, title: 'The token is not valid' },
  'other-clinic': { status: 403, title: 'The token gives no role in this clinic' },
  'role-too-small': { status: 403, title: 'The role in this clinic does not allow this' },
  'unknown-path': { status: 404, title: 'Nothing is served at this path' },
  'not-found': { status: 404, title: 'The clinic has nothing with this id' },
  'wrong-method': { status: 405, title: 'The path does not take this method' },
  'request-in-flight': { status: 409, title: 'The same request is being handled' },
  'not-connected': { status: 409, title: 'The desk is not connected to this vendor' },
  conflict: { status: 409, title: 'The state of the clinic does not allow this' },
  'too-large': { status: 413, title: 'The body is too large' },
  'wrong-content-type': { status: 415, title: 'The body is not of a type that is read here' },
  'invalid-fields': { status: 422, title: 'Fields of the request are wrong' },
  'vendor-refused': { status: 422, title: 'The vendor says no' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key belongs to another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'The service cannot work at the moment' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof problems;

/** A field of the request that is wrong, and what to send instead. */
export type FieldFault = {
  /** JSON pointer into the body, such as `#/to`. */
  pointer?: string;
  /** Or the name of a parameter in path, query or header. */
  parameter?: string;
  detail: string;
  mend: string;
};

/** A refusal. What it says is for people, and repeats nothing that somebody wrote. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly FieldFault[];
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ProblemCode,
    detail: string,
    {
      errors = [],
      retryAfterSeconds = null,
    }: { errors?: readonly FieldFault[]; retryAfterSeconds?: number | null } = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Each field of the request that is wrong. */
export const wrongFields = (
  errors: readonly FieldFault[],
  detail = 'Mend what `errors` names, and send it again.',
): Problem => new Problem('invalid-fields', detail, { errors });

/** One wrong field of the body, found by more than its shape. */
export const wrongField = (pointer: string, detail: string, mend: string): Problem =>
  wrongFields([{ pointer: `#${pointer}`, detail, mend }]);

/** The clinic has none with the id that was asked for; another clinic's is as if it did not exist. */
export const notFound = (what: string): Problem => new Problem('not-found', `The clinic has no ${what} with this id.`);
