/** The parts of the stack that somebody else runs; what is left out is started here. */
export type GivenParts = {
  database?: DatabaseAddresses;
  redisUrl?: string;
  sqsEndpoint?: string;
};

/** One database, as its owner, as the application's login and, where there is one, as the operators' login. */
export type DatabaseAddresses = { adminUrl: string; appUrl: string; operatorUrl?: string };

/**
 * Reads DATABASE_URL with DATABASE_ADMIN_URL, DATABASE_OPERATOR_URL, REDIS_URL and AWS_ENDPOINT_URL.
 * @throws Error when one of the two database addresses is given without the other
 */
export function readGivenParts(env: NodeJS.ProcessEnv): GivenParts {
  const {
    DATABASE_URL: appUrl,
    DATABASE_ADMIN_URL: adminUrl,
    DATABASE_OPERATOR_URL: operatorUrl,
    REDIS_URL: redisUrl,
    AWS_ENDPOINT_URL: sqsEndpoint,
  } = withoutEmpty(env);
  if ((appUrl === undefined) !== (adminUrl === undefined)) {
    const [given, missing] =
      appUrl === undefined ? ['DATABASE_ADMIN_URL', 'DATABASE_URL'] : ['DATABASE_URL', 'DATABASE_ADMIN_URL'];
    throw new Error(
      `${given} is set but ${missing} is not. Set both (the owner's address and the application's) to use your own Postgres, ` +
        'or neither for the embedded one.',
    );
  }
  return {
    ...(appUrl !== undefined &&
      adminUrl !== undefined && { database: { adminUrl, appUrl, ...(operatorUrl !== undefined && { operatorUrl }) } }),
    ...(redisUrl !== undefined && { redisUrl }),
    ...(sqsEndpoint !== undefined && { sqsEndpoint }),
  };
}

function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
}
