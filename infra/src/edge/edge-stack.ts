import { Duration, type App } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  DesyncMitigationMode,
  ListenerAction,
  ListenerCertificate,
  SslPolicy,
  type ApplicationListener,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Environment } from '../environments.ts';
import type { Network } from '../network/network-stack.ts';
import { acceptFindings } from '../support/accept-findings.ts';
import { asBucket } from '../support/cdk-interfaces.ts';
import { makeStack } from '../support/stack.ts';
import { accessLogs } from './access-logs.ts';
import { firewall } from './firewall.ts';

export type Edge = {
  readonly loadBalancer: ApplicationLoadBalancer;
  /** Of HTTPS. A service adds its own rule to it, so that it deploys alone. */
  readonly listener: ApplicationListener;
};

/** The door to the internet: one load balancer with HTTPS, behind the web application firewall. */
export function edgeStack(app: App, environment: Environment, network: Network): Edge {
  const stack = makeStack(app, environment, 'edge', 'Load balancer and web application firewall');
  const loadBalancer = new ApplicationLoadBalancer(stack, 'LoadBalancer', {
    vpc: network.vpc,
    vpcSubnets: { subnetType: SubnetType.PUBLIC },
    internetFacing: true,
    securityGroup: network.groups.loadBalancer,
    deletionProtection: true,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: DesyncMitigationMode.STRICTEST,
    idleTimeout: Duration.seconds(60), // shorter than the services keep a connection
  });
  loadBalancer.logAccessLogs(asBucket(accessLogs(stack)));
  firewall(stack, { loadBalancer, environment, logKey: network.logKey });

  const listener = loadBalancer.addListener('Https', {
    port: 443,
    protocol: ApplicationProtocol.HTTPS,
    open: false, // the security group of the network stack says who may come
    sslPolicy: SslPolicy.TLS13_RES,
    certificates: [
      ListenerCertificate.fromCertificateManager(
        Certificate.fromCertificateArn(stack, 'Certificate', environment.certificateArn),
      ),
    ],
    defaultAction: ListenerAction.fixedResponse(404),
  });
  const redirect = loadBalancer.addListener('Http', {
    port: 80,
    protocol: ApplicationProtocol.HTTP,
    open: false,
    defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
  });
  acceptFindings(redirect, {
    'HIPAA.Security-ELBv2ACMCertificateRequired':
      'This listener answers every request with the same one on HTTPS and passes none on; the HTTPS listener has its certificate from ACM.',
  });
  return { loadBalancer, listener };
}
