import { services, type ServiceName } from '@frontdesk/contracts';
import { Peer, Port, SecurityGroup, type ISecurityGroup, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { acceptFindings } from '../support/accept-findings.ts';

export const servicePort = 8080;
const postgres = Port.tcp(5432);
const redis = Port.tcp(6379);

export type SecurityGroups = {
  readonly loadBalancer: ISecurityGroup;
  readonly service: Readonly<Record<ServiceName, ISecurityGroup>>;
  readonly migrations: ISecurityGroup;
  readonly database: ISecurityGroup;
  readonly redis: ISecurityGroup;
  readonly endpoints: ISecurityGroup;
};

/** The services that are reached from outside; `edge/routes.ts` says by which paths. */
export const publicServices = ['webhook-ingress', 'api'] as const satisfies readonly ServiceName[];
/** The services whose alarms live in Redis. */
const servicesWithAlarms = ['messaging-worker', 'payments'] as const satisfies readonly ServiceName[];

/** Who may open a connection to whom. All rules are here, so that no service's stack changes another's. */
export function securityGroups(scope: Construct, vpc: IVpc): SecurityGroups {
  const group = (id: string, description: string) =>
    new SecurityGroup(scope, id, { vpc, description, allowAllOutbound: false });
  const loadBalancer = group('LoadBalancer', 'Webhooks and administration');
  const database = group('Database', 'Postgres');
  const redisGroup = group('Redis', 'Alarms of BullMQ');
  const endpoints = group('Endpoints', 'The ways to AWS that do not leave the network');
  const migrations = group('Migrations', 'The one-off task that migrates the database');
  const serviceGroups = services.map((name) => [name, group(`Service-${name}`, name)] as const);

  loadBalancer.addIngressRule(Peer.anyIpv4(), Port.tcp(443), 'providers and administrators have no fixed addresses');
  loadBalancer.addIngressRule(Peer.anyIpv4(), Port.tcp(80), 'is only sent on to HTTPS');
  acceptFindings(loadBalancer, {
    'AwsSolutions-EC23':
      'Telnyx and Square post webhooks from addresses that they do not promise to keep, and administrators are anywhere. Behind this door stand the web application firewall and a check of the signature over every body, or of the token of every administrator.',
  });

  for (const [name, of] of [...serviceGroups, ['migrations', migrations] as const]) {
    of.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'AWS, and the providers, whose addresses change');
    of.addEgressRule(database, postgres, 'Postgres');
    database.addIngressRule(of, postgres, name);
    endpoints.addIngressRule(of, Port.tcp(443), name);
  }
  const service = Object.fromEntries(serviceGroups) as Record<ServiceName, SecurityGroup>; // one entry per service
  for (const name of servicesWithAlarms) {
    service[name].addEgressRule(redisGroup, redis, 'alarms');
    redisGroup.addIngressRule(service[name], redis, name);
  }
  for (const name of publicServices) {
    loadBalancer.addEgressRule(service[name], Port.tcp(servicePort), name);
    service[name].addIngressRule(loadBalancer, Port.tcp(servicePort), 'load balancer');
  }
  return { loadBalancer, service, migrations, database, redis: redisGroup, endpoints };
}
